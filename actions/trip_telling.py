"""Makes trips of what was told of them bit by bit: a day, another day, “still here”; says what cannot be."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from guidance.trips import ExitBeforeEntryError, FutureTripError, Trip, TripError
from language.trip_dates import TripMark

HERE = "here"
NOTHING_TOLD: Mapping[str, Any] = dict.fromkeys(("trips", "trip_marks", "trips_complete", "stay_permit"))
"""The slots of the form of stay before anything is told."""
_OR = "|"


@dataclass(frozen=True)
class Told:
    """Whole trips, the marks that make none yet, and the key of a kind sentence where something cannot be.

    A mark is `here`, an ISO date, or the readings of an ambiguous one with `|` between them.
    """

    trips: tuple[Trip, ...]
    marks: tuple[str, ...] = ()
    refusal: str | None = None

    def slots(self) -> dict[str, Any]:
        """As the dialogue remembers them; empty ones are None, so that the form asks for them."""
        rows = [[t.entered_on.isoformat(), t.left_on and t.left_on.isoformat()] for t in self.trips]
        return {"trips": rows or None, "trip_marks": list(self.marks) or None}


def told_trips(slots: Mapping[str, Any]) -> tuple[Trip, ...]:
    """The whole trips that the dialogue remembers."""
    rows = slots.get("trips") or ()
    return tuple(Trip(date.fromisoformat(first), last and date.fromisoformat(last)) for first, last in rows)


def told_marks(slots: Mapping[str, Any]) -> tuple[str, ...]:
    """What the dialogue remembers of a trip that is not whole yet."""
    return tuple(slots.get("trip_marks") or ())


def written(mark: TripMark) -> str:
    """A mark as a slot holds it."""
    return HERE if mark.is_still_here else _OR.join(day.isoformat() for day in mark.days)


def readings(mark: str) -> tuple[date, ...]:
    """The days that a mark can mean; none for “still here”."""
    return () if mark == HERE else tuple(map(date.fromisoformat, mark.split(_OR)))


def unclear_mark(marks: Sequence[str]) -> str | None:
    """The first mark that has two readings."""
    return next((mark for mark in marks if _OR in mark), None)


def join_marks(open_marks: Sequence[str], new: Sequence[str]) -> tuple[str, ...]:
    """What is told of a trip now: a day answers the open question, a whole trip begins it anew."""
    unclear = unclear_mark(open_marks)
    if unclear and len(new) == 1 and new[0] != HERE:
        return tuple(new[0] if mark == unclear else mark for mark in open_marks)
    is_whole = len(new) > 1 and new[0] != HERE
    return tuple(new) if is_whole else (*open_marks, *new)


def make_trips(trips: Sequence[Trip], marks: Sequence[str], today: date) -> Told:
    """Pair the marks from left to right; stop at the first that is not clear or cannot be."""
    made, rest = list(trips), list(marks)
    while rest:
        if rest[0] == HERE:
            return Told(tuple(made), (), "trip_entry_missing")
        if any(day > today for mark in rest[:2] for day in readings(mark)[:1]):
            return Told(tuple(made), _before_future(rest, today), "trip_in_future")
        possible = _possible(rest, today)
        if possible is None or len(possible) > 1:
            return Told(tuple(made), tuple(rest))
        if not possible:
            return Told(tuple(made), (), "trip_exit_before_entry")
        try:
            made.append(possible[0].check(today))
        except TripError as error:
            return Told(tuple(made), (), _REFUSALS.get(type(error), "trip_too_long"))
        rest = rest[2:]
    return Told(tuple(made))


def correct(trips: Sequence[Trip], wrong: date, right: date, today: date) -> Told:
    """Another day in place of one that was told (“not the 20th, the 25th”); the latest trip that holds it changes."""
    for at in range(len(trips) - 1, -1, -1):
        trip = trips[at]
        if wrong in (trip.entered_on, trip.left_on):
            first = right if trip.entered_on == wrong else trip.entered_on
            last = right if trip.left_on == wrong else trip.left_on
            others = (*trips[:at], *trips[at + 1 :])
            mended = make_trips((), (first.isoformat(), last.isoformat() if last else HERE), today)
            return Told((*others, *mended.trips) if mended.trips else tuple(trips), (), mended.refusal)
    return make_trips(trips, (right.isoformat(),), today)


def _before_future(marks: Sequence[str], today: date) -> tuple[str, ...]:
    """The entry stays told when only the day of leaving has not come yet."""
    return () if readings(marks[0])[0] > today else tuple(marks[:1])


def _possible(marks: Sequence[str], today: date) -> tuple[Trip, ...] | None:
    """The trips that the first two marks can mean; None where the second is missing."""
    firsts = [day for day in readings(marks[0]) if day <= today]
    if len(marks) == 1:
        return (Trip(today, None),) if firsts == [today] else None
    if marks[1] == HERE:
        return tuple(Trip(day, None) for day in firsts)
    lasts = [day for day in readings(marks[1]) if day <= today]
    return tuple(Trip(first, last) for first in firsts for last in lasts if first <= last)


_REFUSALS: Mapping[type[TripError], str] = {
    ExitBeforeEntryError: "trip_exit_before_entry",
    FutureTripError: "trip_in_future",
}
