"""Hears a complaint about an answer or about the bot: sorry, the nearest other answers, a person."""

from dataclasses import replace

from actions.attempts import not_helped
from actions.ground import Ground
from actions.heard import Answered, Heard
from actions.turn import DialogueAction


class HearComplaint(DialogueAction):
    """An answer was wrong or did not help; anger at the bot."""

    action_name = "action_hear_complaint"

    def answer(self, heard: Heard) -> Answered:
        """See `hear_complaint`."""
        return hear_complaint(self._ground, heard)


def hear_complaint(ground: Ground, heard: Heard) -> Answered:
    """A complaint counts as an answer that did not help; a person is offered at once."""
    answered = not_helped(ground, heard, ground.wording.text("complaint", heard.variant))
    return replace(
        answered,
        topic="meta.complaint",
        topics=("meta.complaint",),
        slots={**answered.slots, "pending": "human"},
    )
