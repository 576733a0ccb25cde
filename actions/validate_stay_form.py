"""Takes country, citizenship, papers and trips out of a message of the form of stay, or leaves it to other rules."""

from dataclasses import replace
from typing import Any

from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.interfaces import Action, Tracker

from actions.ask_stay_country import TOPIC
from actions.attempts import failed
from actions.buttons import stop_button
from actions.details import named, remember_command, words_beside
from actions.ground import Ground
from actions.heard import Answered, Heard
from actions.interruption import was_interrupted
from actions.permit_reply import permit_reply
from actions.trip_reply import TRIP_SLOTS, is_about_trips, trip_reply
from actions.trip_telling import NOTHING_TOLD
from actions.turn import Event, hear, say
from guidance.stay_rules import NoLimitError

FORM = "stay_form"
REPLIES = frozenset({"inform", "start_stay", "registration.arrival", "affirm", "deny", "nlu_fallback"})
"""Intents with which a detail is told. A detail in a short message of another intent is a reply, too."""
MAX_WORDS_BESIDE = 3
MAX_WORDS_OF_A_REPLY = 4


class ValidateStayForm(Action):
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
        answered = take_stay_details(self._ground, heard, requested)
        if answered is None:
            return []
        say(answered, heard, dispatcher)
        return [{"event": "slot", "name": name, "value": value} for name, value in answered.slots.items()]


def take_stay_details(ground: Ground, heard: Heard, requested: str | None) -> Answered | None:
    """Slots that the message fills, with a sentence where something cannot be; None when it is no reply."""
    if heard.value("change") == "details":
        empty = {**NOTHING_TOLD, "country": None, "citizenship": None, "pending": None}
        return Answered(text="", topic=TOPIC, slots=empty)
    if requested is None:
        return _begun(ground, heard)
    if heard.slots.get("pending") == "human" and heard.intent in ("affirm", "deny") and not heard.value("step"):
        return None
    told, refusal = _told(ground, heard, requested)
    if not told or not (_is_reply(heard) or is_about_trips(heard, requested)):
        return _not_caught(ground, heard, requested)
    told = _settled(ground, heard, {"pending": None, **told})
    text = ground.wording.text(refusal, heard.variant) if refusal else ""
    return Answered(text=text, topic=TOPIC, slots=told, commands=remember_command(told), answered=not refusal)


def _begun(ground: Ground, heard: Heard) -> Answered:
    """The form opens: nothing is told but what the button carries, or the trips of the count that is to be mended."""
    last = heard.slots.get("deadline_for") or {}
    kept = {name: last[name] for name in ("trips", "stay_permit")} if last.get("trips") else {}
    told: dict[str, Any] = {**NOTHING_TOLD, "pending": None, **named(heard)}
    if heard.value("change") == "last_trip" and kept:
        told |= kept | {"trips": kept["trips"][:-1] or None}
    elif heard.intent == "inform" and kept:
        told |= kept | {"trips_complete": "yes"}
    return Answered(text="", topic=TOPIC, slots=_settled(ground, heard, told), commands=remember_command(told))


def _told(ground: Ground, heard: Heard, requested: str) -> tuple[dict[str, Any], str | None]:
    """Values by slot, and the key of a refusal; a bare name of a country answers the question that was asked."""
    if requested in TRIP_SLOTS and (reply := trip_reply(heard)):
        return reply.slots, reply.refusal
    told: dict[str, Any] = dict(named(heard))
    is_other_country = told.get("country", heard.slots.get("country")) != heard.slots.get("country")
    if requested == "citizenship" and "citizenship" not in told and is_other_country:
        told["citizenship"] = told.pop("country")
    if requested == "stay_permit" and (permit := permit_reply(heard)):
        told["stay_permit"] = permit
    if heard.text and (reply := trip_reply(heard)) and reply.slots.get("trips"):
        told |= reply.slots
    return told, None


def _settled(ground: Ground, heard: Heard, told: dict[str, Any]) -> dict[str, Any]:
    """What follows: trips to another country are forgotten; a form that needs to know no more ends."""
    was = heard.slots
    if any(name in told and told[name] != was.get(name) for name in ("country", "citizenship")):
        told = {**told, "stay_permit": told.get("stay_permit")}
    if was.get("country") and told.get("country", was["country"]) != was["country"]:
        told |= {"trips": None, "trip_marks": None, "trips_complete": None}
    country, citizenship = told.get("country", was.get("country")), told.get("citizenship", was.get("citizenship"))
    if country and country not in ground.stays.rules.countries():
        return {**told, "requested_slot": None}
    if not (country and citizenship):
        return told
    try:
        rule = ground.stays.rules.rule_for(country, citizenship)
    except NoLimitError:
        return {**told, "requested_slot": None}
    if rule.exempt is None:
        return {**told, "stay_permit": "not_asked"}
    return {**told, "requested_slot": None} if told.get("stay_permit") == "yes" else told


def _is_reply(heard: Heard) -> bool:
    return not heard.text or heard.intent in REPLIES or words_beside(heard, ()) <= MAX_WORDS_BESIDE


def _not_caught(ground: Ground, heard: Heard, requested: str) -> Answered | None:
    """Ask again after a short reply that gave no detail; everything else is a question of its own."""
    is_short = heard.intent == "nlu_fallback" and len(heard.text.split()) <= MAX_WORDS_OF_A_REPLY
    if heard.intent == "start_stay":
        return Answered(text="", topic=TOPIC, slots={requested: None})
    if heard.intent != "inform" and not is_short:
        return None
    answered = failed(ground, heard, ground.wording.text("form_not_caught", heard.variant))
    is_enough = answered.slots["pending"] == "human"
    buttons = (*answered.buttons[:1], stop_button(ground, heard.variant)) if is_enough else ()
    return replace(answered, buttons=buttons, topic=TOPIC, slots={**answered.slots, requested: None})
