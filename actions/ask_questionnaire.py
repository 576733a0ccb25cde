"""Asks the next question of a questionnaire: yes, no, skip; or the choices that are still open."""

from actions.buttons import button, payload, stop_button
from actions.ground import Ground
from actions.heard import Answered, Button, Heard
from actions.questionnaires import ASKED, Remembered, end_slot, form_of
from actions.take_reply import INTENT
from actions.tools import TOOLS
from actions.turn import DialogueAction
from guidance.questionnaire import NO, ONE_OF, SKIP, YES, Answers, Item


class AskQuestionnaire(DialogueAction):
    """Called by the form as long as its questionnaire is open."""

    def __init__(self, ground: Ground, tool: str) -> None:
        super().__init__(ground)
        self._tool = tool
        self.action_name = f"action_ask_{form_of(tool)}_{end_slot(tool)}"

    def answer(self, heard: Heard) -> Answered:
        """See `ask`."""
        return ask(self._ground, heard, self._tool)


def askers(ground: Ground) -> tuple[AskQuestionnaire, ...]:
    """One for each questionnaire."""
    return tuple(AskQuestionnaire(ground, tool) for tool in TOOLS)


def ask(ground: Ground, heard: Heard, tool: str) -> Answered:
    """The next question; how to stop and to go back stands in the first one and in “not caught”."""
    answers = Remembered.of(heard, tool).answers
    question = ground.questionnaires[tool].next_question(answers)
    if question is None:
        raise ValueError(f"{tool}: asked although nothing is open")
    return Answered(
        text=_text(ground, heard, question, answers),
        buttons=_buttons(ground, heard, tool, question, answers),
        topic="meta.menu",
        topics=("meta.menu",),
        confidence=heard.confidence,
        slots={ASKED: question.id},
    )


def reply_button(ground: Ground, variant: str, key: str, tool: str, item: str, reply: str) -> Button:
    """A button that answers one question of one questionnaire, also when it is pressed later."""
    return button(ground, variant, key, _payload(tool, item, reply))


def _text(ground: Ground, heard: Heard, question: Item, answers: Answers) -> str:
    if question.kind == "choices" and any(choice in answers for choice in question.choices):
        return ground.wording.text("choices_anything_else", heard.variant)
    return question.ask[heard.variant]


def _buttons(ground: Ground, heard: Heard, tool: str, question: Item, answers: Answers) -> tuple[Button, ...]:
    variant = heard.variant
    if question.kind == "text":
        no_text = reply_button(ground, variant, "button_ask_me", tool, question.id, NO)
        return no_text, stop_button(ground, variant)
    if question.kind == ONE_OF:
        offered = ground.questionnaires[tool].choices(question, answers)
        return (*(_choice(heard, tool, each) for each in offered), stop_button(ground, variant))
    if question.kind == "choices":
        return (*_choices(ground, heard, tool, question, answers), stop_button(ground, variant))
    replies = (("button_yes", YES), ("button_no", NO), ("button_skip", SKIP))
    buttons = tuple(reply_button(ground, variant, key, tool, question.id, reply) for key, reply in replies)
    return (*buttons, stop_button(ground, variant)) if _is_elsewhere(heard, tool) else buttons


def _is_elsewhere(heard: Heard, tool: str) -> bool:
    """Whether one has just looked at something else, such as the menu: then the question offers a way out.

    Else it does not: WhatsApp shows three buttons under a message, and hides more behind a list.
    """
    return not heard.text and heard.intent not in (INTENT, f"start_{tool}", "continue_questionnaire")


def _choices(ground: Ground, heard: Heard, tool: str, question: Item, answers: Answers) -> tuple[Button, ...]:
    questionnaire = ground.questionnaires[tool]
    open_choices = [questionnaire.item(choice) for choice in question.choices if choice not in answers]
    key, reply = ("button_none_of_these", NO) if len(open_choices) == len(question.choices) else ("button_go_on", YES)
    choices = tuple(_choice(heard, tool, each) for each in open_choices)
    return (*choices, reply_button(ground, heard.variant, key, tool, question.id, reply))


def _choice(heard: Heard, tool: str, choice: Item) -> Button:
    return Button(choice.title[heard.variant], _payload(tool, choice.id, YES))


def _payload(tool: str, item: str, reply: str) -> str:
    return payload(INTENT, questionnaire=tool, item=item, reply=reply)
