"""Hears a reply about trips: days, “still here”, yes or no to another trip, “that is wrong”, “I do not know”."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from actions.ask_another_trip import ANOTHER
from actions.ask_stay_country import TOPIC
from actions.details import is_denied
from actions.heard import Heard
from actions.trip_telling import HERE, Told, correct, join_marks, make_trips, told_marks, told_trips, written
from language.second_thoughts import is_all_told, is_taken_back, is_unsure
from language.trip_dates import TripMark, find_trip_marks
from language.variants import language_of

TRIP_SLOTS = ("trips", "trips_complete")
TELLING = frozenset({TOPIC, "registration.arrival", "inform"})
"""Intents of a message that tells its days and asks how many are left."""
MAX_WORDS_WITH_DATES = 30
MAX_WORDS_OF_A_DAY = 8


@dataclass(frozen=True)
class TripReply:
    """The slots that change, and the key of a kind sentence where something cannot be."""

    slots: dict[str, Any]
    refusal: str | None = None


def trip_reply(heard: Heard) -> TripReply | None:
    """What the message says of the trips; None when it says nothing of them."""
    if heard.value("change") == "last_trip":
        return _without_last(heard)
    if step := heard.value("step"):
        return _step(heard, step)
    marks = _marks(heard)
    if marks or is_taken_back(heard.text):
        return _changed(heard, marks)
    if is_unsure(heard.text):
        return TripReply({"trips_complete": None}, "trip_unsure")
    return _no_trips(heard) if heard.slots.get("requested_slot") == "trips" else _yes_or_no(heard)


def is_about_trips(heard: Heard, requested: str) -> bool:
    """Whether a message is a reply though its intent is another: two days or more, or one in few words, no question."""
    words, marks, is_question = len(heard.text.split()), _marks(heard), "?" in heard.text
    if len(marks) > 1 and words <= MAX_WORDS_WITH_DATES:
        return not is_question or heard.intent in TELLING
    is_said = bool(marks) or any(hears(heard.text) for hears in (is_unsure, is_taken_back, is_all_told))
    return requested in TRIP_SLOTS and is_said and words <= MAX_WORDS_OF_A_DAY and not is_question


def _step(heard: Heard, step: str) -> TripReply | None:
    if step == "still_here":
        return _added(heard, (HERE,))
    if step == ANOTHER:
        return TripReply({"trips_complete": None, "pending": ANOTHER})
    if step == "no_trips":
        return _no_trips(heard)
    return _no_more(heard) if step == "no_more_trips" else None


def _yes_or_no(heard: Heard) -> TripReply | None:
    is_asked = bool(told_trips(heard.slots)) and not told_marks(heard.slots)
    if not is_asked or heard.slots.get("requested_slot") != "trips_complete":
        return None
    if heard.intent == "deny" or is_all_told(heard.text):
        return _no_more(heard)
    return TripReply({"trips_complete": None, "pending": ANOTHER}) if heard.intent == "affirm" else None


def _no_trips(heard: Heard) -> TripReply | None:
    """One has not been there at all: nothing is used."""
    is_said = heard.value("step") == "no_trips" or heard.intent == "deny" or is_all_told(heard.text)
    return TripReply({"trips": [], "trips_complete": "yes"}) if is_said and not told_marks(heard.slots) else None


def _no_more(heard: Heard) -> TripReply | None:
    """All is told; a trip whose leaving is not known yet is asked for first."""
    if told_marks(heard.slots) or not told_trips(heard.slots):
        return None
    return TripReply({"trips_complete": "yes"})


def _added(heard: Heard, new: tuple[str, ...]) -> TripReply:
    marks = join_marks(told_marks(heard.slots), new)
    return _reply(heard, make_trips(told_trips(heard.slots), marks, heard.today))


def _changed(heard: Heard, marks: tuple[TripMark, ...]) -> TripReply:
    """Days that are told anew, or mended: “not the 20th, the 25th”, “wrong, I came on the 5th”."""
    if any(not mark.days and not mark.is_still_here for mark in marks):
        return TripReply({"trips_complete": None}, "date_impossible")
    denied = [mark for mark in marks if mark.days and is_denied(heard, mark.start, mark.end)]
    right = [mark for mark in marks if mark not in denied]
    if len(denied) == len(right) == 1 and right[0].days:
        return _mended(heard, denied[0].days[0], right[0].days[0])
    if is_taken_back(heard.text):
        without = _without_last(heard)
        if not right:
            return without
        later = {**heard.slots, **without.slots}
        return _reply(heard, make_trips(told_trips(later), tuple(map(written, right)), heard.today))
    return _added(heard, tuple(map(written, marks)))


def _mended(heard: Heard, wrong: date, right: date) -> TripReply:
    marks = tuple(right.isoformat() if mark == wrong.isoformat() else mark for mark in told_marks(heard.slots))
    if marks != told_marks(heard.slots):
        return _reply(heard, make_trips(told_trips(heard.slots), marks, heard.today))
    return _reply(heard, correct(told_trips(heard.slots), wrong, right, heard.today))


def _without_last(heard: Heard) -> TripReply:
    """What was told last goes: the trip that is being told, or else the last whole one."""
    trips, marks = told_trips(heard.slots), told_marks(heard.slots)
    return _reply(heard, Told(trips if marks else trips[:-1], (), "trip_removed"))


def _reply(heard: Heard, told: Told) -> TripReply:
    return TripReply({**told.slots(), "trips_complete": None}, told.refusal)


def _marks(heard: Heard) -> tuple[TripMark, ...]:
    if not heard.text:
        day = heard.value("date")
        return (TripMark((date.fromisoformat(day),), False, 0, 0),) if day else ()
    return find_trip_marks(heard.text, language_of(heard.variant)[0], heard.today)
