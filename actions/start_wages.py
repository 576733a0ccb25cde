"""Unpaid wages: the way to the checklist, to the roads of complaint and to the text; danger comes first."""

from dataclasses import replace

from actions.ask_complaint import TOPIC
from actions.buttons import button, human_button, menu_button, payload
from actions.complaint_taps import tapped
from actions.complaint_telling import END, EVIDENCE, FORM, SLOT, told_of
from actions.ground import Ground
from actions.heard import Answered, Heard
from actions.show_menu import show_menu
from actions.tell_complaint import START, forget_complaint
from actions.tell_where_to_complain import tell_where_to_complain
from actions.tick_evidence import tick_evidence
from actions.tools import SCREENING
from actions.turn import DialogueAction


class StartWages(DialogueAction):
    """A button of this tool, wherever the dialogue stands, today or days later."""

    action_name = "action_start_wages"

    def answer(self, heard: Heard) -> Answered:
        """See `start_wages`."""
        return start_wages(self._ground, heard)


class AnswerComplaint(DialogueAction):
    """A button of the complaint that was pressed while its form is not open."""

    action_name = "action_answer_complaint"

    def answer(self, heard: Heard) -> Answered:
        """See `answer_complaint`."""
        return answer_complaint(self._ground, heard)


def start_wages(ground: Ground, heard: Heard) -> Answered:
    """Do what the button names; without a step show the three ways."""
    step = heard.value("step")
    if step in ("evidence", "tick"):
        return tick_evidence(ground, heard)
    if step == "where":
        return tell_where_to_complain(ground, heard)
    if step == "complaint":
        return _begin(ground, heard)
    if step == "forget":
        return forget_complaint(ground, heard)
    return _three_ways(ground, heard)


def answer_complaint(ground: Ground, heard: Heard) -> Answered:
    """Where answers are kept, take the button as one more and go on; else it is too late, and nothing is kept."""
    told = told_of(heard)
    if not told:
        return replace(show_menu(ground, heard), text=ground.wording.text("questionnaire_gone", heard.variant))
    found = tapped(ground, told, heard.value("item") or "", heard.value("reply") or "")
    answered = open_complaint(heard)
    if found is None or found.end:
        return answered
    return replace(answered, slots={**answered.slots, SLOT: found.told})


def open_complaint(heard: Heard) -> Answered:
    """The form, where it was left; any other form is left."""
    return Answered(
        text="",
        topic=TOPIC,
        slots={"pending": None, END: None},
        next_action=FORM,
        is_end_of_form=heard.form not in (None, FORM),
    )


def _begin(ground: Ground, heard: Heard) -> Answered:
    """Go on with what is told, or begin with the country that the button names."""
    country, answered = heard.value("country"), open_complaint(heard)
    if told_of(heard) or country not in ground.complaints.countries():
        return answered
    return replace(answered, slots={**answered.slots, SLOT: {"country": country}})


def _three_ways(ground: Ground, heard: Heard) -> Answered:
    variant, has_begun = heard.variant, bool(told_of(heard) or heard.slots.get(EVIDENCE))
    complaint = "button_go_on_complaint" if told_of(heard) else "button_write_complaint"
    buttons = [
        button(ground, variant, "button_evidence", payload(START, step="evidence")),
        button(ground, variant, "button_where_to_complain", payload(START, step="where")),
        button(ground, variant, complaint, payload(START, step="complaint")),
        button(ground, variant, f"button_start_{SCREENING}", payload(f"start_{SCREENING}")),
        human_button(ground, variant),
        menu_button(ground, variant),
    ]
    if has_begun:
        buttons.insert(-1, button(ground, variant, "button_forget", payload(START, step="forget")))
    return Answered(
        text=ground.wording.text("wages_ways", variant),
        buttons=tuple(buttons),
        topic=TOPIC,
        topics=(TOPIC,),
        confidence=heard.confidence,
        slots={"pending": None},
    )
