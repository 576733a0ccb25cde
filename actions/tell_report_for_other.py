"""Tells what to do for another person in trouble, and what not to do: nothing that could bring harm to them."""

from actions.buttons import button, entry_buttons, human_button, menu_button, unique
from actions.details import known
from actions.emergency_line import emergency_line
from actions.ground import Ground
from actions.heard import Answered, Button, Heard
from actions.questionnaires import STOPPED, Remembered, end_slot, forgotten
from actions.stop_questionnaire import stop_questionnaire
from actions.tools import REPORT_FOR_OTHER
from actions.turn import DialogueAction

TOPIC = "trafficking.report_for_other"
LONE_CHILD = "asylum/lone-child"
MAX_ENTRIES = 3


class TellReportForOther(DialogueAction):
    """All questions are answered, or the person has stopped."""

    action_name = "action_tell_report_for_other_result"

    def answer(self, heard: Heard) -> Answered:
        """See `tell_report_for_other`."""
        return tell_report_for_other(self._ground, heard)


def tell_report_for_other(ground: Ground, heard: Heard) -> Answered:
    """What to do now, how to get in touch, what to leave; a person is offered, and nothing is kept."""
    if heard.slots.get(end_slot(REPORT_FOR_OTHER)) == STOPPED:
        return stop_questionnaire(ground, heard, REPORT_FOR_OTHER)
    answers = Remembered.of(heard, REPORT_FOR_OTHER).answers
    told = {item.id for item in ground.questionnaires[REPORT_FOR_OTHER].told(answers)}
    return Answered(
        text="\n\n".join(_paragraphs(ground, heard, told)),
        buttons=_buttons(ground, heard, "other_child" in told),
        topic=TOPIC,
        topics=(TOPIC,),
        confidence=heard.confidence,
        slots={**forgotten(REPORT_FOR_OTHER), "pending": "human"},
    )


def _paragraphs(ground: Ground, heard: Heard, told: set[str]) -> list[str]:
    keys = ["report_urgent" if "other_now" in told else "report_if_urgent"]
    keys += ["report_child"] if "other_child" in told else []
    keys += ["report_unreachable" if "other_unreachable" in told else "report_reachable", "report_do_not"]
    keys += ["offer_human_now"]
    number = emergency_line(ground, heard)
    return [ground.wording.text(key, heard.variant, number=number) for key in keys]


def _buttons(ground: Ground, heard: Heard, is_child: bool) -> tuple[Button, ...]:
    places = known(heard)
    found = [entry for entry in ground.library.of_topic(TOPIC) if entry.fits(places["country"], places["citizenship"])]
    child = [ground.library.entry(LONE_CHILD)] if is_child and ground.library.has(LONE_CHILD) else []
    numbers = button(ground, heard.variant, "topic.contacts.emergency_numbers", "/contacts.emergency_numbers")
    shown = entry_buttons(heard.variant, [*child, *found][:MAX_ENTRIES])
    return unique((human_button(ground, heard.variant), numbers, *shown, menu_button(ground, heard.variant)))
