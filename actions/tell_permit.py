"""Tells what one needs to work: paper, steps, last days, payments, with advice, sources and date."""

from dataclasses import replace
from typing import Any

from actions.ask_entered_on import for_whom
from actions.ask_permit import DETAILS, FORM, TOPIC
from actions.attempts import after_answer
from actions.buttons import (
    button,
    entry_buttons,
    feedback_buttons,
    human_button,
    menu_button,
    payload,
    remind_button,
    unique,
)
from actions.ground import Ground
from actions.heard import Answered, Button, Heard
from actions.permit_paragraphs import Told, told_day, told_points
from actions.shown_date import shown_date
from actions.tell_registration_deadline import cited, newest
from actions.turn import DialogueAction
from actions.validate_permit_form import settled
from guidance.permit_rules import NoPermitRuleError
from guidance.source import Source

MAX_SOURCES = 3
MAX_RELATED = 2
TOPICS = ("work.permit", "work.permit_payment", "work.eaeu", "work.korea_turkey_eu")
"""Topics whose entries stand under the answer."""
NOTHING_TOLD = dict.fromkeys(DETAILS)


class TellPermit(DialogueAction):
    """All details of the form of work permits are known, or it is known that there is no rule."""

    action_name = "action_tell_permit"

    def answer(self, heard: Heard) -> Answered:
        """See `tell_permit`."""
        return tell_permit(self._ground, heard)


def tell_permit(ground: Ground, heard: Heard) -> Answered:
    """What is needed by the rule of this person; a kind sentence where there is none."""
    country, citizenship = heard.slots.get("country") or "", heard.slots.get("citizenship") or ""
    try:
        rule = ground.permits.rule_for(country, citizenship)
    except NoPermitRuleError as error:
        return _gap(ground, heard, error.reason)
    told = told_points(ground, heard, rule)
    recheck = [ground.wording.text("permit_recheck", heard.variant)] if any(f.recheck for f in told.facts) else []
    paragraphs = (_told_by_person(ground, heard), *told.paragraphs, *recheck, _sources(ground, heard, told))
    answered = Answered(
        text="\n\n".join(paragraphs),
        buttons=_buttons(ground, heard, told),
        topic=TOPIC,
        topics=tuple(dict.fromkeys((TOPIC, *heard.topic_ranking)))[:3],
        confidence=heard.confidence,
        slots={**after_answer(heard), **NOTHING_TOLD, **_kept(heard), "question": None, "pending": "feedback"},
    )
    return _with_reminder(ground, heard, answered, told)


def correct_permit(ground: Ground, heard: Heard, last: dict[str, Any], changed: dict[str, Any]) -> Answered:
    """The answer anew after a correction; the form where something must be asked for it."""
    told = {**last, **changed}
    told |= settled(ground, {**heard.slots, **last}, told)
    is_ended = told.pop("requested_slot", heard) is None
    if is_ended or all(told.get(name) for name in ("country", "citizenship", *DETAILS)):
        return tell_permit(ground, replace(heard, slots={**heard.slots, **told}))
    return Answered(text="", topic=TOPIC, slots={**told, "deadline_for": None, "pending": None}, next_action=FORM)


def corrected_day(last: dict[str, Any], day: str | None) -> dict[str, str]:
    """The slot of the day on which the last answer stood, with another day; nothing where it stood on none."""
    slot = "permit_issued_on" if last.get("permit_held") == "yes" else "permit_entered_on"
    return {slot: day} if day and last.get(slot) != "not_asked" else {}


def _with_reminder(ground: Ground, heard: Heard, answered: Answered, told: Told) -> Answered:
    """The offer to be reminded of the day that comes next: the next payment, or the end where all is paid."""
    for kind, day in () if told.is_late else told.reminders:
        if remind := remind_button(ground, heard.variant, kind, day, heard.today):
            buttons = unique((*remind, *answered.buttons))
            remind_of = {"reminder": kind, "date": day.isoformat()}
            return replace(answered, buttons=buttons, slots={**answered.slots, "remind_of": remind_of})
    return answered


def _told_by_person(ground: Ground, heard: Heard) -> str:
    entered_on = told_day(heard.slots, "permit_entered_on")
    if entered_on is None:
        return for_whom(ground, heard)
    shown = shown_date(entered_on, heard.variant)
    return f"{for_whom(ground, heard)} {ground.wording.text('entered_on_line', heard.variant, entered_on=shown)}"


def _sources(ground: Ground, heard: Heard, told: Told) -> str:
    """The newest source of each fact, those of counted days first."""
    say, checked_on = ground.wording.text, ground.permits.checked_on
    sources: dict[str, Source] = {}
    for fact in told.facts:
        source = newest(fact.sources)[0]
        sources.setdefault(source.at, source)
    shown = list(sources.values())[:MAX_SOURCES]
    lines = [say("answer_source", heard.variant, source=cited(source)) for source in shown]
    return "\n".join([*lines, say("answer_checked_on", heard.variant, date=checked_on.strftime("%d.%m.%Y"))])


def _gap(ground: Ground, heard: Heard, reason: str) -> Answered:
    change = button(ground, heard.variant, "button_change", payload("start_permit", change="details"))
    human, menu = human_button(ground, heard.variant), menu_button(ground, heard.variant)
    return Answered(
        text=ground.wording.text(f"permit_gap_{reason}", heard.variant),
        buttons=unique((human, change, *entry_buttons(heard.variant, _related(ground, heard)), menu)),
        topic=TOPIC,
        topics=(TOPIC,),
        confidence=heard.confidence,
        slots={**after_answer(heard), **NOTHING_TOLD, **_kept(heard), "question": None, "pending": "human"},
    )


def _kept(heard: Heard) -> dict[str, Any]:
    """What a correction after the answer stands on."""
    return {"deadline_for": {name: heard.slots.get(name) for name in ("country", "citizenship", *DETAILS)}}


def _buttons(ground: Ground, heard: Heard, told: Told) -> tuple[Button, ...]:
    variant = heard.variant
    is_in_doubt = told.is_late or heard.slots.get("permit_purpose") == "other"
    has_entry = heard.slots.get("permit_entered_on") not in (None, "not_asked")
    count = (button(ground, variant, "button_count_deadline", "/registration.arrival"),) if has_entry else ()
    return unique(
        (
            *((human_button(ground, variant),) if is_in_doubt else ()),
            *entry_buttons(variant, _related(ground, heard)),
            *count,
            button(ground, variant, "button_change", payload("start_permit", change="details")),
            *feedback_buttons(ground, variant),
            menu_button(ground, variant),
        )
    )


def _related(ground: Ground, heard: Heard) -> tuple[Any, ...]:
    """Entries on work for this country and citizenship."""
    country, citizenship = heard.slots.get("country"), heard.slots.get("citizenship")
    entries = (entry for topic in TOPICS for entry in ground.library.of_topic(topic))
    return tuple(entry for entry in entries if entry.fits(country, citizenship))[:MAX_RELATED]
