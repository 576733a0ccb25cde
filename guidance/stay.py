"""Days of stay: how many are used and left, and the last day by the count alone for who stays on from today."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from guidance.stay_rules import NoLimitError, StayRule, StayRules
from guidance.trips import Stretch, Trip, stretches

MARGIN_SHARE = 10
"""The advised day lies a tenth of the limit before the last one, at least one day: our advice, no fact."""


@dataclass(frozen=True)
class Stay:
    """What the count says. It is never a “safe” day: the border service counts, not we (recheck note of REG-RU-10).

    `used` and `left` are days of the rule's period that holds today, today included for who is there.
    `last_day` and `advised_day` are None for who is not there now; both may lie in the past.
    """

    rule: StayRule
    used: int
    left: int
    last_day: date | None
    advised_day: date | None
    is_over: bool
    checked_on: date


class Stays:
    """Counts days of stay by the rules of a folder."""

    def __init__(self, rules: StayRules) -> None:
        self.rules = rules

    @classmethod
    def load(cls, folder: Path) -> "Stays":
        """Read `stay_limits.yml`; raises `ValueError`."""
        return cls(StayRules.load(folder))

    def period_start(self, rule: StayRule, today: date) -> date:
        """The first day of the rule's period that ends, or for a calendar year lies, today."""
        return _period_start(today, rule)

    def count(self, country: str, citizenship: str, trips: Iterable[Trip], today: date) -> Stay:
        """Count for one person; raises `NoLimitError` without a rule and `TripError` for impossible trips.

        The day of entry and the day of leaving both count (the facts are silent: the careful way). By REG-RU-09 Russia
        counts within one calendar year, so on 1 January that count begins anew, while a stay without leaving goes on.
        """
        rule = self.rules.rule_for(country, citizenship)
        if rule.from_date and today < rule.from_date:
            raise NoLimitError("not_in_force")
        told = tuple(trips)
        here = stretches(told, today)
        is_there = any(trip.left_on is None for trip in told)
        used = _used_on(today, here, rule)
        last_day = _last_day(here, rule) if is_there else None
        return Stay(
            rule=rule,
            used=used,
            left=max(0, rule.days - used),
            last_day=last_day,
            advised_day=last_day and last_day - timedelta(days=max(1, _shortest(rule) // MARGIN_SHARE)),
            is_over=used > rule.days or (last_day is not None and last_day < today),
            checked_on=self.rules.checked_on,
        )


def _last_day(here: tuple[Stretch, ...], rule: StayRule) -> date:
    """The last day before the limit would be broken, if the last stretch went on without end.

    It is the eve of the entry where the days were used up before. A stretch holds `days` days at most in a period, so
    that the search ends.
    """
    *before, now = here
    going_on = (*before, Stretch(now.first, date.max))
    day = now.first
    while _is_within(day, going_on, rule):
        day += timedelta(days=1)
    return day - timedelta(days=1)


def _is_within(day: date, here: tuple[Stretch, ...], rule: StayRule) -> bool:
    longest = rule.days_without_leaving
    is_too_long = longest is not None and (day - here[-1].first).days >= longest
    return not is_too_long and _used_on(day, here, rule) <= rule.days


def _used_on(day: date, here: tuple[Stretch, ...], rule: StayRule) -> int:
    """Days in the country within the rule's period that ends with `day`."""
    first = _period_start(day, rule)
    return sum(stretch.days_between(first, day) for stretch in here)


def _period_start(day: date, rule: StayRule) -> date:
    if rule.window_days:
        return day - timedelta(days=rule.window_days - 1)
    return date(day.year, 1, 1)


def _shortest(rule: StayRule) -> int:
    return min(rule.days, rule.days_without_leaving or rule.days)
