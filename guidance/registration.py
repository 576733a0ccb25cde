"""By which day a foreigner must be registered after entering a country."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any, Literal

import yaml

from guidance.holidays import Holidays
from guidance.source import Source, parse_sources

FILE = "registration.yml"
OTHERS = "others"
MARGIN_SHARE = 5
"""The advised day lies a fifth of the term before the last one, at least one day."""

Reason = Literal["own_country", "sources_differ", "no_fact", "not_in_force"]


class NoRuleError(Exception):
    """There is no usable fact for this person; `reason` says why, and no deadline may be named."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True)
class Rule:
    """One rule: who, where, how many days, how they are counted, since when, from which facts."""

    id: str
    country: str
    citizenship: tuple[str, ...] | None
    days: int
    is_working_days: bool
    in_force_from: date | None
    recheck: bool
    fact_ids: tuple[str, ...]
    sources: tuple[Source, ...]


@dataclass(frozen=True)
class Deadline:
    """The last day by the rule, an earlier day that is advised, and what the answer must show with them.

    `days_left` counts from today to the last day and is negative once it has passed. `holidays` lie before it and would
    be no working days.
    """

    rule: str
    last_day: date
    advised_day: date
    days: int
    is_working_days: bool
    days_left: int
    recheck: bool
    holidays: tuple[date, ...]
    checked_on: date
    fact_ids: tuple[str, ...]
    sources: tuple[Source, ...]


class Registration:
    """All rules of registration, from `data/guidance/registration.yml`."""

    def __init__(
        self, rules: tuple[Rule, ...], gaps: frozenset[tuple[str, str]], checked_on: date, holidays: Holidays
    ) -> None:
        self._rules = rules
        self._gaps = gaps
        self._checked_on = checked_on
        self._holidays = holidays

    @classmethod
    def load(cls, folder: Path) -> "Registration":
        """Read the rules; raises `ValueError` naming the file and the rule that is wrong."""
        document = yaml.safe_load((folder / FILE).read_text("utf-8"))
        rules = tuple(_parse_rule(row, folder / FILE) for row in document["rules"])
        gaps = frozenset((str(gap["country"]), str(gap["citizenship"])) for gap in document.get("gaps") or ())
        return cls(rules, gaps, document["checked_on"], Holidays.load(folder))

    def countries(self) -> tuple[str, ...]:
        """The countries for which there is any rule."""
        return tuple(dict.fromkeys(rule.country for rule in self._rules))

    def deadline(self, country: str, citizenship: str, entered_on: date, today: date) -> Deadline:
        """The deadline of a citizen of one country who entered another; raises `NoRuleError`.

        The day of entry is the first day. Public holidays count as working days, and are named: the day may be too
        early, never too late.
        """
        rule = self.rule_for(country, citizenship)
        if rule.in_force_from and entered_on < rule.in_force_from:
            raise NoRuleError("not_in_force")
        last_day = _last_day(entered_on, rule.days, rule.is_working_days)
        advised = _last_day(entered_on, max(1, rule.days - max(1, rule.days // MARGIN_SHARE)), rule.is_working_days)
        return Deadline(
            rule=rule.id,
            last_day=last_day,
            advised_day=advised,
            days=rule.days,
            is_working_days=rule.is_working_days,
            days_left=(last_day - today).days,
            recheck=rule.recheck,
            holidays=self._holidays.between(country, entered_on, last_day) if rule.is_working_days else (),
            checked_on=self._checked_on,
            fact_ids=rule.fact_ids,
            sources=rule.sources,
        )

    def rule_for(self, country: str, citizenship: str) -> Rule:
        """The rule for this person; a rule that names the citizenship goes before the one for all others."""
        if country == citizenship:
            raise NoRuleError("own_country")
        if (country, citizenship) in self._gaps:
            raise NoRuleError("sources_differ")
        here = [rule for rule in self._rules if rule.country == country]
        named = [rule for rule in here if rule.citizenship and citizenship in rule.citizenship]
        general = [rule for rule in here if rule.citizenship is None]
        if not named + general:
            raise NoRuleError("no_fact")
        return (named + general)[0]


def _last_day(first_day: date, days: int, is_working_days: bool) -> date:
    if not is_working_days:
        return first_day + timedelta(days=days - 1)
    day, counted = first_day - timedelta(days=1), 0
    while counted < days:
        day += timedelta(days=1)
        counted += day.weekday() < 5
    return day


def _parse_rule(row: Mapping[str, Any], file: Path) -> Rule:
    try:
        named = row["citizenship"]
        if row["count"] not in ("calendar", "working"):
            raise ValueError(f"count must be calendar or working, not {row['count']!r}")
        return Rule(
            id=str(row["id"]),
            country=str(row["country"]),
            citizenship=None if named == OTHERS else tuple(map(str, named)),
            days=int(row["days"]),
            is_working_days=row["count"] == "working",
            in_force_from=row.get("in_force_from"),
            recheck=bool(row["recheck"]),
            fact_ids=tuple(map(str, row["facts"])),
            sources=parse_sources(row["sources"]),
        )
    except (KeyError, TypeError, ValueError) as error:
        raise ValueError(f"{file}: rule {row.get('id', '?')}: {error}") from error
