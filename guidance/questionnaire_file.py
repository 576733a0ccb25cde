"""Reads a questionnaire from its file; what is wrong is said with the id of the item."""

from collections.abc import Collection, Hashable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, NoReturn

import yaml

from guidance.questionnaire import ANSWERS, ONE_OF, YES, Condition, Item, Questionnaire, Route, Rule, Texts
from language.transliteration import uzbek_to_cyrillic
from language.variants import LANGUAGES

KINDS = ("yes_no", "choices", ONE_OF, "text", "told")
PLACES = ("", "country", "citizenship")
DANGERS = ("none", "concern", "urgent")
DERIVED = "uz-Cyrl"
REQUIRED = tuple(variant for variant in LANGUAGES if variant != DERIVED)
ITEM_KEYS = frozenset(
    "id kind group ask label title why told_by told_if choices ask_if ask_unless facts".split()
    + "phrases with_amount if_lacking place code".split()
)


class QuestionnaireError(ValueError):
    """A file of questions cannot be used; `name` is the id (or text) in the file that is meant."""

    def __init__(self, file: Path, name: str, what: str) -> None:
        super().__init__(f"{file}: {name}: {what}")
        self.file = file
        self.name = name
        self.what = what


class _Texts(yaml.SafeLoader):
    """Keeps “yes” and “no” texts, as they are answers here, and “NO” the code of Norway."""


_Texts.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:bool"]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def read_document(file: Path) -> Mapping[Hashable, Any]:
    """The file as a table; raises `QuestionnaireError`."""
    try:
        document = yaml.load(file.read_text("utf-8"), _Texts)
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise QuestionnaireError(file, "file", f"cannot be read as YAML ({error})") from error
    if not isinstance(document, dict):
        raise QuestionnaireError(file, "file", "must be a table of keys")
    return document


def read_questionnaire(file: Path) -> Questionnaire:
    """Items, stop conditions and routes of a file; raises `QuestionnaireError`."""
    document = read_document(file)
    reader = Reader(file)
    rows = reader.rows(document, "items")
    items = [reader.item(row) for row in rows]
    routes = tuple(reader.route(row) for row in reader.rows(document, "routes"))
    stop_if = tuple(reader.condition("stop_if", row) for row in document.get("stop_if") or ())
    reader.refuse_twice([*(item.id for item in items), *(route.id for route in routes)])
    known = {item.id for item in items} | {item.group for item in items}
    for name, condition in _conditions(items, stop_if, routes):
        reader.refuse_unknown(name, condition, known)
    _refuse_later(reader, items)
    return Questionnaire(items, stop_if, routes, int(document.get("most_questions", len(items))))


def _conditions(
    items: Iterable[Item], stop_if: Iterable[Condition], routes: Iterable[Route]
) -> Iterator[tuple[str, Condition]]:
    """All conditions of a file, each with the id under which it stands."""
    for item in items:
        told_if = item.told_if or Rule()
        for condition in (*item.ask_if, *item.ask_unless, *told_if.any_of, *told_if.all_of):
            yield item.id, condition
        if item.choices:
            yield item.id, Condition(told=item.choices)
    for condition in stop_if:
        yield "stop_if", condition
    for route in routes:
        for condition in (*route.rule.any_of, *route.rule.all_of):
            yield route.id, condition


def _refuse_later(reader: "Reader", items: Iterable[Item]) -> None:
    """A condition that stands only on what is asked later would never hold."""
    before: set[str] = set()
    for item in items:
        for condition in (*item.ask_if, *item.ask_unless):
            if before.isdisjoint((*condition.told, *condition.groups)):
                reader.refuse(item.id, f"stands on {', '.join(condition.told or condition.groups)}, asked only later")
        before |= {item.id, item.group}


