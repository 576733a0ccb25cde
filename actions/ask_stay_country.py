"""Asks in which country the days of stay are to be counted: the first question of that form."""

from actions.ask_country import MAX_COUNTRIES
from actions.form_question import form_question
from actions.ground import Ground
from actions.heard import Answered, Button, Heard
from actions.more_choices import place_choices
from actions.turn import DialogueAction

TOPIC = "registration.stay_limits"


class AskStayCountry(DialogueAction):
    """Called by the form while `country` is empty."""

    action_name = "action_ask_stay_form_country"

    def answer(self, heard: Heard) -> Answered:
        """See `ask_stay_country`."""
        return ask_stay_country(self._ground, heard)


def ask_stay_country(ground: Ground, heard: Heard) -> Answered:
    """Countries as buttons; any other may be tapped or written."""
    buttons = place_choices(ground, heard, "country", ground.stays.rules.countries()[:MAX_COUNTRIES])
    return asked(ground, heard, ground.wording.text("ask_stay_country", heard.variant), buttons)


def asked(ground: Ground, heard: Heard, question: str, buttons: tuple[Button, ...]) -> Answered:
    """A question of the form of stay."""
    return form_question(ground, heard, TOPIC, "stay_intro", question, buttons)
