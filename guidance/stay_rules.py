"""How many days a foreigner may stay without a visa: the rules as data."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Literal, cast, get_args

import yaml

from guidance.source import Source, parse_sources

FILE = "stay_limits.yml"
Reason = Literal["own_country", "sources_differ", "no_fact", "not_in_force"]
Exempt = Literal["long_term_status", "temporary_residence"]


class NoLimitError(Exception):
    """There is no usable fact for this person; `reason` says why, and no days may be named."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True)
class StayRule:
    """One limit: who, where, how many days in which period, how many without leaving, from which facts.

    `window_days` is the length of a moving period that ends with each day; None means the calendar year.
    `exempt` names the papers with which the limit does not bind.
    """

    id: str
    country: str
    citizenships: tuple[str, ...]
    days: int
    window_days: int | None
    days_without_leaving: int | None
    from_date: date | None
    exempt: Exempt | None
    recheck: bool
    fact_ids: tuple[str, ...]
    sources: tuple[Source, ...]


@dataclass(frozen=True)
class StayRules:
    """All limits of `data/guidance/stay_limits.yml`, and the gaps where nothing may be said."""

    rules: tuple[StayRule, ...]
    gaps: Mapping[tuple[str, str], Reason]
    left_out: tuple[str, ...]
    """Facts that speak of days of stay and make no rule."""
    checked_on: date

    @classmethod
    def load(cls, folder: Path) -> "StayRules":
        """Read the rules; raises `ValueError` naming the file and the rule that is wrong.

        A release that was trained before there was such a file goes on without any limit.
        """
        if not (folder / FILE).exists():
            return cls((), {}, (), date.min)
        document = yaml.safe_load((folder / FILE).read_text("utf-8"))
        return cls(
            rules=tuple(_parse_rule(row, folder / FILE) for row in document["rules"]),
            gaps={(str(gap["country"]), str(gap["citizenship"])): gap["reason"] for gap in document["gaps"]},
            left_out=tuple(str(row["fact"]) for row in document["left_out"]),
            checked_on=document["checked_on"],
        )

    def countries(self) -> tuple[str, ...]:
        """The countries for which there is any limit."""
        return tuple(dict.fromkeys(rule.country for rule in self.rules))

    def rule_for(self, country: str, citizenship: str) -> StayRule:
        """The limit for this person; raises `NoLimitError`."""
        if country == citizenship:
            raise NoLimitError("own_country")
        if reason := self.gaps.get((country, citizenship)):
            raise NoLimitError(reason)
        for rule in self.rules:
            if rule.country == country and citizenship in rule.citizenships:
                return rule
        raise NoLimitError("no_fact")


def _parse_rule(row: Mapping[str, Any], file: Path) -> StayRule:
    try:
        return StayRule(
            id=str(row["id"]),
            country=str(row["country"]),
            citizenships=tuple(map(str, row["citizenships"])),
            days=_positive(row["days"]),
            window_days=_window_days(str(row["period"])),
            days_without_leaving=_positive(row["days_without_leaving"]) if row.get("days_without_leaving") else None,
            from_date=row.get("from_date"),
            exempt=_exempt(row.get("exempt")),
            recheck=bool(row["recheck"]),
            fact_ids=tuple(map(str, row["facts"])),
            sources=parse_sources(row["sources"]),
        )
    except (KeyError, TypeError, ValueError) as error:
        raise ValueError(f"{file}: rule {row.get('id', '?')}: {error}") from error


def _window_days(period: str) -> int | None:
    if period == "calendar_year":
        return None
    number, _, unit = period.partition(" ")
    if unit != "days":
        raise ValueError(f"period must be calendar_year or a number of days, not {period!r}")
    return _positive(number)


def _positive(value: Any) -> int:
    if int(value) < 1:
        raise ValueError(f"{value!r} is no number of days")
    return int(value)


def _exempt(value: Any) -> Exempt | None:
    if value is not None and value not in get_args(Exempt):
        raise ValueError(f"exempt must be one of {', '.join(get_args(Exempt))}, not {value!r}")
    return cast(Exempt | None, value)
