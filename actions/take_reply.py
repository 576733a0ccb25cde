"""Takes a reply to a question of a questionnaire, typed or tapped; leaves everything else to the other rules."""

from collections.abc import Mapping
from dataclasses import dataclass

from actions.ground import Ground
from actions.heard import Heard
from actions.questionnaires import ASKED, Remembered
from guidance.questionnaire import ANSWERS, NO, SKIP, YES, Answers, Item, Questionnaire
from language.folding import skeleton
from language.variants import language_of

INTENT = "answer_questionnaire"
MAX_WORDS_OF_A_REPLY = 4
MAX_WORDS_NOT_CAUGHT = 3
NO_QUESTIONS = frozenset({"nlu_fallback", "inform", "affirm", "deny", "meta.out_of_scope"})
"""Intents of a short message that asks nothing."""


@dataclass(frozen=True)
class Taken:
    """The answers after a reply. `is_stop`: the person wants no more; `is_not_caught`: it was a reply, but which?"""

    answers: Answers
    is_stop: bool = False
    is_not_caught: bool = False
    is_corrected: bool = False


def take_reply(ground: Ground, heard: Heard, tool: str) -> Taken | None:
    """What the message means for the open questionnaire; None when it is something else and is answered as such."""
    answers = Remembered.of(heard, tool).answers
    questionnaire = ground.questionnaires[tool]
    if heard.intent == INTENT and not heard.text:
        return tapped(questionnaire, answers, heard) if heard.value("questionnaire") == tool else None
    asked = asked_question(questionnaire, answers, heard)
    if not heard.text or asked is None:
        return None
    if asked.kind == "text" and ground.job_offer.is_advert(heard.text, language_of(heard.variant)[0]):
        return Taken({**answers, **ground.job_offer.find_in(heard.text, language_of(heard.variant)[0])})
    return _typed(ground, questionnaire, answers, asked, heard)


def tapped(questionnaire: Questionnaire, answers: Answers, heard: Heard) -> Taken:
    """A button: the answer to the question asked now, a choice, or another answer to an earlier question."""
    item, reply = heard.value("item") or "", heard.value("reply")
    if not questionnaire.has(item) or reply not in ANSWERS:
        return Taken(answers, is_not_caught=True)
    is_corrected = item in answers and answers[item] != reply
    return Taken({**answers, item: reply}, is_corrected=is_corrected)


def asked_question(questionnaire: Questionnaire, answers: Answers, heard: Heard) -> Item | None:
    """The question that a typed reply answers: the one asked last if it is still open, else the next one."""
    asked = heard.slots.get(ASKED)
    if asked and questionnaire.has(asked) and asked not in answers and questionnaire.item(asked).is_asked:
        return questionnaire.item(asked)
    return questionnaire.next_question(answers)


def _typed(ground: Ground, questionnaire: Questionnaire, answers: Answers, asked: Item, heard: Heard) -> Taken | None:
    reply = ground.replies.read(heard.text, language_of(heard.variant)[0]) or _by_intent(heard)
    if reply == "stop":
        return Taken(answers, is_stop=True)
    if reply == "back":
        return Taken(questionnaire.without_last(answers), is_corrected=True)
    if reply in ("correct_yes", "correct_no"):
        return _corrected(questionnaire, answers, YES if reply == "correct_yes" else NO)
    if asked.kind == "choices":
        return _chosen(questionnaire, answers, asked, heard, reply)
    if reply in ANSWERS:
        is_open = asked.kind == "text" and reply == YES
        return Taken(answers, is_not_caught=True) if is_open else Taken({**answers, asked.id: reply})
    return Taken(answers, is_not_caught=True) if _is_stammered(heard) else None


def _by_intent(heard: Heard) -> str | None:
    """A short yes or no in words that are in no list."""
    is_short = len(heard.text.split()) <= MAX_WORDS_OF_A_REPLY and "?" not in heard.text
    return {"affirm": YES, "deny": NO}.get(heard.intent) if is_short else None


def _corrected(questionnaire: Questionnaire, answers: Answers, reply: str) -> Taken:
    last = questionnaire.last_answered(answers)
    if last is None:
        return Taken(answers, is_not_caught=True)
    return Taken({**answers, last: reply}, is_corrected=True)


def _chosen(
    questionnaire: Questionnaire, answers: Answers, asked: Item, heard: Heard, reply: str | None
) -> Taken | None:
    """Choices are typed as their titles; “no”, “skip” and the like end the choosing."""
    if reply in (NO, SKIP):
        return Taken({**answers, asked.id: reply})
    titles = {skeleton(text): choice for choice in asked.choices for text in _titles(questionnaire, choice).values()}
    found = titles.get(skeleton(heard.text))
    if found:
        return Taken({**answers, found: YES})
    return Taken(answers, is_not_caught=True) if reply == YES or _is_stammered(heard) else None


def _titles(questionnaire: Questionnaire, choice: str) -> Mapping[str, str]:
    return questionnaire.item(choice).title


def _is_stammered(heard: Heard) -> bool:
    """Too short to be a question, and not understood."""
    return heard.intent in NO_QUESTIONS and len(heard.text.split()) <= MAX_WORDS_NOT_CAUGHT
