"""Stops reminders: of one kind by its button, or all."""

from actions.buttons import button, menu_button
from actions.ground import Ground
from actions.heard import Answered, Heard
from actions.set_reminder import name_of, said
from actions.turn import DialogueAction
from conversations.reminder_days import KINDS


class StopReminders(DialogueAction):
    """A button under a reminder, "no more reminders", or "stop" where no form is open."""

    action_name = "action_stop_reminders"

    def answer(self, heard: Heard) -> Answered:
        """See `stop_reminders`."""
        return stop_reminders(self._ground, heard)


def stop_reminders(ground: Ground, heard: Heard) -> Answered:
    """Say so, and have the gateway forget the date; without a kind, all dates."""
    kind = heard.value("reminder") if heard.value("reminder") in KINDS else None
    if kind:
        text = ground.wording.text("reminder_stopped", heard.variant, what=name_of(ground, heard.variant, kind))
    else:
        text = ground.wording.text("reminders_stopped", heard.variant)
    left = {name for name in heard.reminders if kind and name != kind}
    more = (button(ground, heard.variant, "button_my_reminders", "/list_reminders"),) if left else ()
    command = {"command": "stop_reminders", "reminder": kind}
    return said(heard, text, (*more, menu_button(ground, heard.variant)), command)
