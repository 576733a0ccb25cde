"""Hands the conversation to a person at once."""

from actions.ground import Ground
from actions.heard import Answered, Heard
from actions.turn import DialogueAction

ASKED = "asked for a person"


class OpenHandover(DialogueAction):
    """A wish for a person, in words or by a button."""

    action_name = "action_open_handover"

    def answer(self, heard: Heard) -> Answered:
        """See `open_handover`."""
        return open_handover(self._ground, heard)


def open_handover(ground: Ground, heard: Heard) -> Answered:
    """Say that a person is called, and call one."""
    return Answered(
        text=ground.wording.text("human_called", heard.variant),
        topic="meta.human",
        topics=("meta.human",),
        handover=True,
        confidence=heard.confidence,
        slots={"pending": None, "failures": None},
        is_end_of_form=True,
        commands=({"command": "open_handover", "reason": ASKED},),
    )
