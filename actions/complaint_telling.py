"""What is remembered of a complaint while it is told: one value for each field, empty where it was left out."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from actions.ground import Ground
from actions.heard import Heard
from guidance.complaint import Complaint, Money, WorkPeriod

FORM, SLOT, END = "complaint_form", "complaint", "complaint_end"
EVIDENCE = "evidence"
"""The slot with the ids that were ticked in the checklist."""
DONE, STOPPED, FORGET, NO_COUNTRY = "done", "stopped", "forget", "no_country"
"""What the form's one slot can hold when it ends."""
FIELDS = (
    "country",
    "language",
    "employer",
    "place",
    "work",
    "period",
    "agreed",
    "agreed_per",
    "paid",
    "owed",
    "tried",
    "name_kept_back",
)
TEXTS, SUMS = ("employer", "place", "work", "tried"), ("agreed", "paid", "owed")
CHANGEABLE = ("employer", "place", "work", "period", "agreed", "paid", "owed", "tried", "name_kept_back")
PER = ("month", "day", "hour", "shift", "job")
NUMBER, STARTED_ON, CHANGING = "number", "started_on", "changing"
"""Marks beside the fields: a sum without its currency, a first day without a last one, the list of what to change."""
MARKS = (NUMBER, STARTED_ON, CHANGING)
FORGOTTEN: Mapping[str, Any] = {SLOT: None, END: None}
Told = dict[str, str]


def told_of(heard: Heard) -> Told:
    """What the dialogue remembers; empty when there is nothing."""
    return dict(heard.slots.get(SLOT) or {})


def next_field(ground: Ground, told: Mapping[str, str]) -> str | None:
    """The first field that is open; None when all is told or left out."""
    return next((name for name in FIELDS if name not in told and _is_due(ground, told, name)), None)


def put(told: Mapping[str, str], **values: str) -> Told:
    """The same with these values; what was asked in between is settled."""
    return {**{name: value for name, value in told.items() if name not in MARKS}, **values}


def without(told: Mapping[str, str], field: str) -> Told:
    """The same with this field open again."""
    gone = {field, *MARKS, *(("agreed_per",) if field == "agreed" else ())}
    return {name: value for name, value in told.items() if name not in gone}


def without_last(ground: Ground, told: Mapping[str, str]) -> Told:
    """The field told last is open again; within one question its first half goes."""
    if any(mark in told for mark in MARKS):
        return put(told)
    last = next((name for name in reversed(FIELDS) if name in told), None)
    return without(told, last) if last else dict(told)


def language_of_text(ground: Ground, told: Mapping[str, str]) -> str:
    """In which language the complaint is written."""
    return told.get("language") or ground.complaints.languages(told["country"])[0]


def complaint_of(told: Mapping[str, str], enclosures: tuple[str, ...]) -> Complaint:
    """The values of the slot as what they mean."""
    agreed, paid, owed = (money_of(told[name]) if told.get(name) else None for name in SUMS)
    employer, place, work, tried = (told.get(name, "") for name in TEXTS)
    return Complaint(
        employer=employer,
        place=place,
        work=work,
        tried=tried,
        agreed=agreed,
        paid=paid,
        owed=owed,
        period=period_of(told["period"]) if told.get("period") else None,
        agreed_per=told.get("agreed_per", ""),
        is_name_kept_back=told.get("name_kept_back") == "yes",
        enclosures=enclosures,
    )


def money_of(value: str) -> Money:
    """ "60000 RUB" """
    amount, _, currency = value.partition(" ")
    return Money(Decimal(amount), currency)


def period_of(value: str) -> WorkPeriod:
    """ "2026-03-01/2026-06-15", "2026-03-01/" while it goes on, or the person's own words."""
    first, _, last = value.partition("/")
    try:
        return WorkPeriod(date.fromisoformat(first), date.fromisoformat(last) if last else None)
    except ValueError:
        return WorkPeriod(words=value)


def _is_due(ground: Ground, told: Mapping[str, str], name: str) -> bool:
    country = told.get("country", "")
    if name == "language":
        return len(ground.complaints.languages(country)) > 1
    if name == "agreed_per":
        return bool(told.get("agreed"))
    return name != "name_kept_back" or ground.complaints.knows(country, name)
