"""Takes country, citizenship and date of entry out of a message of the form, or leaves it to the other rules."""

from dataclasses import replace
from typing import Any

from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.interfaces import Action, Tracker

from actions.ask_country import TOPIC
from actions.ask_entered_on import WHICH_DATE
from actions.attempts import failed
from actions.buttons import stop_button
from actions.details import dates, named, remember_command, words_beside
from actions.entry_date import EntryDate, entry_date
from actions.ground import Ground
from actions.heard import Answered, Heard
from actions.interruption import was_interrupted
from actions.tell_registration_deadline import has_no_rule
from actions.turn import Event, hear, say

FORM = "registration_form"
REPLIES = frozenset({"inform", "registration.arrival", "affirm", "deny", "nlu_fallback"})
"""Intents with which a detail is told. A detail in a short message of another intent is a reply, too."""
MAX_WORDS_BESIDE = 3
MAX_WORDS_OF_A_REPLY = 4


class ValidateRegistrationForm(Action):
    """Called by the form for every message. No events: Rasa rejects the form and answers the message by its rule."""

    def __init__(self, ground: Ground) -> None:
        self._ground = ground

    def name(self) -> str:
        """As in domain.yml; Rasa knows it by the form's name."""
        return f"validate_{FORM}"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Any) -> list[Event]:
        """Set what was told; say what cannot be."""
        requested = tracker.slots.get("requested_slot")
        if requested and was_interrupted(tracker, FORM):
            return []
        heard = hear(tracker)
        answered = take_details(self._ground, heard, requested)
        if answered is None:
            return []
        say(answered, heard, dispatcher)
        return [{"event": "slot", "name": name, "value": value} for name, value in answered.slots.items()]


def take_details(ground: Ground, heard: Heard, requested: str | None) -> Answered | None:
    """Slots that the message fills, with a sentence where something cannot be; None when it is no reply."""
    if heard.value("change"):
        return Answered(text="", topic=TOPIC, slots=dict.fromkeys(("country", "citizenship", "entered_on", "pending")))
    told = _told(heard, requested)
    if requested and not (told and _is_reply(heard)):
        return _not_caught(ground, heard, requested)
    refusal = told.pop("refusal", None)
    places = {**heard.slots, **told}
    if has_no_rule(ground, places.get("country"), places.get("citizenship")):
        told["requested_slot"] = None
    text = ground.wording.text(refusal, heard.variant) if refusal else ""
    return Answered(text=text, topic=TOPIC, slots=told, commands=remember_command(told), answered=not refusal)


def _told(heard: Heard, requested: str | None) -> dict[str, Any]:
    """Values by slot; a bare name of a country answers the question that was asked."""
    told: dict[str, Any] = dict(named(heard))
    if (
        requested == "citizenship"
        and "citizenship" not in told
        and told.get("country", heard.slots.get("country")) != heard.slots.get("country")
    ):
        told["citizenship"] = told.pop("country")
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


def _not_caught(ground: Ground, heard: Heard, requested: str) -> Answered | None:
    """Ask again after a short reply that gave no detail; everything else is a question of its own."""
    is_reply = heard.intent in ("inform", "registration.arrival")
    is_short = heard.intent == "nlu_fallback" and len(heard.text.split()) <= MAX_WORDS_OF_A_REPLY
    if not is_reply and not is_short:
        return None
    if heard.intent == "registration.arrival":
        return Answered(text="", topic=TOPIC, slots={requested: None})
    answered = failed(ground, heard, ground.wording.text("form_not_caught", heard.variant))
    is_enough = answered.slots["pending"] == "human"
    buttons = (*answered.buttons[:1], stop_button(ground, heard.variant)) if is_enough else ()
    return replace(answered, buttons=buttons, topic=TOPIC, slots={**answered.slots, requested: None})
