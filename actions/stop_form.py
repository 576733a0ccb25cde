"""Leaves the form; what was told so far stays remembered."""

from actions.buttons import human_button, menu_button
from actions.complaint_telling import FORM as COMPLAINT
from actions.ground import Ground
from actions.heard import Answered, Heard
from actions.questionnaires import tool_of
from actions.stop_questionnaire import stop_questionnaire
from actions.stop_reminders import stop_reminders
from actions.tell_complaint import stop_complaint
from actions.trip_telling import NOTHING_TOLD
from actions.turn import DialogueAction


class StopForm(DialogueAction):
    """ "Not now", "stop"."""

    action_name = "action_stop_form"

    def answer(self, heard: Heard) -> Answered:
        """See `stop_form`."""
        return stop_form(self._ground, heard)


def stop_form(ground: Ground, heard: Heard) -> Answered:
    """One can come back at any time; the date of entry is asked anew then. Without a form it stops the reminders."""
    if tool := tool_of(heard.form):
        return stop_questionnaire(ground, heard, tool)
    if heard.reminders and not heard.form:
        return stop_reminders(ground, heard)
    if heard.form == COMPLAINT:
        return stop_complaint(ground, heard)
    return Answered(
        text=ground.wording.text(
            "transfer_stopped" if heard.form == "transfer_form" else "form_stopped", heard.variant
        ),
        buttons=(menu_button(ground, heard.variant), human_button(ground, heard.variant)),
        topic="meta.menu",
        topics=("meta.menu",),
        confidence=heard.confidence,
        is_end_of_form=True,
        slots={"pending": None, "entered_on": None, **NOTHING_TOLD},
    )
