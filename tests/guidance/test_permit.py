"""Days of a work permit: each counted on the safe side, at the ends of months too."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guidance.permit import PAYMENT_MARGIN_DAYS, last_day_of, month_end, payments
from guidance.permit_rules import PermitRules, Point

RULES = PermitRules.load(Path(__file__).parents[2] / "data" / "guidance")
PATENT = RULES.rule_for("RU", "UZ")
POINTS = {point.say: point for point in (*PATENT.points, *PATENT.held)}
TODAY = date(2026, 11, 21)
DAYS = st.dates(date(2000, 1, 1), date(2090, 1, 1))


@pytest.mark.parametrize(
    ("first", "months", "end"),
    [
        (date(2026, 11, 15), 1, date(2026, 12, 14)),
        (date(2026, 1, 1), 1, date(2026, 1, 31)),
        (date(2026, 1, 31), 1, date(2026, 2, 27)),
        (date(2026, 1, 31), 2, date(2026, 3, 30)),
        (date(2028, 1, 31), 1, date(2028, 2, 28)),
        (date(2028, 1, 30), 1, date(2028, 2, 28)),
        (date(2026, 1, 29), 1, date(2026, 2, 27)),
        (date(2028, 2, 29), 12, date(2029, 2, 27)),
        (date(2026, 10, 31), 1, date(2026, 11, 29)),
        (date(2026, 12, 15), 1, date(2027, 1, 14)),
        (date(2026, 11, 15), 12, date(2027, 11, 14)),
    ],
)
def test_a_month_ends_on_the_eve_of_the_same_day(first: date, months: int, end: date) -> None:
    assert month_end(first, months) == end


def test_the_last_day_to_apply_is_the_thirtieth_with_the_day_of_entry() -> None:
    term = last_day_of(POINTS["permit_apply"], date(2026, 11, 5))
    assert term.last_day == date(2026, 12, 4)
    assert term.advised_day == date(2026, 11, 29)


def test_the_copy_of_the_contract_is_due_within_two_months_of_the_issue() -> None:
    assert last_day_of(POINTS["permit_copy"], date(2026, 12, 31)).last_day == date(2027, 2, 27)


def test_three_months_paid_reach_three_months_and_the_next_three_days_follow() -> None:
    paid = payments(date(2026, 9, 15), 3, 12, TODAY)
    assert paid.paid_until == date(2026, 12, 14)
    assert paid.due_days == (date(2026, 12, 14), date(2027, 1, 14), date(2027, 2, 14))
    assert paid.advised_day == date(2026, 12, 9)
    assert paid.last_day == date(2027, 9, 14)


def test_from_the_thirty_first_every_month_is_paid_before_it_ends() -> None:
    paid = payments(date(2026, 12, 31), 1, 12, TODAY)
    assert paid.due_days == (date(2027, 1, 30), date(2027, 2, 27), date(2027, 3, 30))


def test_towards_the_end_of_the_term_fewer_payments_are_left_and_then_none() -> None:
    assert payments(date(2026, 1, 15), 11, 12, TODAY).due_days == (date(2026, 12, 14),)
    paid = payments(date(2026, 1, 15), 12, 12, TODAY)
    assert (paid.due_days, paid.advised_day, paid.paid_until) == ((), None, paid.last_day)


def test_without_the_number_of_months_the_days_begin_with_the_month_that_runs() -> None:
    paid = payments(date(2026, 6, 1), None, 12, TODAY)
    assert paid.paid_until is None
    assert paid.due_days == (date(2026, 11, 30), date(2026, 12, 31), date(2027, 1, 31))


@pytest.mark.parametrize("months", [0, -1, 13])
def test_months_that_cannot_be_paid_are_refused(months: int) -> None:
    with pytest.raises(ValueError, match="cannot be paid"):
        payments(TODAY, months, 12, TODAY)


@given(DAYS, st.integers(1, 12))
def test_every_month_ends_before_the_same_day_of_the_calendar_and_later_ones_end_later(day: date, months: int) -> None:
    end, following = month_end(day, months), month_end(day, months + 1)
    assert end < following
    assert 27 <= (following - end).days <= 32
    calendar_month = (end + timedelta(days=1)).month
    assert calendar_month == (day.month - 1 + months) % 12 + 1
    assert (end + timedelta(days=1)).day <= day.day


@given(DAYS, st.one_of(st.none(), st.integers(1, 12)), DAYS)
def test_payments_are_due_in_order_within_the_longest_term_and_advised_earlier(
    issued_on: date, months: int | None, today: date
) -> None:
    paid = payments(issued_on, months, 12, today)
    assert list(paid.due_days) == sorted(set(paid.due_days))
    assert all(issued_on < day < paid.last_day for day in paid.due_days)
    if paid.advised_day:
        assert paid.due_days[0] - paid.advised_day == timedelta(days=PAYMENT_MARGIN_DAYS)
    if months is None:
        assert paid.paid_until is None
        assert all(day >= today for day in paid.due_days)
    elif months < 12:
        assert paid.due_days[0] == paid.paid_until


@given(DAYS, st.integers(1, 11))
def test_one_more_month_paid_reaches_to_the_next_due_day(issued_on: date, months: int) -> None:
    now, then = payments(issued_on, months, 12, TODAY), payments(issued_on, months + 1, 12, TODAY)
    following = (*now.due_days, now.last_day)[1]
    assert then.paid_until == following


@given(DAYS, st.sampled_from([POINTS["permit_apply"], POINTS["permit_copy"]]))
def test_a_term_never_ends_later_than_its_days_or_months_say(first: date, point: Point) -> None:
    term = last_day_of(point, first)
    assert first <= term.advised_day < term.last_day
    assert term.last_day < first + timedelta(days=point.days or 31 * (point.months or 0))


@given(DAYS, st.integers(1, 400), st.sampled_from([POINTS["permit_apply"], POINTS["permit_copy"]]))
def test_who_came_later_has_at_least_as_much_time(first: date, days: int, point: Point) -> None:
    later = first + timedelta(days=days)
    assert last_day_of(point, later).last_day >= last_day_of(point, first).last_day
