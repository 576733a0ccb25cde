"""Offers the languages, each in its own name, and switches to the chosen one."""

from actions.buttons import menu_button, payload
from actions.ground import Ground
from actions.heard import Answered, Button, Heard
from actions.turn import DialogueAction
from language.variants import LANGUAGES, OWN_NAMES


class ChooseLanguage(DialogueAction):
    """A wish for another language or script."""

    action_name = "action_choose_language"

    def answer(self, heard: Heard) -> Answered:
        """See `choose_language`."""
        return choose_language(self._ground, heard)


def choose_language(ground: Ground, heard: Heard) -> Answered:
    """The seven variants as buttons; after one was tapped, a sentence in it and the command to keep it."""
    chosen = heard.value("variant")
    if chosen not in LANGUAGES:
        return Answered(
            text=ground.wording.text("ask_language", heard.variant),
            buttons=tuple(Button(OWN_NAMES[v], payload("meta.language", variant=v)) for v in LANGUAGES),
            topic="meta.language",
            topics=("meta.language",),
            confidence=heard.confidence,
        )
    return Answered(
        text=ground.wording.text("language_chosen", chosen),
        buttons=(menu_button(ground, chosen),),
        topic="meta.language",
        topics=("meta.language",),
        confidence=heard.confidence,
        slots={"variant": chosen},
        commands=({"command": "set_language", "variant": chosen},),
    )
