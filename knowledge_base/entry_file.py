"""Reads an entry from its file and says what is wrong with it."""

import re
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any, NoReturn, TypeVar

import yaml

from foundation.yaml_text import parse_yaml
from knowledge_base.entry import ANY, Entry, EntryError, Source
from language.transliteration import uzbek_to_cyrillic
from language.variants import LANGUAGES

OFFERS = (
    "none",
    "operator",
    "registration_deadline",
    "stay_days",
    "permit",
    "unpaid_wages",
    "transfer_cost",
    "screening",
    "job_offer_check",
    "report_for_other",
    "lost_passport",
    "entry_ban",
    "going_home",
    "reintegration",
    "contacts",
)
CONFIDENCES = ("high", "medium")
REQUIRED = (
    "topic",
    "country",
    "citizenship",
    "confidence",
    "sources",
    "checked_on",
    "review_by",
    "questions",
    "answer",
)
OPTIONAL = ("facts", "valid_from", "offer", "related", "review", "steps")
T = TypeVar("T")
"""The loader in C reads a library of 100 entries ten times as fast; it is absent where PyYAML was built without it."""
_COUNTRY = re.compile("[A-Z]{2}")
_ID = re.compile(r"[a-z0-9_]+/[a-z0-9_-]+")


def read_entry(file: Path, folder: Path) -> Entry:
    """Read one file below `folder`; its id is its path without the ending. Raises `EntryError`."""
    reader = _Reader(file, _document(file))
    entry_id = file.relative_to(folder).with_suffix("").as_posix()
    if not _ID.fullmatch(entry_id):
        raise EntryError(f"{file}: name the file in small Latin letters, digits, - and _: <domain>/<name>.yml")
    reader.refuse_unknown_keys()
    answer, questions = reader.texts("answer"), reader.lists("questions")
    if set(answer) != set(questions):
        only = ", ".join(sorted(set(answer) ^ set(questions)))
        reader.refuse("questions", f"a language needs both questions and an answer; one of them is missing in {only}")
    steps = reader.lists("steps") if reader.get("steps") else {}
    if steps and set(answer) != set(steps):
        only = ", ".join(sorted(set(answer) ^ set(steps)))
        reader.refuse("steps", f"must be in the languages of the answer; they differ in {only}")
    return Entry(
        id=entry_id,
        topic=reader.text("topic"),
        country=reader.country("country"),
        citizenship=reader.citizenship(),
        confidence=reader.one_of("confidence", CONFIDENCES),
        facts=reader.strings("facts"),
        sources=reader.sources(),
        checked_on=reader.day("checked_on"),
        review_by=reader.day("review_by"),
        valid_from=reader.day("valid_from") if reader.get("valid_from") else None,
        offer=reader.one_of("offer", OFFERS) if reader.get("offer") else "none",
        related=reader.strings("related"),
        questions=questions,
        answer=answer,
        steps=steps,
        review=reader.reviews(),
    )


