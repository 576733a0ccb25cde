"""What a button under a question of the complaint sets; one that the form does not know is refused."""

from dataclasses import dataclass
from decimal import Decimal

from actions.ask_complaint import CURRENCY_OF
from actions.complaint_telling import (
    CHANGEABLE,
    CHANGING,
    DONE,
    FIELDS,
    FORGET,
    NO_COUNTRY,
    NUMBER,
    PER,
    STARTED_ON,
    SUMS,
    Told,
    money_of,
    next_field,
    put,
    without,
)
from actions.ground import Ground
from language.money import CURRENCIES


@dataclass(frozen=True)
class Tapped:
    """What is told after the button, and how the form ends, if it does."""

    told: Told
    end: str | None = None


def tapped(ground: Ground, told: Told, item: str, reply: str) -> Tapped | None:
    """The button's meaning; None for one that is forged, or older than what was told since."""
    if item == "finish":
        return _finished(ground, told, reply)
    if item == "change":
        return _changed(told, reply)
    if item == "country" and reply == "other":
        return Tapped(told, NO_COUNTRY)
    if item == "currency":
        return _with_currency(ground, told, reply)
    value = _value(ground, told, item, reply)
    return None if value is None else Tapped(put(told, **{item: value}))


def _finished(ground: Ground, told: Told, reply: str) -> Tapped | None:
    if reply == FORGET:
        return Tapped({}, FORGET)
    return Tapped(put(told), DONE) if reply == "make" and next_field(ground, told) is None else None


def _changed(told: Told, reply: str) -> Tapped | None:
    if reply == "list":
        return Tapped({**told, CHANGING: "list"})
    if reply == "back":
        return Tapped(put(told))
    return Tapped(without(told, reply)) if reply in CHANGEABLE else None


def _with_currency(ground: Ground, told: Told, reply: str) -> Tapped | None:
    field = next_field(ground, told)
    if NUMBER not in told or reply not in CURRENCIES or field not in SUMS:
        return None
    amount: Decimal = money_of(told[NUMBER]).amount
    return Tapped(put(told, **{field: f"{amount} {reply}"}))


def _value(ground: Ground, told: Told, item: str, reply: str) -> str | None:
    """What a button of a field says; None where it says nothing that the field can hold."""
    if item == "country":
        return reply if reply in ground.complaints.countries() else None
    if item == "language":
        return reply if reply in ground.complaints.languages(told.get("country", "")) else None
    if item == "period" and reply == "still":
        return f"{told[STARTED_ON]}/" if STARTED_ON in told else None
    if item == "agreed_per" and reply in PER:
        return reply
    if item == "paid" and reply == "nothing":
        return f"0 {CURRENCY_OF.get(told.get('country', ''), 'RUB')}"
    if item == "name_kept_back":
        return reply if reply in ("yes", "no") else None
    return "" if reply == "skip" and item in FIELDS else None
