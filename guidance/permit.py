"""Days of a work permit: the last day to apply, the days on which payments are due, the end of the longest term."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import MAXYEAR, date, timedelta

from guidance.permit_rules import Point

MARGIN_SHARE = 5
"""The advised day lies a fifth of the days left before the last one, at least one day: our advice, no fact."""
PAYMENT_MARGIN_DAYS = 5
"""A payment is advised this many days before it is due, for the money is on its way for some: our advice, no fact."""
MONTHS_IN_YEAR = 12


@dataclass(frozen=True)
class Term:
    """The last day by the rule and an earlier one that is advised. Neither is ever a “safe” day."""

    last_day: date
    advised_day: date


@dataclass(frozen=True)
class Payments:
    """How far paid months reach, and the last days for the next payments.

    `paid_until` is None where it is not known how many months are paid: `due_days` then begin with the month that runs.
    The last of `due_days` is never after `last_day`, the end of the longest term; all is paid where they are empty.
    """

    paid_until: date | None
    due_days: tuple[date, ...]
    last_day: date

    @property
    def advised_day(self) -> date | None:
        """By when the next payment is advised."""
        return self.due_days[0] - timedelta(days=PAYMENT_MARGIN_DAYS) if self.due_days else None


def last_day_of(point: Point, first_day: date) -> Term:
    """The term of a deadline that begins with `first_day`, the day of entry or of issue; raises `ValueError`.

    The first day is counted as the first one, and a month ends on the eve of the same day of the next month: the facts
    are silent on it, and this makes the last day earlier, never later, than another way of counting.
    """
    if point.days:
        last_day = first_day + timedelta(days=point.days - 1)
    elif point.months:
        last_day = month_end(first_day, point.months)
    else:
        raise ValueError(f"{point.say} has no term")
    margin = max(1, (last_day - first_day).days // MARGIN_SHARE)
    return Term(last_day, max(first_day, last_day - timedelta(days=margin)))


def month_end(first_day: date, months: int) -> date:
    """The last day of so many months from `first_day`: the eve of the same day, or of the last day of a shorter month.

    31 January and one month: 27 February (the eve of 28 February), which is a day early rather than late.
    """
    month = first_day.month - 1 + months
    year, month = first_day.year + month // MONTHS_IN_YEAR, month % MONTHS_IN_YEAR + 1
    if year > MAXYEAR:
        raise ValueError(f"{months} months after {first_day} is outside of the calendar")
    return date(year, month, min(first_day.day, monthrange(year, month)[1])) - timedelta(days=1)


def payments(issued_on: date, months_paid: int | None, longest_months: int, today: date, count: int = 3) -> Payments:
    """The next payments of a permit that is paid month by month from the day of issue.

    WRK-RU-04: it is valid only while each month is paid in time. A month is due on the last day of the paid one at the
    latest. Raises `ValueError` where less than one month or more than the longest term is paid.
    """
    if months_paid is not None and not 1 <= months_paid <= longest_months:
        raise ValueError(f"{months_paid} months cannot be paid")
    ends = [month_end(issued_on, months) for months in range(1, longest_months + 1)]
    if months_paid is None:
        return Payments(None, tuple(day for day in ends[:-1] if day >= today)[:count], ends[-1])
    return Payments(ends[months_paid - 1], tuple(ends[months_paid - 1 : -1][:count]), ends[-1])
