"""A date found in a text, and how day, month and year become one."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import MINYEAR, date, timedelta

FIRST_YEAR, LAST_YEAR = 1900, 2100
_YEARS_BETWEEN_LEAP_DAYS = 8


@dataclass(frozen=True)
class FoundDate:
    """A date, where it stands, and whether it can be read in two ways or cannot be; then `value` is None."""

    value: date | None
    start: int
    end: int
    text: str
    is_ambiguous: bool
    is_impossible: bool


def day_of(day: int, month: int, year: int | None, today: date) -> date | None:
    """Return that day; without a year the latest such day that is not in the future; None if there is none."""
    if year is not None:
        return _exact(day, month, year) if FIRST_YEAR <= year <= LAST_YEAR else None
    for back in range(_YEARS_BETWEEN_LEAP_DAYS + 1):
        found = _exact(day, month, today.year - back)
        if found and found <= today:
            return found
    return None


def day_before(today: date, count: int, unit: str) -> date | None:
    """Return the day that lies `count` days, weeks or months before `today`; None outside the calendar."""
    try:
        if unit == "month":
            return _months_before(today, count)
        return today - timedelta(days=count * (7 if unit == "week" else 1))
    except (OverflowError, ValueError):
        return None


def latest_day_of_month(day: int, today: date) -> date | None:
    """Return the latest day with this number that is not in the future."""
    for back in range(3):
        first = day_before(today.replace(day=1), back, "month")
        found = _exact(day, first.month, first.year) if first else None
        if found and found <= today:
            return found
    return None


def full_year(digits: str) -> int:
    """Return the year that two or four digits mean."""
    return int(digits) + (2000 if len(digits) == 2 else 0)


def _exact(day: int, month: int, year: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _months_before(today: date, count: int) -> date:
    months = today.year * 12 + today.month - 1 - count
    year, month = months // 12, months % 12 + 1
    if year < MINYEAR:
        raise ValueError("before the calendar")
    return date(year, month, min(today.day, monthrange(year, month)[1]))
