"""Tells whom one can turn to: emergency numbers, or the verified contacts of one kind, each with page and source."""

from actions.buttons import button, human_button, menu_button, payload, unique
from actions.contact_lines import contact_entry
from actions.emergency_line import emergency_line
from actions.ground import Ground
from actions.heard import Answered, Button, Heard
from actions.questionnaires import STOPPED, Remembered, end_slot, forgotten
from actions.stop_questionnaire import stop_questionnaire
from actions.tools import CONTACTS, start_of
from actions.turn import DialogueAction
from guidance.contact_search import CONSULATE, EMERGENCY
from guidance.questionnaire import Answers

TOPICS = {EMERGENCY: "contacts.emergency_numbers", CONSULATE: "contacts.consulate"}
TOPIC = "contacts.ngo"


class TellContacts(DialogueAction):
    """All questions are answered, or the person has stopped."""

    action_name = "action_tell_contacts_result"

    def answer(self, heard: Heard) -> Answered:
        """See `tell_contacts`."""
        return tell_contacts(self._ground, heard)


def tell_contacts(ground: Ground, heard: Heard) -> Answered:
    """The contacts; nothing of the answers is kept but country and citizenship."""
    if heard.slots.get(end_slot(CONTACTS)) == STOPPED:
        return stop_questionnaire(ground, heard, CONTACTS)
    answers = Remembered.of(heard, CONTACTS).answers
    topic = TOPICS.get(ground.contacts.need(answers) or "", TOPIC)
    if ground.contacts.fears_state(answers):
        topic = TOPIC
    return Answered(
        text="\n\n".join(_paragraphs(ground, heard, answers)),
        buttons=_buttons(ground, heard, answers),
        topic=topic,
        topics=(topic,),
        confidence=heard.confidence,
        slots={**forgotten(CONTACTS), "pending": "human"},
    )


def _paragraphs(ground: Ground, heard: Heard, answers: Answers) -> list[str]:
    say, variant = ground.wording.text, heard.variant
    if ground.contacts.need(answers) == EMERGENCY:
        return [say("contacts_emergency", variant, number=emergency_line(ground, heard)), *_numbers(ground, heard)]
    found = [contact_entry(ground, variant, each) for each in ground.contacts.find(answers)]
    fear = [say("contacts_fear", variant)] if ground.contacts.fears_state(answers) else []
    if not found:
        return [*fear, say(_none(ground, answers), variant), say("offer_human_now", variant)]
    checked = say("contacts_check", variant)
    return [*fear, say("contacts_found", variant), *found, checked, say("offer_human_now", variant)]


def _none(ground: Ground, answers: Answers) -> str:
    """Nothing verified; of a consulate the official page of the own foreign ministry, unless one is in fear."""
    is_consulate = ground.contacts.need(answers) == CONSULATE and not ground.contacts.fears_state(answers)
    return "contacts_consulate_none" if is_consulate else "contacts_none"


def _numbers(ground: Ground, heard: Heard) -> list[str]:
    """The other numbers of the country that have a source: police, ambulance, fire."""
    found = ground.numbers.for_country(heard.slots.get("country"))
    kinds = [(kind, number) for kind, number in found.numbers.items() if kind != "all"] if found else []
    lines = (ground.wording.text(f"contacts_{kind}", heard.variant, number=number) for kind, number in kinds)
    return ["\n".join(lines)] if kinds else []


def _buttons(ground: Ground, heard: Heard, answers: Answers) -> tuple[Button, ...]:
    variant, again = heard.variant, button(ground, heard.variant, "button_other_contact", start_of(CONTACTS))
    in_fear = ground.contacts.fears_state(answers)
    asylum = button(ground, variant, "button_asylum", payload("safety", step="can_write", path="asylum"))
    return unique((human_button(ground, variant), *((asylum,) if in_fear else ()), again, menu_button(ground, variant)))
