"""What a screening finds: route, signs, factors, needs. It orders help; it is never a verdict or a ground to refuse."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from guidance.questionnaire import Answers, Item, Questionnaire, Rule, Texts
from guidance.questionnaire_file import Reader, read_document, read_questionnaire
from guidance.source import Source, parse_sources

FILE = "screening.yml"
SIGN_GROUPS = ("safety", "ilo")
FACTOR_GROUPS = ("structural", "situational", "family", "individual")


@dataclass(frozen=True)
class Named:
    """Something found that has a name: a need, with the entries that help, or a profile of those most at risk."""

    id: str
    label: Texts
    rule: Rule
    entries: tuple[str, ...] = ()
    route: str = ""


@dataclass(frozen=True)
class Found:
    """What the answers lead to, all as ids but the needs. `also` are the other routes that hold, after the first.

    `signs` and `factors` are in the order of asking, profiles last among the factors.
    """

    route: str
    danger: str
    also: tuple[str, ...]
    signs: tuple[str, ...]
    factors: tuple[str, ...]
    needs: tuple[Named, ...]

    @property
    def entries(self) -> tuple[str, ...]:
        """The entries that help, of the gravest need first, each once."""
        return tuple(dict.fromkeys(entry for need in self.needs for entry in need.entries))

    @property
    def is_worth_a_note(self) -> bool:
        """Whether there is anything that an operator could be told."""
        return bool(self.signs or self.factors or self.needs)


class Screening:
    """The questions of the screening, and what follows from the answers, from `data/guidance/screening.yml`."""

    def __init__(
        self,
        questionnaire: Questionnaire,
        needs: tuple[Named, ...],
        profiles: tuple[Named, ...],
        sources: tuple[Source, ...],
    ) -> None:
        self.questionnaire = questionnaire
        self.needs = needs
        self.profiles = profiles
        self.sources = sources

    @classmethod
    def load(cls, folder: Path) -> "Screening":
        """Read questions, routes, needs and profiles; raises `QuestionnaireError` (a `ValueError`)."""
        file = folder / FILE
        questionnaire = read_questionnaire(file)
        document, reader = read_document(file), Reader(file)
        ids = [item.id for item in questionnaire.items]
        known = {*ids, *(item.group for item in questionnaire.items)}
        found = {
            key: tuple(_named(reader, row) for row in reader.rows(document, key)) for key in ("needs", "most_at_risk")
        }
        every = (*found["needs"], *found["most_at_risk"])
        for named in every:
            for condition in (*named.rule.any_of, *named.rule.all_of):
                reader.refuse_unknown(named.id, condition, known)
        routes = [route.id for route in questionnaire.all_routes]
        reader.refuse_twice([*ids, *routes, *(named.id for named in every)])
        for item in questionnaire.items:
            if item.group in (*SIGN_GROUPS, *FACTOR_GROUPS) and not item.label:
                reader.refuse(item.id, "needs a label: the name that a note gives it")
        for named in every:
            if named.route and named.route not in routes:
                reader.refuse(named.id, f"route {named.route!r} does not exist")
        return cls(questionnaire, found["needs"], found["most_at_risk"], parse_sources(_sources(document)))

    def find(self, answers: Answers) -> Found:
        """What these answers lead to; with no answers it is information, and nothing else."""
        routes = self.questionnaire.routes(answers)
        told = self.questionnaire.told(answers)
        profiles = tuple(each.id for each in self.profiles if self._holds(each, answers, routes[0].id))
        return Found(
            route=routes[0].id,
            danger=routes[0].danger,
            also=tuple(route.id for route in routes[1:-1]),
            signs=_in_groups(told, SIGN_GROUPS),
            factors=(*_in_groups(told, FACTOR_GROUPS), *profiles),
            needs=tuple(need for need in self.needs if self._holds(need, answers, routes[0].id)),
        )

    def label(self, name: str, variant: str) -> str:
        """What an item, route, need or profile is called; `KeyError` for an unknown id."""
        if self.questionnaire.has(name):
            return self.questionnaire.item(name).label[variant]
        labels = {named.id: named.label for named in (*self.needs, *self.profiles)}
        labels |= {route.id: route.label for route in self.questionnaire.all_routes}
        return labels[name][variant]

    def _holds(self, named: Named, answers: Answers, route: str) -> bool:
        return named.route == route if named.route else self.questionnaire.holds(named.rule, answers)


def _in_groups(told: tuple[Item, ...], groups: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(item.id for item in told if item.group in groups)


def _named(reader: Reader, row: Mapping[str, Any]) -> Named:
    if not row.get("label"):
        reader.refuse(row["id"], "needs a label")
    rule = reader.rule(row["id"], row)
    if not rule.any_of and not rule.all_of and not row.get("route"):
        reader.refuse(row["id"], "needs if_any, if_all or route")
    return Named(
        id=row["id"],
        label=reader.texts(row["id"], "label", row["label"]),
        rule=rule,
        entries=tuple(map(str, row.get("entries") or ())),
        route=str(row.get("route", "")),
    )


def _sources(document: Mapping[Any, Any]) -> list[Mapping[str, Any]]:
    sources: list[Mapping[str, Any]] = document.get("sources") or []
    return sources
