"""Takes country, citizenship and date of entry out of a message of the form, or leaves it to the other rules."""

from typing import Any

from actions.ask_country import TOPIC
from actions.ask_entered_on import WHICH_DATE
from actions.details import dates, named_for, remember_command, words_beside
from actions.entry_date import EntryDate, entry_date
from actions.form_validation import FormValidation, not_caught
from actions.ground import Ground
from actions.heard import Answered, Heard
from actions.tell_registration_deadline import has_no_rule

FORM = "registration_form"
REPLIES = frozenset({"inform", "registration.arrival", "affirm", "deny", "nlu_fallback"})
"""Intents with which a detail is told. A detail in a short message of another intent is a reply, too."""
MAX_WORDS_BESIDE = 3


class ValidateRegistrationForm(FormValidation):
    """Called by the form of registration."""

    form = FORM

    def take(self, heard: Heard, requested: str | None) -> Answered | None:
        """See `take_details`."""
        return take_details(self._ground, heard, requested)


def take_details(ground: Ground, heard: Heard, requested: str | None) -> Answered | None:
    """Slots that the message fills, with a sentence where something cannot be; None when it is no reply."""
    if heard.value("change"):
        return Answered(text="", topic=TOPIC, slots=dict.fromkeys(("country", "citizenship", "entered_on", "pending")))
    told = _told(heard, requested)
    if requested and not (told and _is_reply(heard)):
        return not_caught(ground, heard, requested, TOPIC, TOPIC)
    refusal = told.pop("refusal", None)
    places = {**heard.slots, **told}
    if has_no_rule(ground, places.get("country"), places.get("citizenship")):
        told["requested_slot"] = None
    text = ground.wording.text(refusal, heard.variant) if refusal else ""
    return Answered(text=text, topic=TOPIC, slots=told, commands=remember_command(told), answered=not refusal)


def _told(heard: Heard, requested: str | None) -> dict[str, Any]:
    """Values by slot; a bare name of a country answers the question that was asked."""
    told: dict[str, Any] = dict(named_for(heard, requested))
    found = entry_date(heard)
    return {**told, **_date_slots(found)} if found else told


def _date_slots(found: EntryDate) -> dict[str, Any]:
    if found.day:
        return {"entered_on": found.day.isoformat(), "pending": None}
    if found.choices:
        choices = "|".join(day.isoformat() for day in found.choices)
        return {"entered_on": None, "pending": f"{WHICH_DATE}{choices}"}
    return {"entered_on": None, "pending": None, "refusal": found.refusal}


def _is_reply(heard: Heard) -> bool:
    return not heard.text or heard.intent in REPLIES or words_beside(heard, dates(heard)) <= MAX_WORDS_BESIDE
