"""Asks for the citizenship: it decides which limit of stay there is."""

from actions.ask_citizenship import OFFERED_CITIZENSHIPS
from actions.ask_stay_country import asked
from actions.buttons import place_buttons
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
    """Citizenships as buttons, without the country where one is; any other may be written."""
    offered = [code for code in OFFERED_CITIZENSHIPS if code != heard.slots.get("country")]
    buttons = place_buttons(ground, heard.variant, "citizenship", offered)
    return asked(ground, heard, ground.wording.text("ask_citizenship", heard.variant), buttons)
