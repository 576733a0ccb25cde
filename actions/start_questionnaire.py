"""Begins a questionnaire, or offers to go on where it was left: today, days later, after a restart."""

from collections.abc import Callable
from dataclasses import replace

from actions.buttons import button, menu_button, payload
from actions.ground import Ground
from actions.heard import Answered, Button, Heard
from actions.questionnaires import Remembered, forgotten, form_of
from actions.tools import STEPS, TOOLS
from actions.turn import DialogueAction

CONTINUE_INTENT = "continue_questionnaire"
RESUME = "resume:"
"""Prefix of the pending question whether to go on with a questionnaire."""


class StartQuestionnaire(DialogueAction):
    """The button of a tool."""

    def __init__(self, ground: Ground, tool: str) -> None:
        super().__init__(ground)
        self._tool = tool
        self.action_name = f"action_start_{tool}"

    def answer(self, heard: Heard) -> Answered:
        """See `start`."""
        return start(self._ground, heard, self._tool)


def starters(ground: Ground) -> tuple[StartQuestionnaire, ...]:
    """One for each questionnaire."""
    return tuple(StartQuestionnaire(ground, tool) for tool in TOOLS)


def start(ground: Ground, heard: Heard, tool: str) -> Answered:
    """Its first question; where answers are kept, first whether to go on with them.

    A button may answer the first question already, as that of one step list does; another list begins anew.
    """
    questionnaire, chosen = ground.questionnaires[tool], heard.value("item") or ""
    answers = Remembered.of(heard, tool).answers
    if not questionnaire.question_of(chosen) or chosen in answers:
        if answers and heard.form != form_of(tool):
            return offer_to_resume(ground, heard, tool)
        return begin(heard, tool, is_new=heard.form != form_of(tool))
    answered = begin(heard, tool, is_new=True)
    kept = Remembered(questionnaire.with_choice({}, chosen)).slots(tool)
    return replace(answered, slots={**answered.slots, **kept})


def begin(heard: Heard, tool: str, *, is_new: bool) -> Answered:
    """Open the form; a new one begins with nothing remembered. Any other form is left."""
    slots = forgotten(tool) if is_new else {}
    return Answered(
        text="",
        topic="meta.menu",
        slots={**slots, "pending": None},
        next_action=form_of(tool),
        is_end_of_form=heard.form not in (None, form_of(tool)),
    )


def offer_to_resume(ground: Ground, heard: Heard, tool: str) -> Answered:
    """Go on, begin anew, or forget: said without a word on what it was about, for others may read along."""
    return Answered(
        text=ground.wording.text("resume_offer_steps" if tool == STEPS else "resume_offer", heard.variant),
        buttons=resume_buttons(ground, heard.variant, tool),
        topic="meta.menu",
        topics=("meta.menu",),
        confidence=heard.confidence,
        slots={"pending": f"{RESUME}{tool}"},
    )


def resume_buttons(ground: Ground, variant: str, tool: str) -> tuple[Button, ...]:
    """Go on, begin anew, forget."""
    steps = (("button_resume", "go_on"), ("button_restart", "restart"), ("button_forget", "forget"))
    return tuple(
        button(ground, variant, key, payload(CONTINUE_INTENT, questionnaire=tool, step=step)) for key, step in steps
    )


def left_open(heard: Heard) -> str | None:
    """The questionnaire that was left in the middle, whenever that was; None when there is none."""
    return next((tool for tool in TOOLS if Remembered.of(heard, tool).answers), None)


def forget(ground: Ground, heard: Heard, tool: str) -> Answered:
    """The answers are gone."""
    return Answered(
        text=ground.wording.text("answers_forgotten", heard.variant),
        buttons=(menu_button(ground, heard.variant),),
        topic="meta.my_data",
        topics=("meta.my_data",),
        confidence=heard.confidence,
        slots={**forgotten(tool), "pending": None},
        is_end_of_form=heard.form == form_of(tool),
    )


def opening(tool: str) -> Callable[[Ground, Heard], Answered]:
    """The first message of a questionnaire as one function, for answering without a dialogue."""
    from actions.ask_questionnaire import ask

    return lambda ground, heard: ask(ground, heard, tool)
