"""Asks for the citizenship: it decides which limit of stay there is."""

from actions.ask_citizenship import citizenship_buttons
from actions.ask_stay_country import asked
from actions.ground import Ground
from actions.heard import Answered, Heard
from actions.turn import DialogueAction


class AskStayCitizenship(DialogueAction):
    """Called by the form of stay while `citizenship` is empty."""

    action_name = "action_ask_stay_form_citizenship"

    def answer(self, heard: Heard) -> Answered:
        """See `ask_stay_citizenship`."""
        return ask_stay_citizenship(self._ground, heard)


def ask_stay_citizenship(ground: Ground, heard: Heard) -> Answered:
    """Citizenships as buttons, without the country where one is; any other may be tapped or written."""
    question = ground.wording.text("ask_citizenship", heard.variant)
    return asked(ground, heard, question, citizenship_buttons(ground, heard))
