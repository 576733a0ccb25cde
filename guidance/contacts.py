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
ASYLUM = "asylum"
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
class Hotline:
    """A number that somebody has verified, with the page and the date of that; no other number is ever read."""

    number: str
    source: Source


@dataclass(frozen=True)
class Organisation:
    """An organisation or office that helps in one `country` (or `any`), with its kinds of help by id.

    `page` is its own page, where a fact has one. `has_unverified_hotline`: there is a number, which is not here.
    `citizenships`: for these citizens only, empty for all. `is_state`: an office of a state; nobody is referred to it.
    """

    id: str
    country: str
    citizenships: tuple[str, ...]
    is_state: bool
    kinds: tuple[str, ...]
    names: Mapping[str, str]
    page: str | None
    hotline: Hotline | None
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

    def serves(self, citizenship: str | None) -> bool:
        """Whether it is there for citizens of this country."""
        return not self.citizenships or citizenship in self.citizenships

    def is_of_own_state(self, citizenship: str | None) -> bool:
        """Whether it belongs to the state whose citizen asks; of those that may, as nothing is known, all count."""
        return self.is_state and (bool(self.citizenships) or citizenship in (None, self.country))

    def name(self, variant: str) -> str:
        """Its name in a variant."""
        return self.names[variant]


class Organisations:
    """All organisations, from `data/guidance/contacts.yml`, and what their kinds of help are called."""

    def __init__(self, contacts: Mapping[str, Organisation], kinds: Labels) -> None:
        self._contacts = contacts
        self.kinds = kinds

    @classmethod
    def load(cls, folder: Path) -> "Organisations":
        """Read them; raises `ValueError` naming file and organisation."""
        file = folder / ORGANISATIONS_FILE
        document, kinds = yaml.safe_load(file.read_text("utf-8")), Labels.load(file)
        found: dict[str, Organisation] = {}
        rows = [(row, False) for row in document["organisations"]]
        rows += [(row, True) for row in document.get("offices") or ()]
        for row, is_state in rows:
            try:
                each = _organisation(row, is_state)
                if unknown := set(each.kinds) - set(kinds.ids()):
                    raise ValueError(f"kinds of help without a label: {', '.join(sorted(unknown))}")
                if each.id in found:
                    raise ValueError("stands twice")
                found[each.id] = each
            except (KeyError, TypeError, ValueError) as error:
                raise ValueError(f"{file}: {row.get('id', '?')}: {error}") from error
        return cls(found, kinds)

    def get(self, organisation_id: str) -> Organisation | None:
        """The organisation of this id, or None: also for an office of a state, to which nobody is referred."""
        found = self._contacts.get(organisation_id)
        return None if found is None or found.is_state else found

    def all(self) -> tuple[Organisation, ...]:
        """All organisations to which one may refer, in the order of the file."""
        return tuple(each for each in self._contacts.values() if not each.is_state)

    def contacts(self) -> tuple[Organisation, ...]:
        """All of them, offices of states too, in the order of the file."""
        return tuple(self._contacts.values())

    def contact(self, contact_id: str) -> Organisation | None:
        """One of them, offices of states too; None for an unknown id."""
        return self._contacts.get(contact_id)

    def for_one_in_fear(self, country: str | None) -> tuple[Organisation, ...]:
        """To whom somebody in this country can turn who fears the own state; each with a page."""
        found = (each for each in self.all() if each.is_shown and each.page and each.country == country)
        return tuple(each for each in found if ASYLUM in each.kinds)

    def for_country(self, country: str | None, kind: str | None = None) -> tuple[Organisation, ...]:
        """Those that may be named to a migrant here, or help in any country; with a kind, those that offer it."""
        shown = (each for each in self.all() if each.is_shown and each.helps_in(country))
        return tuple(each for each in shown if kind is None or kind in each.kinds)


def _organisation(row: Mapping[str, Any], is_state: bool) -> Organisation:
    hotline = _hotline(row.get("hotline"))
    return Organisation(
        id=str(row["id"]),
        country=str(row["country"]),
        citizenships=tuple(map(str, row.get("citizenship") or ())),
        is_state=is_state,
        kinds=tuple(map(str, row["kinds"])),
        names=_names(row["name"]),
        page=row.get("page"),
        hotline=hotline,
        has_unverified_hotline="hotline" in row and hotline is None,
        confidence=str(row["confidence"]),
        facts=tuple(map(str, row["facts"])),
        sources=parse_sources(row["sources"]),
    )


def _hotline(row: Any) -> Hotline | None:
    """The number where it is verified; `ValueError` where it lacks page or date, or where an unverified one stands."""
    if not row or row.get("verified") is not True:
        if row and "number" in row:
            raise ValueError("a number that is not verified must not stand here")
        return None
    (source,) = parse_sources([row])
    if not source.at or not str(row["date"])[:4].isdigit():
        raise ValueError("a verified number needs the page and the date on which it was verified")
    return Hotline(str(row["number"]), source)


def _names(value: Any) -> Mapping[str, str]:
    """A name in six languages, or one that is the same in all."""
    if isinstance(value, str) and value.strip():
        return dict.fromkeys(LANGUAGES, value.strip())
    missing = [each for each in LANGUAGES if each != _DERIVED and not str(value.get(each) or "").strip()]
    if missing:
        raise ValueError(f"the name lacks {', '.join(missing)}")
    return {_DERIVED: uzbek_to_cyrillic(value["uz"])} | dict(value)
