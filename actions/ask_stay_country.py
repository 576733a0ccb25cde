"""Asks in which country the days of stay are to be counted: the first question of that form."""

from actions.ask_country import MAX_COUNTRIES
from actions.buttons import place_buttons, stop_button
from actions.ground import Ground
from actions.heard import Answered, Button, Heard
from actions.turn import DialogueAction

TOPIC = "registration.stay_limits"


class AskStayCountry(DialogueAction):
    """Called by the form while `country` is empty."""

    action_name = "action_ask_stay_form_country"

    def answer(self, heard: Heard) -> Answered:
        """See `ask_stay_country`."""
        return ask_stay_country(self._ground, heard)


def ask_stay_country(ground: Ground, heard: Heard) -> Answered:
    """Countries as buttons; any other may be written."""
    buttons = place_buttons(ground, heard.variant, "country", ground.stays.rules.countries()[:MAX_COUNTRIES])
    return asked(ground, heard, ground.wording.text("ask_stay_country", heard.variant), buttons)


def asked(ground: Ground, heard: Heard, question: str, buttons: tuple[Button, ...]) -> Answered:
    """A question of the form with its buttons and a way out; what will be counted stands above the first one."""
    intro = "" if heard.slots.get("requested_slot") else f"{ground.wording.text('stay_intro', heard.variant)}\n\n"
    return Answered(
        text=f"{intro}{question}",
        buttons=(*buttons, stop_button(ground, heard.variant)),
        topic=TOPIC,
        topics=tuple(dict.fromkeys((TOPIC, *heard.topic_ranking)))[:3],
        confidence=heard.confidence,
    )
