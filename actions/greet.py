"""Greets back, and answers thanks and goodbye in the same breath."""

from actions.buttons import button, human_button, menu_button
from actions.ground import Ground
from actions.heard import Answered, Heard
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
            menu_button(ground, variant),
            human_button(ground, variant),
            button(ground, variant, "button_language", "/meta.language"),
        ),
        topic="meta.greeting",
        topics=("meta.greeting",),
        confidence=heard.confidence,
        slots={"pending": None},
    )
