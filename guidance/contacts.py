"""Whom one can turn to: emergency numbers by country, and organisations; each with its source and how sure it is."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from guidance.labels import Labels
from guidance.source import Source, parse_sources
from language.transliteration import uzbek_to_cyrillic
from language.variants import LANGUAGES

FILE = "emergency_numbers.yml"
ORGANISATIONS_FILE = "contacts.yml"
SHOWN_CONFIDENCE = ("high", "medium")
ANY_COUNTRY = "any"
_DERIVED = "uz-Cyrl"


@dataclass(frozen=True)
class EmergencyNumber:
    """The numbers of one country: `all` for any emergency, and police, ambulance, fire where sourced."""

    country: str
    numbers: Mapping[str, str]
    fact_id: str
    sources: tuple[Source, ...]

    @property
    def first(self) -> str:
        """The number for any emergency."""
        return self.numbers["all"]


class EmergencyNumbers:
    """All emergency numbers, from `data/guidance/emergency_numbers.yml`."""

    def __init__(self, numbers: Mapping[str, EmergencyNumber]) -> None:
        self._numbers = numbers

    @classmethod
    def load(cls, folder: Path) -> "EmergencyNumbers":
        """Read the numbers; raises `ValueError` naming file and country."""
        document = yaml.safe_load((folder / FILE).read_text("utf-8"))
        numbers = {}
        for row in document["numbers"]:
            country = str(row.get("country", "?"))
            try:
                if row["confidence"] not in SHOWN_CONFIDENCE:
                    continue
                shown = {str(kind): str(number) for kind, number in row["numbers"].items()}
                if "all" not in shown or not all(number.isdigit() for number in shown.values()):
                    raise ValueError("numbers must be digits and hold “all”")
                numbers[country] = EmergencyNumber(country, shown, str(row["fact"]), parse_sources(row["sources"]))
            except (KeyError, TypeError, ValueError) as error:
                raise ValueError(f"{folder / FILE}: {country}: {error}") from error
        return cls(numbers)

    def for_country(self, country: str | None) -> EmergencyNumber | None:
        """The numbers of a country, or None where there is no sourced one."""
        return self._numbers.get(country or "")

    def countries(self) -> tuple[str, ...]:
        """The countries that have a sourced number."""
        return tuple(self._numbers)


@dataclass(frozen=True)
class Organisation:
    """An organisation that helps in one `country` (or `any`), with its kinds of help by id.

    `page` is its own page, where a fact has one. Numbers are not here: `has_unverified_hotline` says that there is one.
    """

    id: str
    country: str
    kinds: tuple[str, ...]
    names: Mapping[str, str]
    page: str | None
    has_unverified_hotline: bool
    confidence: str
    facts: tuple[str, ...]
    sources: tuple[Source, ...]

    @property
    def is_shown(self) -> bool:
        """Whether it may be named to a migrant; the others are for operators, to be checked before use."""
        return self.confidence in SHOWN_CONFIDENCE

    def helps_in(self, country: str | None) -> bool:
        """Whether it helps in this country."""
        return self.country in (ANY_COUNTRY, country)

    def name(self, variant: str) -> str:
        """Its name in a variant."""
        return self.names[variant]


class Organisations:
    """All organisations, from `data/guidance/contacts.yml`, and what their kinds of help are called."""

    def __init__(self, organisations: Mapping[str, Organisation], kinds: Labels) -> None:
        self._organisations = organisations
        self.kinds = kinds

    @classmethod
    def load(cls, folder: Path) -> "Organisations":
        """Read them; raises `ValueError` naming file and organisation."""
        file = folder / ORGANISATIONS_FILE
        document, kinds = yaml.safe_load(file.read_text("utf-8")), Labels.load(file)
        found: dict[str, Organisation] = {}
        for row in document["organisations"]:
            try:
                each = _organisation(row)
                if unknown := set(each.kinds) - set(kinds.ids()):
                    raise ValueError(f"kinds of help without a label: {', '.join(sorted(unknown))}")
                if each.id in found:
                    raise ValueError("stands twice")
                found[each.id] = each
            except (KeyError, TypeError, ValueError) as error:
                raise ValueError(f"{file}: {row.get('id', '?')}: {error}") from error
        return cls(found, kinds)

    def get(self, organisation_id: str) -> Organisation | None:
        """The organisation of this id, or None."""
        return self._organisations.get(organisation_id)

    def all(self) -> tuple[Organisation, ...]:
        """All of them, in the order of the file."""
        return tuple(self._organisations.values())

    def for_country(self, country: str | None, kind: str | None = None) -> tuple[Organisation, ...]:
        """Those that may be named to a migrant here, or help in any country; with a kind, those that offer it."""
        shown = (each for each in self.all() if each.is_shown and each.helps_in(country))
        return tuple(each for each in shown if kind is None or kind in each.kinds)


def _organisation(row: Mapping[str, Any]) -> Organisation:
    return Organisation(
        id=str(row["id"]),
        country=str(row["country"]),
        kinds=tuple(map(str, row["kinds"])),
        names=_names(row["name"]),
        page=row.get("page"),
        has_unverified_hotline="hotline" in row,
        confidence=str(row["confidence"]),
        facts=tuple(map(str, row["facts"])),
        sources=parse_sources(row["sources"]),
    )


def _names(value: Any) -> Mapping[str, str]:
    """A name in six languages, or one that is the same in all."""
    if isinstance(value, str) and value.strip():
        return dict.fromkeys(LANGUAGES, value.strip())
    missing = [each for each in LANGUAGES if each != _DERIVED and not str(value.get(each) or "").strip()]
    if missing:
        raise ValueError(f"the name lacks {', '.join(missing)}")
    return {_DERIVED: uzbek_to_cyrillic(value["uz"])} | dict(value)
