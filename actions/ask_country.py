"""Asks in which country the migrant is: the first question of the registration form."""

from actions.buttons import stop_button
from actions.ground import Ground
from actions.heard import Answered, Heard
from actions.more_choices import place_choices
from actions.turn import DialogueAction

TOPIC = "registration.arrival"
MAX_COUNTRIES = 7


class AskCountry(DialogueAction):
    """Called by the form while `country` is empty."""

    action_name = "action_ask_registration_form_country"

    def answer(self, heard: Heard) -> Answered:
        """See `ask_country`."""
        return ask_country(self._ground, heard)


def ask_country(ground: Ground, heard: Heard) -> Answered:
    """Countries as buttons; any other may be tapped or written."""
    buttons = place_choices(ground, heard, "country", ground.registration.countries()[:MAX_COUNTRIES])
    return Answered(
        text=introduced(ground, heard, ground.wording.text("ask_country", heard.variant)),
        buttons=(*buttons, stop_button(ground, heard.variant)),
        topic=TOPIC,
        topics=tuple(dict.fromkeys((TOPIC, *heard.topic_ranking)))[:3],
        confidence=heard.confidence,
    )


def introduced(ground: Ground, heard: Heard, question: str) -> str:
    """The question, with a sentence on what will be counted when it is the first one."""
    if heard.slots.get("requested_slot"):
        return question
    return f"{ground.wording.text('registration_intro', heard.variant)}\n\n{question}"
