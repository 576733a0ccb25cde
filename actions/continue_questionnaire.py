"""Goes on with a questionnaire that was left, begins it anew, or forgets it; takes buttons of one that is not open."""

from dataclasses import replace

from actions.ground import Ground
from actions.heard import Answered, Heard
from actions.questionnaires import Remembered, form_of
from actions.show_menu import show_menu
from actions.start_questionnaire import begin, forget
from actions.take_reply import tapped
from actions.tools import STEPS, TOOLS
from actions.turn import DialogueAction


class ContinueQuestionnaire(DialogueAction):
    """A button under “go on where we stopped?”."""

    action_name = "action_continue_questionnaire"

    def answer(self, heard: Heard) -> Answered:
        """See `continue_questionnaire`."""
        return continue_questionnaire(self._ground, heard)


class AnswerQuestionnaire(DialogueAction):
    """A yes, no or skip that was pressed while its form is not open: it was left, or the result is there already."""

    action_name = "action_answer_questionnaire"

    def answer(self, heard: Heard) -> Answered:
        """See `answer_questionnaire`."""
        return answer_questionnaire(self._ground, heard)


def continue_questionnaire(ground: Ground, heard: Heard) -> Answered:
    """Do what the button names; an unknown one shows the menu."""
    tool = heard.value("questionnaire")
    if tool not in TOOLS:
        return show_menu(ground, heard)
    if heard.value("step") == "forget":
        return forget(ground, heard, tool)
    if heard.value("step") == "restart" and tool == STEPS:
        return change_answers(ground, heard)
    return begin(heard, tool, is_new=heard.value("step") == "restart")


def change_answers(ground: Ground, heard: Heard) -> Answered:
    """The same step list from its first question, country and citizenship too."""
    chosen = ground.step_lists.list_of(Remembered.of(heard, STEPS).answers)
    answered = begin(heard, STEPS, is_new=True)
    kept = Remembered(ground.step_lists.questionnaire.with_choice({}, chosen)).slots(STEPS) if chosen else {}
    return replace(answered, slots={**answered.slots, **kept, "country": None, "citizenship": None})


def answer_questionnaire(ground: Ground, heard: Heard) -> Answered:
    """Where answers are kept, take the button as one more and go on; else it is too late, and nothing is kept."""
    tool = heard.value("questionnaire")
    if tool not in TOOLS:
        return show_menu(ground, heard)
    remembered = Remembered.of(heard, tool)
    if not remembered.answers and heard.form != form_of(tool):
        gone = ground.wording.text("questionnaire_gone", heard.variant)
        return replace(show_menu(ground, heard), text=gone)
    taken = tapped(ground.questionnaires[tool], remembered.answers, heard)
    answered = begin(heard, tool, is_new=False)
    return replace(answered, slots={**answered.slots, **remembered.answered(taken.answers).slots(tool)})