def _document(file: Path) -> Mapping[str, Any]:
    try:
        document = parse_yaml(file.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise EntryError(f"{file}: cannot be read as YAML; put texts into quotation marks: {error}") from error
    if not isinstance(document, dict):
        raise EntryError(f"{file}: an entry is a table of keys; it needs {', '.join(REQUIRED)}")
    return document


class _Reader:
    """Takes values out of a document; each refusal names file and key."""

    def __init__(self, file: Path, document: Mapping[str, Any]) -> None:
        self._file = file
        self._document = document

    def refuse(self, key: str, what: str) -> NoReturn:
        raise EntryError(f"{self._file}: {key}: {what}")

    def get(self, key: str) -> Any:
        return self._document.get(key)

    def refuse_unknown_keys(self) -> None:
        for key in (key for key in REQUIRED if self.get(key) in (None, "", [], {})):
            self.refuse(key, "is missing; write it")
        for key in (str(key) for key in self._document if key not in REQUIRED + OPTIONAL):
            self.refuse(key, f"is not a key of an entry; take it out (known: {', '.join(REQUIRED + OPTIONAL)})")

    def text(self, key: str) -> str:
        return self._stripped(key, self.get(key))

    def one_of(self, key: str, values: tuple[str, ...]) -> str:
        value = self.text(key)
        if value not in values:
            self.refuse(key, f"is {value!r}; write one of {', '.join(values)}")
        return value

    def strings(self, key: str) -> tuple[str, ...]:
        value = self.get(key) or []
        if not isinstance(value, list):
            self.refuse(key, f"is {value!r}; write a list: [one, two]")
        return tuple(self._stripped(key, item) for item in value)

    def day(self, key: str) -> date:
        value = self.get(key)
        try:
            return value if isinstance(value, date) else date.fromisoformat(str(value))
        except ValueError:
            raise EntryError(f"{self._file}: {key}: is {value!r}; write a date as 2026-11-01") from None

    def country(self, key: str) -> str:
        return self._code(key, self.get(key))

    def citizenship(self) -> tuple[str, ...] | str:
        value = self.get("citizenship")
        if value == ANY:
            return ANY
        values = value if isinstance(value, list) else [value]
        return tuple(self._code("citizenship", item) for item in values)

    def sources(self) -> tuple[Source, ...]:
        rows = self.get("sources")
        return tuple(self._source(row) for row in (rows if isinstance(rows, list) else [rows]))

    def reviews(self) -> Mapping[str, str]:
        return {variant: str(value) for variant, value in self._by_variant("review", self.get("review") or {}).items()}

    def texts(self, key: str) -> Mapping[str, str]:
        rows = self._by_variant(key, self.get(key))
        return _with_cyrillic({v: self._stripped(f"{key}.{v}", row) for v, row in rows.items()}, uzbek_to_cyrillic)

    def lists(self, key: str) -> Mapping[str, tuple[str, ...]]:
        rows = self._by_variant(key, self.get(key))
        return _with_cyrillic(
            {v: self._list(f"{key}.{v}", row) for v, row in rows.items()},
            lambda texts: tuple(map(uzbek_to_cyrillic, texts)),
        )

    def _list(self, key: str, value: Any) -> tuple[str, ...]:
        if not isinstance(value, list) or not value:
            self.refuse(key, "write a list with at least one text, each on its own line after '- '")
        return tuple(self._stripped(key, item) for item in value)

    def _by_variant(self, key: str, value: Any) -> Mapping[str, Any]:
        if not isinstance(value, dict):
            self.refuse(key, "write one text for each language: {ru: …, uz: …}")
        for variant in (variant for variant in value if variant not in LANGUAGES):
            self.refuse(f"{key}.{variant}", f"is none of our languages: {', '.join(LANGUAGES)}")
        rows: Mapping[str, Any] = value
        return rows

    def _source(self, row: Any) -> Source:
        if (
            not isinstance(row, dict)
            or not row.get("title")
            or not str(row.get("at", "")).startswith(("http://", "https://"))
        ):
            self.refuse("sources", f"a source needs a title and an address (at: https://…): {row!r}")
        return Source(str(row["title"]).strip(), str(row["at"]).strip(), str(row.get("date", "undated")))

    def _code(self, key: str, value: Any) -> str:
        if value is False:  # YAML 1.1 reads the code of Norway as "no"
            value = "NO"
        if value != ANY and not (isinstance(value, str) and _COUNTRY.fullmatch(value)):
            self.refuse(key, f"is {value!r}; write two capital letters (RU, KZ) or {ANY}")
        return str(value)

    def _stripped(self, key: str, value: Any) -> str:
        if not isinstance(value, str) or not value.strip():
            self.refuse(key, f"is {value!r}; write a text (in quotation marks if it holds ': ' or begins with a sign)")
        return str(value).strip()


def _with_cyrillic(rows: dict[str, T], derive: Callable[[T], T]) -> dict[str, T]:
    if "uz" in rows and "uz-Cyrl" not in rows:
        rows["uz-Cyrl"] = derive(rows["uz"])
    return {variant: rows[variant] for variant in LANGUAGES if variant in rows}
