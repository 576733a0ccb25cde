"""Says who Safar is, who is behind it, and that nobody is reported to anyone."""

from actions.buttons import button, human_button, menu_button
from actions.ground import Ground
from actions.heard import Answered, Heard
from actions.turn import DialogueAction


class TellAboutSafar(DialogueAction):
    """A question about the assistant itself."""

    action_name = "action_tell_about_safar"

    def answer(self, heard: Heard) -> Answered:
        """See `tell_about_safar`."""
        return tell_about_safar(self._ground, heard)


def tell_about_safar(ground: Ground, heard: Heard) -> Answered:
    """Who is speaking, with the ways on."""
    variant = heard.variant
    return Answered(
        text=ground.wording.text("about", variant),
        buttons=(
            menu_button(ground, variant),
            human_button(ground, variant),
            button(ground, variant, "button_my_data", "/meta.my_data"),
        ),
        topic="meta.about",
        topics=("meta.about",),
        confidence=heard.confidence,
    )
