"""Hears that the answer helped."""

from actions.attempts import after_help
from actions.buttons import menu_button
from actions.ground import Ground
from actions.heard import Answered, Heard
from actions.turn import DialogueAction


class Helped(DialogueAction):
    """ "Did this help?" Yes."""

    action_name = "action_helped"

    def answer(self, heard: Heard) -> Answered:
        """See `helped`."""
        return helped(self._ground, heard)


def helped(ground: Ground, heard: Heard) -> Answered:
    """Glad; ask anything else."""
    return Answered(
        text=ground.wording.text("helped", heard.variant),
        buttons=(menu_button(ground, heard.variant),),
        entry=heard.slots.get("entry"),
        topic="meta.greeting",
        topics=("meta.greeting",),
        confidence=heard.confidence,
        slots=after_help(),
    )
