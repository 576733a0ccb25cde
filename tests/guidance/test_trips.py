"""Trips become stretches of days: sorted, joined where they touch, none counted twice."""

from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from guidance.trips import Stretch, Trip, stretches

TODAY = date(2026, 11, 21)
DAY = timedelta(days=1)
TRIPS = st.lists(
    st.tuples(st.integers(0, 500), st.integers(0, 90)).map(
        lambda t: Trip(TODAY - (t[0] + t[1]) * DAY, TODAY - t[0] * DAY)
    ),
    max_size=8,
)


def test_trips_that_overlap_are_one_stretch() -> None:
    first = Trip(date(2026, 3, 1), date(2026, 3, 10))
    second = Trip(date(2026, 3, 5), date(2026, 3, 20))
    assert stretches([second, first], TODAY) == (Stretch(date(2026, 3, 1), date(2026, 3, 20)),)


def test_leaving_and_coming_back_on_the_same_or_the_next_day_is_one_stretch() -> None:
    first = Trip(date(2026, 3, 1), date(2026, 3, 10))
    for back in (date(2026, 3, 10), date(2026, 3, 11)):
        assert len(stretches([first, Trip(back, date(2026, 3, 20))], TODAY)) == 1
    assert len(stretches([first, Trip(date(2026, 3, 12), date(2026, 3, 20))], TODAY)) == 2


def test_who_is_still_there_has_been_there_until_today() -> None:
    assert stretches([Trip(TODAY - 3 * DAY, None)], TODAY) == (Stretch(TODAY - 3 * DAY, TODAY),)


@given(TRIPS)
def test_stretches_stand_in_order_apart_and_hold_every_day_once(trips: list[Trip]) -> None:
    found = stretches(trips, TODAY)
    assert all(before.last + DAY < after.first for before, after in pairwise(found))
    days = {t.entered_on + n * DAY for t in trips for n in range(((t.left_on or TODAY) - t.entered_on).days + 1)}
    assert sum(s.days_between(date.min, date.max) for s in found) == len(days)


@given(TRIPS)
def test_joining_again_changes_nothing(trips: list[Trip]) -> None:
    found = stretches(trips, TODAY)
    assert stretches([Trip(s.first, s.last) for s in found], TODAY) == found
