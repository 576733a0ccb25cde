"""Explains what is stored, and shows the ways to erase it, to take it out, and to leave quickly."""

from actions.ground import Ground
from actions.heard import Answered, Button, Heard
from actions.turn import DialogueAction
from guidance.own_data import told


class TellAboutData(DialogueAction):
    """A question or a wish about one's own data."""

    action_name = "action_tell_about_data"

    def answer(self, heard: Heard) -> Answered:
        """See `tell_about_data`."""
        return tell_about_data(self._ground, heard)


def tell_about_data(ground: Ground, heard: Heard) -> Answered:
    """What is stored and for how long; its buttons erase it and hand it over, which the gateway does itself."""
    return Answered(
        text=told(ground.wording, heard.variant, heard.channel, heard.retention_days),
        buttons=tuple(Button(*each) for each in ground.wording.buttons("my_data", heard.variant)),
        topic="meta.my_data",
        topics=("meta.my_data",),
        confidence=heard.confidence,
        slots={"pending": None},
    )
