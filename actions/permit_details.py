"""Hears what a message says of a work permit: held or not, purpose and day of entry, day of issue, months paid."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from actions.ask_entered_on import WHICH_DATE
from actions.details import dates, named_for, words_beside
from actions.entry_date import entry_date
from actions.ground import Ground
from actions.heard import Heard
from actions.permit_reply import permit_reply
from language.folding import fold, skeleton
from language.month_counts import find_months
from language.second_thoughts import is_unsure
from language.variants import language_of

UNKNOWN, NOT_ASKED = "unknown", "not_asked"
MAX_MONTHS = 12
MAX_WORDS = 6
REPLIES = frozenset({"inform", "start_permit", "work.permit", "work.permit_payment", "affirm", "deny", "nlu_fallback"})
"""Intents with which a detail is told. A detail in a short message of another intent is a reply, too."""
MAX_WORDS_BESIDE = 3
MAX_WORDS_BESIDE_A_NUMBER = 1
_PURPOSE_STEPS = ("work", "other", "unknown")
_WORK = re.compile(r"\b(работ|трудов|труд|rabot|ish\b|ishl|иш\b|ишл|кор\b|жумуш|жумыс|жұмыс|work|job)")
_OTHER = re.compile(
    r"\b(турист|tour|turist|туризм|сайёх|сайёҳ|sayoh|sayyoh|саёх|саёҳ|саяхат|отдых|holiday|гост|частн|mehmon|мехмон|меҳмон|конок|қонақ|конак|учеб|учёб|oqish|study|"
    r"друг|boshqa|бошка|бошқа|дигар|башка|баска|басқа|other|another|private|visit|guest|транзит|transit)"
)
_NOT = re.compile(r"\b(не|not|no|emas|эмас|эмес|емес|нест)\b")
_NOT_THERE = re.compile(
    r"\b(еще не|ещё не|пока не|не въехал|не приехал|hali|хали|ҳали|ҳоло|холо|али|әлі|алі|not yet|not there)"
)
_TYPED_STEPS = {"button_not_entered": "not_entered", "button_unknown": UNKNOWN, "button_purpose_other": "other"}


@dataclass(frozen=True)
class PermitReply:
    """The slots that the message fills, and the key of a kind sentence where something cannot be."""

    slots: Mapping[str, Any]
    refusal: str | None = None


def permit_details(ground: Ground, heard: Heard, requested: str) -> PermitReply | None:
    """What the message tells, its own question first; None when it tells nothing."""
    places: dict[str, Any] = dict(named_for(heard, requested))
    reply = _of_question(ground, heard, requested) or _day(heard, places)
    if reply is None and not places:
        return None
    return PermitReply({**places, **(reply.slots if reply else {})}, reply.refusal if reply else None)


def is_permit_reply(ground: Ground, heard: Heard, requested: str) -> bool:
    """Whether a message that tells a detail is a reply: by its intent, by its few other words, or as a button."""
    if not heard.text or heard.intent in REPLIES or _typed_step(ground, heard):
        return True
    beside = words_beside(heard, dates(heard))
    if requested == "permit_months" and not dates(heard):
        return "?" not in heard.text and len(heard.text.split()) <= MAX_WORDS_BESIDE_A_NUMBER + 2
    return "?" not in heard.text and beside <= MAX_WORDS_BESIDE


def _of_question(ground: Ground, heard: Heard, requested: str) -> PermitReply | None:
    step = heard.value("step") or _typed_step(ground, heard)
    is_short = len(heard.text.split()) <= MAX_WORDS
    if requested == "permit_held":
        return _held(heard)
    if requested == "permit_purpose" and is_short:
        purpose = step if step in _PURPOSE_STEPS else _purpose(heard)
        return PermitReply({requested: purpose}) if purpose else None
    if requested in ("permit_entered_on", "permit_issued_on") and is_short and not dates(heard):
        is_not_there = requested == "permit_entered_on" and _NOT_THERE.search(fold(heard.text))
        is_unknown = step in (UNKNOWN, "not_entered") or is_unsure(heard.text) or is_not_there
        return PermitReply({requested: UNKNOWN, "pending": None}) if is_unknown else None
    if requested == "permit_months" and is_short:
        return _months(heard, step)
    return None


def _held(heard: Heard) -> PermitReply | None:
    """Yes or no, and the day that stands beside it."""
    held = permit_reply(heard)
    if held is None:
        return None
    day = _day(heard, {"permit_held": held})
    return PermitReply({"permit_held": held, **(day.slots if day else {})}, day.refusal if day else None)


def _purpose(heard: Heard) -> str | None:
    text = fold(heard.text)
    if _OTHER.search(text) or heard.intent == "deny" or (_WORK.search(text) and _NOT.search(text)):
        return "other"
    if is_unsure(heard.text):
        return UNKNOWN
    return "work" if _WORK.search(text) or heard.intent == "affirm" else None


def _months(heard: Heard, step: str | None) -> PermitReply | None:
    if step == UNKNOWN or is_unsure(heard.text):
        return PermitReply({"permit_months": UNKNOWN})
    if step and step.startswith("months_"):
        counts: tuple[int | None, ...] = (int(step.removeprefix("months_")),)
    elif dates(heard):
        return None
    else:
        counts = find_months(heard.text, language_of(heard.variant)[0])
    if not counts:
        return None
    months = counts[0]
    if len(counts) > 1 or months is None or not 1 <= months <= MAX_MONTHS:
        return PermitReply({"permit_months": None}, "permit_months_wrong")
    return PermitReply({"permit_months": months})


def _day(heard: Heard, told: Mapping[str, Any]) -> PermitReply | None:
    """A date is that of issue for who has the permit, and that of entry for everybody else."""
    found = entry_date(heard)
    if found is None:
        return None
    is_held = told.get("permit_held", heard.slots.get("permit_held")) == "yes"
    slot = "permit_issued_on" if is_held else "permit_entered_on"
    if found.day:
        return PermitReply({slot: found.day.isoformat(), "pending": None})
    if found.choices:
        return PermitReply({slot: None, "pending": WHICH_DATE + "|".join(day.isoformat() for day in found.choices)})
    is_future_issue = is_held and found.refusal == "date_in_future"
    return PermitReply({slot: None, "pending": None}, "permit_issued_in_future" if is_future_issue else found.refusal)


def _typed_step(ground: Ground, heard: Heard) -> str | None:
    """The step of a button whose title was typed."""
    typed = skeleton(heard.text).strip()
    titles = {skeleton(ground.wording.text(key, heard.variant)).strip(): step for key, step in _TYPED_STEPS.items()}
    return titles.get(typed) if typed else None
