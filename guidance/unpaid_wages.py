"""What to collect, where to complain and who helps when wages are not paid: rows of data, each with its facts."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from guidance.source import Source, parse_sources

FILE = "unpaid_wages.yml"
_ALL, _ABROAD = "all", "abroad"


@dataclass(frozen=True)
class Evidence:
    """Something to collect; `is_enclosed` where a copy goes with a complaint. Without facts it is general advice."""

    id: str
    facts: tuple[str, ...]
    is_enclosed: bool


@dataclass(frozen=True)
class Way:
    """A road of complaint, or an office that helps: for whom, from which facts and sources."""

    id: str
    country: str
    citizenship: str
    facts: tuple[str, ...]
    recheck: bool
    sources: tuple[Source, ...]

    def fits(self, country: str, citizenship: str | None) -> bool:
        """Whether it is for a person of this citizenship in this country."""
        is_there = self.country == country or (self.country == _ABROAD and country != self.citizenship)
        return is_there and self.citizenship in (_ALL, citizenship)


@dataclass(frozen=True)
class UnpaidWages:
    """All rows of `data/guidance/unpaid_wages.yml`."""

    evidence: tuple[Evidence, ...]
    ways: tuple[Way, ...]
    helps: tuple[Way, ...]
    left_out: tuple[str, ...]
    """Facts on wages that are not told."""
    checked_on: date

    @classmethod
    def load(cls, folder: Path) -> "UnpaidWages":
        """Read the rows; raises `ValueError` naming the file and the row that is wrong.

        A release that was trained before there was such a file goes on without any.
        """
        file = folder / FILE
        if not file.exists():
            return cls((), (), (), (), date.min)
        document = yaml.safe_load(file.read_text("utf-8"))
        return cls(
            evidence=tuple(_evidence(row) for row in document["evidence"]),
            ways=tuple(_way(row, file) for row in document["ways"]),
            helps=tuple(_way(row, file) for row in document["helps"]),
            left_out=tuple(str(row["fact"]) for row in document["left_out"]),
            checked_on=document["checked_on"],
        )

    def countries(self) -> tuple[str, ...]:
        """The countries for which a road of complaint is known."""
        return tuple(dict.fromkeys(way.country for way in self.ways))

    def way_in(self, country: str) -> Way | None:
        """Where to complain in this country; None without a fact."""
        return next((way for way in self.ways if way.country == country), None)

    def helps_for(self, country: str, citizenship: str | None) -> tuple[Way, ...]:
        """Offices of the own country that help there."""
        return tuple(way for way in self.helps if way.fits(country, citizenship))

    def enclosed(self, ticked: tuple[str, ...]) -> tuple[str, ...]:
        """Of what was ticked, what goes with a complaint, in the order of the rows."""
        return tuple(each.id for each in self.evidence if each.is_enclosed and each.id in ticked)


def _evidence(row: Mapping[str, Any]) -> Evidence:
    return Evidence(str(row["id"]), tuple(map(str, row["facts"])), bool(row["enclosed"]))


def _way(row: Mapping[str, Any], file: Path) -> Way:
    try:
        return Way(
            id=str(row["id"]),
            country=str(row["country"]),
            citizenship=str(row["citizenship"]),
            facts=tuple(map(str, row["facts"])),
            recheck=bool(row["recheck"]),
            sources=parse_sources(row["sources"]),
        )
    except (KeyError, TypeError, ValueError) as error:
        raise ValueError(f"{file}: {row.get('id', '?')}: {error}") from error
