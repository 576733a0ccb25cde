"""Asks for the date of entry, shows for whom it counts, and asks which day an ambiguous date means."""

from datetime import date

from actions.ask_country import TOPIC, introduced
from actions.buttons import button, payload, stop_button
from actions.ground import Ground
from actions.heard import Answered, Button, Heard
from actions.pick_date import day_buttons, day_question, is_picking
from actions.shown_date import shown_date
from actions.turn import DialogueAction

WHICH_DATE = "which_date:"
"""Prefix of the pending question that names the readings of an ambiguous date."""


class AskEnteredOn(DialogueAction):
    """Called by the form while `entered_on` is empty."""

    action_name = "action_ask_registration_form_entered_on"

    def answer(self, heard: Heard) -> Answered:
        """See `ask_entered_on`."""
        return ask_entered_on(self._ground, heard)


def ask_entered_on(ground: Ground, heard: Heard) -> Answered:
    """The question with "for: Russia, Tajikistan" and a way to change that."""
    variant = heard.variant
    pending = heard.slots.get("pending") or ""
    if pending.startswith(WHICH_DATE) and not is_picking(heard):
        question, buttons = which_date(ground, heard, pending)
    else:
        entered_on = day_question(ground, heard, ground.wording.text("ask_entered_on", variant))
        question = f"{for_whom(ground, heard)}\n\n{entered_on}"
        buttons = day_buttons(ground, heard)
    change = button(ground, variant, "button_change", payload("inform", change="details"))
    return Answered(
        text=introduced(ground, heard, question),
        buttons=(*buttons, change, stop_button(ground, variant)),
        topic=TOPIC,
        topics=tuple(dict.fromkeys((TOPIC, *heard.topic_ranking)))[:3],
        confidence=heard.confidence,
    )


def for_whom(ground: Ground, heard: Heard) -> str:
    """The country and citizenship that the calculation stands on, by their names."""
    return ground.wording.text(
        "for_whom",
        heard.variant,
        country=ground.places.country_name(heard.slots["country"], heard.variant),
        citizenship=ground.places.country_name(heard.slots["citizenship"], heard.variant),
    )


def which_date(ground: Ground, heard: Heard, pending: str) -> tuple[str, tuple[Button, ...]]:
    """Which reading of an ambiguous date is meant, one button for each; `pending` begins with `WHICH_DATE`."""
    days = [date.fromisoformat(day) for day in pending.removeprefix(WHICH_DATE).split("|")]
    buttons = tuple(Button(shown_date(day, heard.variant), payload("inform", date=day.isoformat())) for day in days)
    return ground.wording.text("which_date", heard.variant), buttons
