"""Takes the replies to the questions of the complaint, and ends its form when the document is to be made."""

from typing import Any

from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.interfaces import Action, Tracker

from actions.ask_complaint import TOPIC
from actions.attempts import failed
from actions.complaint_reply import complaint_reply
from actions.complaint_telling import END, FORM, SLOT, told_of
from actions.ground import Ground
from actions.heard import Answered, Heard
from actions.interruption import was_interrupted
from actions.turn import Event, hear, say

NO_FAILURES = frozenset({"answer_changed"})


class ValidateComplaintForm(Action):
    """Called by the form for every message. No events: Rasa rejects the form and answers the message by its rule."""

    def __init__(self, ground: Ground) -> None:
        self._ground = ground

    def name(self) -> str:
        """As in domain.yml; Rasa knows it by the form's name."""
        return f"validate_{FORM}"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Any) -> list[Event]:
        """Keep the reply; say what cannot be; end the form when the person says so."""
        heard = hear(tracker)
        if not tracker.slots.get("requested_slot") or was_interrupted(tracker, FORM):
            return _events({SLOT: told_of(heard)})
        answered = take_complaint_reply(self._ground, heard)
        if answered is None:
            return []
        say(answered, heard, dispatcher)
        return _events({"variant": heard.variant, **answered.slots})


def take_complaint_reply(ground: Ground, heard: Heard) -> Answered | None:
    """Slots that the message fills, with a sentence where something cannot be; None when it is no reply."""
    reply = complaint_reply(ground, heard)
    if reply is None:
        return None
    slots = {SLOT: reply.told, END: reply.end, "pending": None}
    if reply.refusal is None or reply.refusal in NO_FAILURES:
        text = ground.wording.text(reply.refusal, heard.variant) if reply.refusal else ""
        return Answered(text=text, topic=TOPIC, slots={**slots, "failures": None})
    refused = failed(ground, heard, ground.wording.text(reply.refusal, heard.variant))
    is_enough = refused.slots["pending"] == "human"
    return Answered(
        text=refused.text,
        buttons=refused.buttons[:1] if is_enough else (),
        topic=TOPIC,
        answered=False,
        slots={**slots, "failures": refused.slots["failures"]},
    )


def _events(slots: dict[str, Any]) -> list[Event]:
    return [{"event": "slot", "name": name, "value": value} for name, value in slots.items()]
