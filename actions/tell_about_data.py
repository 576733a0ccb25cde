"""Explains what is stored, erases it after a confirmation, and offers the quick exit."""

from dataclasses import replace

from actions.buttons import button, menu_button, payload
from actions.ground import Ground
from actions.heard import Answered, Button, Heard
from actions.questionnaires import STEP_AT, end_slot
from actions.tools import TOOLS
from actions.turn import DialogueAction

FORGOTTEN = {
    name: None
    for name in (
        *("country", "citizenship", "entered_on", "deadline_for", "question", "entry", "pending", "failures"),
        "remind_of",
        *("asked_question", STEP_AT, *TOOLS, *map(end_slot, TOOLS)),
    )
}


class TellAboutData(DialogueAction):
    """A question or a wish about one's own data."""

    action_name = "action_tell_about_data"

    def answer(self, heard: Heard) -> Answered:
        """See `tell_about_data`."""
        return tell_about_data(self._ground, heard)


def tell_about_data(ground: Ground, heard: Heard) -> Answered:
    """First what is stored, then "really?", then the erasure: never in one step."""
    step = heard.value("step")
    if step == "confirmed":
        return erase(ground, heard)
    if step == "erase":
        return _confirm(ground, heard)
    first = button(ground, heard.variant, "button_erase", payload("meta.my_data", step="erase"))
    return _said(ground, heard, "my_data", (first, _quick_exit(ground, heard), menu_button(ground, heard.variant)))


def erase(ground: Ground, heard: Heard) -> Answered:
    """The person has confirmed: forget everything here, and have the gateway erase the rest."""
    answered = _said(ground, heard, "erased", ())
    return replace(answered, slots=dict(FORGOTTEN), is_end_of_form=True, commands=({"command": "erase"},))


def _confirm(ground: Ground, heard: Heard) -> Answered:
    yes = button(ground, heard.variant, "button_erase_confirmed", payload("meta.my_data", step="confirmed"))
    no = button(ground, heard.variant, "button_keep", "/deny")
    answered = _said(ground, heard, "confirm_erase", (yes, no))
    return replace(answered, slots={"pending": "erase"})


def _quick_exit(ground: Ground, heard: Heard) -> Button:
    return button(ground, heard.variant, "button_quick_exit", "quick_exit")


def _said(ground: Ground, heard: Heard, key: str, buttons: tuple[Button, ...]) -> Answered:
    return Answered(
        text=ground.wording.text(key, heard.variant),
        buttons=buttons,
        topic="meta.my_data",
        topics=("meta.my_data",),
        confidence=heard.confidence,
        slots={"pending": None},
    )
