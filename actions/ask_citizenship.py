"""Asks for the citizenship: it decides how many days there are."""

from actions.ask_country import TOPIC, introduced
from actions.buttons import stop_button
from actions.ground import Ground
from actions.heard import Answered, Button, Heard
from actions.more_choices import place_choices
from actions.turn import DialogueAction

OFFERED_CITIZENSHIPS = ("UZ", "TJ", "KG", "KZ")


class AskCitizenship(DialogueAction):
    """Called by the form while `citizenship` is empty."""

    action_name = "action_ask_registration_form_citizenship"

    def answer(self, heard: Heard) -> Answered:
        """See `ask_citizenship`."""
        return ask_citizenship(self._ground, heard)


def ask_citizenship(ground: Ground, heard: Heard) -> Answered:
    """Citizenships as buttons, without the country where one is; any other may be tapped or written."""
    return Answered(
        text=introduced(ground, heard, ground.wording.text("ask_citizenship", heard.variant)),
        buttons=(*citizenship_buttons(ground, heard), stop_button(ground, heard.variant)),
        topic=TOPIC,
        topics=tuple(dict.fromkeys((TOPIC, *heard.topic_ranking)))[:3],
        confidence=heard.confidence,
    )


def citizenship_buttons(ground: Ground, heard: Heard) -> tuple[Button, ...]:
    """The citizenships that come most, without the country where one is, and a way to all the others."""
    offered = tuple(code for code in OFFERED_CITIZENSHIPS if code != heard.slots.get("country"))
    return place_choices(ground, heard, "citizenship", offered)
