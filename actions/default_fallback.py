"""Answers a message for which Rasa's policies know no next step: no message stays without an answer."""

from dataclasses import replace

from actions.answer_question import answer_question
from actions.heard import Answered, Heard
from actions.turn import DialogueAction
from actions.validate_registration_form import FORM


class DefaultFallback(DialogueAction):
    """Rasa's own action of this name says nothing and takes the message back; this one answers and ends the turn."""

    action_name = "action_default_fallback"

    def answer(self, heard: Heard) -> Answered:
        """As any question: the knowledge base may still know it."""
        is_in_form = heard.slots.get("requested_slot") is not None
        answered = answer_question(self._ground, heard)
        return replace(answered, next_action=(heard.form or FORM) if is_in_form else "action_listen")
