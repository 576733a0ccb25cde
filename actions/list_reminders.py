"""Lists the reminders of this person, each with a button that stops it."""

from actions.buttons import button, menu_button, payload
from actions.ground import Ground
from actions.heard import Answered, Button, Heard
from actions.set_reminder import name_of, offer_forms, said
from actions.shown_date import shown_date
from actions.turn import DialogueAction


class ListReminders(DialogueAction):
    """ "My reminders"."""

    action_name = "action_list_reminders"

    def answer(self, heard: Heard) -> Answered:
        """See `list_reminders`."""
        return list_reminders(self._ground, heard)


def list_reminders(ground: Ground, heard: Heard) -> Answered:
    """What one will be reminded of; where there is nothing, the ways to a date."""
    if not heard.reminders:
        return offer_forms(ground, heard, "no_reminders")
    variant = heard.variant
    lines = [f"• {name_of(ground, variant, kind)}: {shown_date(day, variant)}" for kind, day in heard.reminders.items()]
    text = "\n".join([ground.wording.text("my_reminders", variant), *lines])
    return said(heard, text, (*_stops(ground, heard), menu_button(ground, variant)))


def _stops(ground: Ground, heard: Heard) -> tuple[Button, ...]:
    each = tuple(
        button(ground, heard.variant, f"button_stop_{kind}", payload("stop_reminders", reminder=kind))
        for kind in heard.reminders
    )
    everything = (button(ground, heard.variant, "button_stop_reminders", "/stop_reminders"),)
    return each + everything if len(each) > 1 else each
