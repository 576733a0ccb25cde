"""Trips to a country: the day of entry, the day of leaving or still there, and the days they cover together."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

MAX_TRIP_DAYS = 20 * 366
"""A longer trip is a slip of the pen."""


class TripError(Exception):
    """What was told cannot be a trip."""


class ExitBeforeEntryError(TripError):
    """The day of leaving lies before the day of entry."""


class FutureTripError(TripError):
    """A day of the trip has not come yet: only what has happened is counted."""


class TripTooLongError(TripError):
    """The trip is longer than twenty years."""


@dataclass(frozen=True)
class Trip:
    """One stay in the country; `left_on` is None for a person who is still there."""

    entered_on: date
    left_on: date | None

    def check(self, today: date) -> "Trip":
        """The trip itself; raises a `TripError` for what cannot have been by `today`."""
        last = self.left_on or today
        if max(self.entered_on, last) > today:
            raise FutureTripError
        if last < self.entered_on:
            raise ExitBeforeEntryError
        if (last - self.entered_on).days >= MAX_TRIP_DAYS:
            raise TripTooLongError
        return self


@dataclass(frozen=True)
class Stretch:
    """Days in the country without a break, from the first to the last, both of them included."""

    first: date
    last: date

    def days_between(self, first: date, last: date) -> int:
        """How many of its days lie from `first` to `last`, both included."""
        return max(0, (min(self.last, last) - max(self.first, first)).days + 1)


def stretches(trips: Iterable[Trip], today: date) -> tuple[Stretch, ...]:
    """The days of all trips up to `today`, in order; raises a `TripError`.

    Both the day of entry and the day of leaving are days in the country: the facts are silent on it, and counting both
    never leads to a day too late. Trips that overlap or touch (left one day, back on the same or the next) are one
    stretch, so that no day counts twice and a short way over the border begins no new stay: again the careful way.
    """
    merged: list[Stretch] = []
    for trip in sorted((trip.check(today) for trip in trips), key=lambda trip: trip.entered_on):
        last = trip.left_on or today
        if merged and trip.entered_on <= merged[-1].last + timedelta(days=1):
            merged[-1] = Stretch(merged[-1].first, max(merged[-1].last, last))
        else:
            merged.append(Stretch(trip.entered_on, last))
    return tuple(merged)
