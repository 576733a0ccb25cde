"""Takes a bare "yes" as the answer to what was offered or asked last."""

from dataclasses import replace

from actions.answer_question import answer_question
from actions.ground import Ground
from actions.heard import Answered, Heard
from actions.helped import helped
from actions.open_handover import open_handover
from actions.share_note import PENDING, pass_on
from actions.show_menu import show_menu
from actions.show_step import next_step
from actions.start_questionnaire import RESUME, begin, forget, left_open, offer_to_resume
from actions.stop_questionnaire import FORGET
from actions.tell_about_data import erase
from actions.tell_steps import PENDING as STEPS_PENDING
from actions.transfer_telling import TOPIC as TRANSFER_TOPIC
from actions.turn import DialogueAction


class Affirm(DialogueAction):
    """Yes."""

    action_name = "action_affirm"

    def answer(self, heard: Heard) -> Answered:
        """See `affirm`."""
        return affirm(self._ground, heard)


def affirm(ground: Ground, heard: Heard) -> Answered:
    """Do what was pending; with nothing pending, show what one can ask."""
    pending = heard.slots.get("pending")
    if pending == "human":
        return open_handover(ground, heard)
    if pending == "erase":
        return erase(ground, heard)
    if pending == "feedback":
        return helped(ground, heard)
    if pending == "registration":
        return Answered(text="", topic="registration.arrival", slots={"pending": None}, next_action="registration_form")
    if pending == PENDING:
        return pass_on(ground, heard)
    if pending and pending.startswith(RESUME):
        return begin(heard, pending.removeprefix(RESUME), is_new=False)
    if pending and pending.startswith(FORGET):
        return forget(ground, heard, pending.removeprefix(FORGET))
    if pending == "stay":
        return Answered(text="", topic="registration.stay_limits", slots={"pending": None}, next_action="stay_form")
    if pending == "permit":
        return Answered(text="", topic="work.permit", slots={"pending": None}, next_action="permit_form")
    if pending == STEPS_PENDING:
        return next_step(ground, heard)
    if pending == "transfer":
        return Answered(text="", topic=TRANSFER_TOPIC, slots={"pending": None}, next_action="transfer_form")
    if pending == "country" and heard.details:
        return answer_question(ground, heard)
    if tool := left_open(heard):
        return offer_to_resume(ground, heard, tool)
    return replace(show_menu(ground, heard), topic="meta.menu")
