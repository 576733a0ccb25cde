"""Greets back, and answers thanks and goodbye in the same breath."""

from actions.buttons import button, human_button, menu_button, payload
from actions.ground import Ground
from actions.heard import Answered, Button, Heard
from actions.start_questionnaire import CONTINUE_INTENT, left_open
from actions.turn import DialogueAction


class Greet(DialogueAction):
    """A greeting, thanks or goodbye."""

    action_name = "action_greet"

    def answer(self, heard: Heard) -> Answered:
        """See `greet`."""
        return greet(self._ground, heard)


def greet(ground: Ground, heard: Heard) -> Answered:
    """A kind word and the ways on."""
    variant = heard.variant
    return Answered(
        text=ground.wording.text("greeting", variant),
        buttons=(
            *_left_open(ground, heard),
            menu_button(ground, variant),
            human_button(ground, variant),
            button(ground, variant, "button_language", "/meta.language"),
        ),
        topic="meta.greeting",
        topics=("meta.greeting",),
        confidence=heard.confidence,
        slots={"pending": None},
    )


def _left_open(ground: Ground, heard: Heard) -> tuple[Button, ...]:
    """A way back to the questions that were left in the middle, whenever that was."""
    tool = left_open(heard)
    if tool is None:
        return ()
    sends = payload(CONTINUE_INTENT, questionnaire=tool, step="go_on")
    return (button(ground, heard.variant, "button_resume_questions", sends),)
