"""Takes country, citizenship, papers and trips out of a message of the form of stay, or leaves it to other rules."""

from typing import Any

from actions.ask_stay_country import TOPIC
from actions.details import named, named_for, remember_command, words_beside
from actions.form_validation import FormValidation, not_caught
from actions.ground import Ground
from actions.heard import Answered, Heard
from actions.permit_reply import permit_reply
from actions.trip_reply import TRIP_SLOTS, is_about_trips, trip_reply
from actions.trip_telling import NOTHING_TOLD
from guidance.stay_rules import NoLimitError

FORM = "stay_form"
REPLIES = frozenset({"inform", "start_stay", "registration.arrival", "affirm", "deny", "nlu_fallback"})
"""Intents with which a detail is told. A detail in a short message of another intent is a reply, too."""
MAX_WORDS_BESIDE = 3


class ValidateStayForm(FormValidation):
    """Called by the form of stay."""

    form = FORM

    def take(self, heard: Heard, requested: str | None) -> Answered | None:
        """See `take_stay_details`."""
        return take_stay_details(self._ground, heard, requested)


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
        return not_caught(ground, heard, requested, "start_stay", TOPIC)
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
    told: dict[str, Any] = dict(named_for(heard, requested))
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
