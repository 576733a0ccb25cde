"""On which days a person is reminded of a date: pure reckoning, without a clock or a database."""

from datetime import date, timedelta

KINDS = ("registration", "permit_payment", "permit_end", "stay_limit")
DAYS_BEFORE = (14, 7, 1)
MAX_DAYS_AHEAD = 3 * 366
"""No date of ours lies further ahead: a permit is good for a year or two."""


def days_to_remind(of: date, today: date) -> tuple[date, ...]:
    """The days after `today` on which one is reminded of a date, in order; none when it is too near or too far."""
    if (of - today).days > MAX_DAYS_AHEAD:
        return ()
    days = (of - timedelta(days=before) for before in DAYS_BEFORE)
    return tuple(day for day in days if day > today)
