"""Shows another step of the list that is open: the next, the first, all of them; or says goodbye to it."""

from dataclasses import replace

from actions.buttons import human_button, menu_button
from actions.ground import Ground
from actions.heard import Answered, Heard
from actions.questionnaires import Remembered, forgotten
from actions.show_menu import show_menu
from actions.start_questionnaire import begin
from actions.tell_steps import ALL, place_of, tell_all, tell_step
from actions.tools import STEPS
from actions.turn import DialogueAction

DONE = "done"


class ShowStep(DialogueAction):
    """A button under a step; also days later."""

    action_name = "action_show_step"

    def answer(self, heard: Heard) -> Answered:
        """See `show_step`."""
        return show_step(self._ground, heard)


def show_step(ground: Ground, heard: Heard) -> Answered:
    """What the button names; where the answers are gone, the menu, and where a question is open, that question."""
    answers, step = Remembered.of(heard, STEPS).answers, heard.value("step") or ""
    if not answers:
        gone = ground.wording.text("questionnaire_gone", heard.variant)
        return replace(show_menu(ground, heard), text=gone)
    if step == DONE:
        return _done(ground, heard)
    if ground.step_lists.questionnaire.next_question(answers):
        return begin(heard, STEPS, is_new=False)
    if step == ALL:
        return tell_all(ground, heard, answers)
    return tell_step(ground, heard, answers, int(step) if step.isdigit() else place_of(heard))


def next_step(ground: Ground, heard: Heard) -> Answered:
    """After a bare "yes" under a step."""
    answers = Remembered.of(heard, STEPS).answers
    if not answers or place_of(heard) >= len(ground.step_lists.steps(answers)):
        return _done(ground, heard)
    return tell_step(ground, heard, answers, place_of(heard) + 1)


def _done(ground: Ground, heard: Heard) -> Answered:
    return Answered(
        text=ground.wording.text("steps_done", heard.variant),
        buttons=(menu_button(ground, heard.variant), human_button(ground, heard.variant)),
        topic="meta.menu",
        topics=("meta.menu",),
        confidence=heard.confidence,
        slots={**forgotten(STEPS), "pending": None},
    )
