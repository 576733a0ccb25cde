"""What one needs to work in a country: the rules as data, each statement with its facts and their sources."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Literal, cast, get_args

import yaml

from guidance.source import Source, parse_sources

FILE = "permits.yml"
OTHERS = "others"
Reason = Literal["own_country", "no_fact"]
Show = Literal["text", "deadline", "payments", "end"]
Since = Literal["entry", "issue"]
Detail = Literal["permit_held", "permit_purpose", "permit_entered_on", "permit_issued_on", "permit_months"]


class NoPermitRuleError(Exception):
    """There is no usable fact for this person; `reason` says why, and nothing may be told of a permit."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True)
class Fact:
    """A fact that may be shown: its sources, and whether the reader is told that it may have changed."""

    id: str
    sources: tuple[Source, ...]
    recheck: bool


@dataclass(frozen=True)
class Point:
    """One statement: the key of its wording, the facts it stands on, for whom it holds and how it is shown.

    A `deadline` runs for `days` (calendar days, the first one counted) or `months` from the day of entry or of issue;
    `payments` are due each month from the day of issue; the `end` is the longest term in months.
    `purposes` are those of the migration card with which it is said, `year` the only year in which it is true.
    """

    say: str
    facts: tuple[Fact, ...]
    show: Show
    days: int | None
    months: int | None
    since: Since | None
    purposes: tuple[str, ...]
    citizenships: tuple[str, ...]
    year: int | None

    def is_for(self, citizenship: str, purpose: str | None, today: date) -> bool:
        """Whether it is said to this person on this day."""
        return (
            (not self.citizenships or citizenship in self.citizenships)
            and (not self.purposes or purpose in self.purposes)
            and self.year in (None, today.year)
        )


@dataclass(frozen=True)
class PermitRule:
    """What citizens of some countries need to work in some country; `held` is told to those who have the permit."""

    id: str
    countries: tuple[str, ...]
    citizenships: tuple[str, ...] | None
    points: tuple[Point, ...]
    held: tuple[Point, ...]

    def points_for(self, is_held: bool) -> tuple[Point, ...]:
        """All that may be told to who has the permit already, or to who has none yet."""
        return self.held if is_held else self.points

    def asks(self, held: str | None) -> tuple[Detail, ...]:
        """What must be known of a person, in order; `held` is `yes`, `no`, or None while it is not known."""
        if self.held and held is None:
            return ("permit_held",)
        points = self.points_for(held == "yes")
        details: list[Detail] = ["permit_held"] if self.held else []
        if any(point.purposes for point in points):
            details.append("permit_purpose")
        if any(point.since == "entry" for point in points):
            details.append("permit_entered_on")
        if any(point.since == "issue" for point in points):
            details.append("permit_issued_on")
        if any(point.show == "payments" for point in points):
            details.append("permit_months")
        return tuple(details)


@dataclass(frozen=True)
class PermitRules:
    """All rules of `data/guidance/permits.yml`."""

    rules: tuple[PermitRule, ...]
    left_out: tuple[str, ...]
    """Facts that speak of permits and are told by no rule."""
    checked_on: date

    @classmethod
    def load(cls, folder: Path) -> "PermitRules":
        """Read the rules; raises `ValueError` naming the file and the rule that is wrong.

        A release that was trained before there was such a file goes on without any rule.
        """
        file = folder / FILE
        if not file.exists():
            return cls((), (), date.min)
        document = yaml.safe_load(file.read_text("utf-8"))
        facts = {str(name): _parse_fact(str(name), row, file) for name, row in document["facts"].items()}
        return cls(
            rules=tuple(_parse_rule(row, facts, file) for row in document["rules"]),
            left_out=tuple(str(row["fact"]) for row in document["left_out"]),
            checked_on=document["checked_on"],
        )

    def countries(self) -> tuple[str, ...]:
        """The countries for which there is any rule."""
        return tuple(dict.fromkeys(country for rule in self.rules for country in rule.countries))

    def rule_for(self, country: str, citizenship: str) -> PermitRule:
        """The rule for this person, one that names the citizenship first; raises `NoPermitRuleError`."""
        if country == citizenship:
            raise NoPermitRuleError("own_country")
        here = [rule for rule in self.rules if country in rule.countries]
        named = [rule for rule in here if rule.citizenships and citizenship in rule.citizenships]
        general = [rule for rule in here if rule.citizenships is None]
        if not named + general:
            raise NoPermitRuleError("no_fact")
        return (named + general)[0]


def _parse_fact(name: str, row: Mapping[str, Any], file: Path) -> Fact:
    try:
        return Fact(name, parse_sources(row["sources"]), bool(row["recheck"]))
    except (KeyError, TypeError, ValueError) as error:
        raise ValueError(f"{file}: fact {name}: {error}") from error


def _parse_rule(row: Mapping[str, Any], facts: Mapping[str, Fact], file: Path) -> PermitRule:
    try:
        named = row["citizenships"]
        return PermitRule(
            id=str(row["id"]),
            countries=tuple(map(str, row["countries"])),
            citizenships=None if named == OTHERS else tuple(map(str, named)),
            points=tuple(_parse_point(point, facts) for point in row["points"]),
            held=tuple(_parse_point(point, facts) for point in row.get("held") or ()),
        )
    except (KeyError, TypeError, ValueError) as error:
        raise ValueError(f"{file}: rule {row.get('id', '?')}: {error}") from error


def _parse_point(row: Mapping[str, Any], facts: Mapping[str, Fact]) -> Point:
    point = Point(
        say=str(row["say"]),
        facts=tuple(facts[name] for name in row["facts"]),
        show=cast(Show, _one_of(row.get("show", "text"), get_args(Show))),
        days=_positive(row.get("days")),
        months=_positive(row.get("months")),
        since=cast(Since | None, _one_of(row.get("since"), (None, *get_args(Since)))),
        purposes=tuple(map(str, row.get("purposes") or ())),
        citizenships=tuple(map(str, row.get("citizenships") or ())),
        year=row.get("year"),
    )
    if not point.facts:
        raise ValueError(f"{point.say} stands on no fact")
    if (point.show != "text") != (point.since is not None and (point.days or point.months) is not None):
        raise ValueError(f"{point.say}: what is counted needs since and days or months, a text has neither")
    return point


def _positive(value: Any) -> int | None:
    if value is not None and int(value) < 1:
        raise ValueError(f"{value!r} is no length of time")
    return None if value is None else int(value)


def _one_of(value: Any, allowed: tuple[Any, ...]) -> Any:
    if value not in allowed:
        raise ValueError(f"must be one of {', '.join(map(str, allowed))}, not {value!r}")
    return value