class Reader:
    """Takes parts out of a document; each refusal names the file and the id."""

    def __init__(self, file: Path) -> None:
        self._file = file

    def rows(self, document: Mapping[Hashable, Any], key: str) -> list[Mapping[str, Any]]:
        """A list of tables that each have an id; empty where the key is left out."""
        rows = document.get(key) or []
        for row in rows:
            if not isinstance(row, dict) or not isinstance(row.get("id"), str):
                self.refuse(key, f"each row needs an id: {row!r}")
        return list(rows)

    def item(self, row: Mapping[str, Any]) -> Item:
        """One item."""
        name = row["id"]
        if unknown := [key for key in row if key not in ITEM_KEYS]:
            self.refuse(name, f"knows no {', '.join(unknown)}; only {', '.join(sorted(ITEM_KEYS))}")
        kind = row.get("kind", "yes_no" if "ask" in row else "told")
        if kind not in KINDS:
            self.refuse(name, f"kind is {kind!r}; write one of {', '.join(KINDS)}")
        if kind != "told" and "ask" not in row:
            self.refuse(name, "a question needs its text: ask")
        if row.get("place", "") not in PLACES:
            self.refuse(name, f"place is {row['place']!r}; write country or citizenship")
        return Item(
            id=name,
            kind=kind,
            ask=self.texts(name, "ask", row.get("ask")),
            label=self.texts(name, "label", row.get("label")),
            title=self.texts(name, "title", row.get("title")),
            why=self.texts(name, "why", row.get("why")),
            group=str(row.get("group", "")),
            told_by=self._told_by(name, row.get("told_by", YES)),
            told_if=self.rule(name, row["told_if"]) if "told_if" in row else None,
            choices=_ids(row.get("choices")),
            ask_if=self._conditions(name, row.get("ask_if")),
            ask_unless=self._conditions(name, row.get("ask_unless")),
            facts=_ids(row.get("facts")),
            place=row.get("place", ""),
            code=str(row.get("code", "")),
        )

    def route(self, row: Mapping[str, Any]) -> Route:
        """One route."""
        name, danger = row["id"], row.get("danger", "none")
        if danger not in DANGERS:
            self.refuse(name, f"danger is {danger!r}; write one of {', '.join(DANGERS)}")
        return Route(name, self.rule(name, row), danger, self.texts(name, "label", row.get("label")))

    def rule(self, name: str, row: Mapping[str, Any]) -> Rule:
        """A rule, from its `if_any` and `if_all`."""
        return Rule(self._conditions(name, row.get("if_any")), self._conditions(name, row.get("if_all")))

    def condition(self, name: str, row: Any) -> Condition:
        """One condition: {told: [ids], at_least: 1} or {groups: [names], at_least: 2}."""
        if (
            not isinstance(row, dict)
            or set(row) - {"told", "groups", "at_least"}
            or ("told" in row) == ("groups" in row)
        ):
            self.refuse(name, f"a condition is {{told: [ids], at_least: 1}} or {{groups: [names]}}, not {row!r}")
        return Condition(_ids(row.get("told")), _ids(row.get("groups")), int(row.get("at_least", 1)))

    def texts(self, name: str, key: str, value: Any) -> Texts:
        """One text for each variant, Uzbek Cyrillic derived; empty where the key is left out."""
        if value is None:
            return {}
        if not isinstance(value, dict):
            self.refuse(name, f"{key}: write one text for each language: {{ru: …, uz: …}}")
        if missing := [variant for variant in REQUIRED if not str(value.get(variant) or "").strip()]:
            self.refuse(name, f"{key}: {', '.join(missing)} is missing")
        if unknown := [variant for variant in value if variant not in LANGUAGES]:
            self.refuse(name, f"{key}: {', '.join(map(str, unknown))} is none of our languages")
        texts = {variant: str(text).strip() for variant, text in value.items()}
        return {DERIVED: uzbek_to_cyrillic(texts["uz"])} | texts

    def refuse_unknown(self, name: str, condition: Condition, known: Collection[str]) -> None:
        """Refuse a condition on what does not exist; `known` are ids and groups."""
        if unknown := [each for each in (*condition.told, *condition.groups) if each not in known]:
            self.refuse(name, f"stands on {', '.join(unknown)}, which does not exist")

    def refuse_twice(self, ids: Iterable[str]) -> None:
        """Refuse an id that stands twice."""
        seen: set[str] = set()
        for name in ids:
            if name in seen:
                self.refuse(name, "stands twice")
            seen.add(name)

    def refuse(self, name: str, what: str) -> NoReturn:
        """Raise `QuestionnaireError`."""
        raise QuestionnaireError(self._file, name, what)

    def _conditions(self, name: str, rows: Any) -> tuple[Condition, ...]:
        return tuple(self.condition(name, row) for row in rows or ())

    def _told_by(self, name: str, value: Any) -> tuple[str, ...]:
        values = tuple(value) if isinstance(value, list) else (value,)
        if not set(values) <= set(ANSWERS):
            self.refuse(name, f"told_by is {value!r}; write one of {', '.join(ANSWERS)}")
        return values


def _ids(rows: Any) -> tuple[str, ...]:
    return tuple(map(str, rows or ()))
