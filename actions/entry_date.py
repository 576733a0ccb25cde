"""Judges the date of entry that a message names: usable, impossible, in the future, or ambiguous."""

from dataclasses import dataclass
from datetime import date

from actions.details import dates
from actions.heard import Heard
from language.dates import FoundDate


@dataclass(frozen=True)
class EntryDate:
    """`day` where it is sure; `choices` where it has two readings; `refusal` is the key of a kind sentence."""

    day: date | None = None
    choices: tuple[date, ...] = ()
    refusal: str | None = None


def entry_date(heard: Heard) -> EntryDate | None:
    """The date of entry of this message; None when it names no date. The last one named counts: it corrects."""
    found = dates(heard)
    if not found:
        return None
    last = found[-1]
    if last.is_impossible or last.value is None:
        return EntryDate(refusal="date_impossible")
    readings = _readings(last, last.value)
    past = tuple(day for day in readings if day <= heard.today)
    if not past:
        return EntryDate(refusal="date_in_future")
    return EntryDate(choices=past) if len(past) > 1 else EntryDate(day=past[0])


def _readings(found: FoundDate, value: date) -> tuple[date, ...]:
    """Day and month, and the other way round where both are possible ("03.04")."""
    if not found.is_ambiguous or value.day > 12 or value.day == value.month:
        return (value,)
    return (value, value.replace(month=value.day, day=value.month))
