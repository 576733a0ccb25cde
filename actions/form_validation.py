"""What all forms that take details share: when they are called, and what a short reply without a detail gets."""

from abc import abstractmethod
from dataclasses import replace
from typing import Any

from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.interfaces import Action, Tracker

from actions.attempts import failed
from actions.buttons import stop_button
from actions.ground import Ground
from actions.heard import Answered, Heard
from actions.interruption import asked_slot, was_interrupted
from actions.turn import Event, hear, say

MAX_WORDS_OF_A_REPLY = 4


class FormValidation(Action):
    """Called by its form for every message. No events: Rasa rejects the form and answers the message by its rule."""

    form: str
    """Its name in domain.yml."""

    def __init__(self, ground: Ground) -> None:
        self._ground = ground

    def name(self) -> str:
        """As in domain.yml; Rasa knows it by the form's name."""
        return f"validate_{self.form}"

    @abstractmethod
    def take(self, heard: Heard, requested: str | None) -> Answered | None:
        """Slots that the message fills, with a sentence where something cannot be; None when it is no reply."""

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Any) -> list[Event]:
        """Set what was told; say what cannot be."""
        requested = asked_slot(tracker, self.form)
        if requested and was_interrupted(tracker, self.form):
            return []
        heard = hear(tracker)
        if requested and _begins_another(heard, self.form):
            return []
        answered = self.take(heard, requested)
        if answered is None:
            return []
        say(answered, heard, dispatcher)
        return [{"event": "slot", "name": name, "value": value} for name, value in answered.slots.items()]


def _begins_another(heard: Heard, form: str) -> bool:
    """Whether it is the button of another tool: the details that it carries are for that one."""
    return (
        not heard.text and heard.intent.startswith("start_") and f"{heard.intent.removeprefix('start_')}_form" != form
    )


def not_caught(ground: Ground, heard: Heard, requested: str, begins: str, topic: str) -> Answered | None:
    """Ask again after a short reply that gave no detail; everything else is a question of its own.

    `begins` is the intent that begins the form: said again, it only brings the question again.
    """
    if heard.intent == begins:
        return Answered(text="", topic=topic, slots={requested: None})
    is_short = heard.intent == "nlu_fallback" and len(heard.text.split()) <= MAX_WORDS_OF_A_REPLY
    if heard.intent != "inform" and not is_short:
        return None
    answered = failed(ground, heard, ground.wording.text("form_not_caught", heard.variant))
    is_enough = answered.slots["pending"] == "human"
    buttons = (*answered.buttons[:1], stop_button(ground, heard.variant)) if is_enough else ()
    return replace(answered, buttons=buttons, topic=topic, slots={**answered.slots, requested: None})
