"""Takes a reply to a question of a questionnaire, typed or tapped; leaves everything else to the other rules."""

from dataclasses import dataclass, field

from actions.ground import Ground
from actions.heard import Heard
from actions.places_told import Places, placed_by, told_places, typed_choice, with_places
from actions.questionnaires import ASKED, Remembered
from guidance.questionnaire import ANSWERS, NO, ONE_OF, SKIP, YES, Answers, Item, Questionnaire
from language.variants import language_of

INTENT = "answer_questionnaire"
MAX_WORDS_OF_A_REPLY = 4
MAX_WORDS_NOT_CAUGHT = 3
OTHER = "other"
"""The group of the choice that “don't know” and “none” pick."""
NO_QUESTIONS = frozenset({"nlu_fallback", "inform", "affirm", "deny", "meta.out_of_scope"})
"""Intents of a short message that asks nothing."""


@dataclass(frozen=True)
class Taken:
    """The answers after a reply, and the places it tells to be remembered.

    `is_stop`: the person wants no more; `is_not_caught`: it was a reply, but which?
    """

    answers: Answers
    places: Places = field(default_factory=dict)
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
    if heard.text and (told := _told(questionnaire, answers, asked, heard)):
        return told
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
    if question := questionnaire.question_of(item):
        is_corrected = question.id in answers and item not in answers
        places = placed_by(questionnaire.item(item), question, questionnaire, heard.slots)
        return Taken(questionnaire.with_choice(answers, item), places, is_corrected=is_corrected)
    return Taken({**answers, item: reply}, is_corrected=is_corrected)


def asked_question(questionnaire: Questionnaire, answers: Answers, heard: Heard) -> Item | None:
    """The question that a typed reply answers: the one asked last if it is still open, else the next one."""
    asked = heard.slots.get(ASKED)
    if asked and questionnaire.has(asked) and asked not in answers and questionnaire.item(asked).is_asked:
        return questionnaire.item(asked)
    return questionnaire.next_question(answers)


def _told(questionnaire: Questionnaire, answers: Answers, asked: Item | None, heard: Heard) -> Taken | None:
    """A choice typed as its title or as a country; a country or citizenship told in few words, wherever it is asked."""
    choice = typed_choice(questionnaire, answers, asked, heard) if asked and asked.choices else None
    if asked and choice:
        return Taken(
            questionnaire.with_choice(answers, choice.id), placed_by(choice, asked, questionnaire, heard.slots)
        )
    if places := told_places(questionnaire, heard):
        now = with_places(questionnaire, answers, places)
        return Taken(now, places, is_corrected=any(name not in now for name in questionnaire.settled(answers)))
    return None


def _typed(ground: Ground, questionnaire: Questionnaire, answers: Answers, asked: Item, heard: Heard) -> Taken | None:
    reply = ground.replies.read(heard.text, language_of(heard.variant)[0]) or _by_intent(heard)
    if reply == "stop":
        return Taken(answers, is_stop=True)
    if reply == "back":
        return _back(questionnaire, answers)
    if reply in ("correct_yes", "correct_no"):
        return _corrected(questionnaire, answers, YES if reply == "correct_yes" else NO)
    if asked.choices:
        return _not_of_the_choices(questionnaire, answers, asked, heard, reply)
    if reply in ANSWERS:
        is_open = asked.kind == "text" and reply == YES
        return Taken(answers, is_not_caught=True) if is_open else Taken({**answers, asked.id: reply})
    return Taken(answers, is_not_caught=True) if _is_stammered(heard) else None


def _by_intent(heard: Heard) -> str | None:
    """A short yes or no in words that are in no list."""
    is_short = len(heard.text.split()) <= MAX_WORDS_OF_A_REPLY and "?" not in heard.text
    return {"affirm": YES, "deny": NO}.get(heard.intent) if is_short else None


def _back(questionnaire: Questionnaire, answers: Answers) -> Taken:
    """Without the last answer; a place that it told is forgotten, or it would answer its question again."""
    last = questionnaire.last_answered(answers)
    place = questionnaire.item(last).place if last else ""
    return Taken(questionnaire.without_last(answers), {place: None} if place else {}, is_corrected=True)


def _corrected(questionnaire: Questionnaire, answers: Answers, reply: str) -> Taken:
    last = questionnaire.last_answered(answers)
    if last is None:
        return Taken(answers, is_not_caught=True)
    if questionnaire.item(last).choices:
        return _back(questionnaire, answers)
    return Taken({**answers, last: reply}, is_corrected=True)


def _not_of_the_choices(
    questionnaire: Questionnaire, answers: Answers, asked: Item, heard: Heard, reply: str | None
) -> Taken | None:
    """“No”, “skip” and the like end the choosing of several; of one, they pick the one for all others."""
    if reply in (NO, SKIP):
        if asked.kind != ONE_OF:
            return Taken({**answers, asked.id: reply})
        other = next((each for each in questionnaire.choices(asked, answers) if each.group == OTHER), None)
        return Taken(questionnaire.with_choice(answers, other.id)) if other else Taken(answers, is_not_caught=True)
    return Taken(answers, is_not_caught=True) if reply == YES or _is_stammered(heard) else None


def _is_stammered(heard: Heard) -> bool:
    """Too short to be a question, and not understood."""
    return heard.intent in NO_QUESTIONS and len(heard.text.split()) <= MAX_WORDS_NOT_CAUGHT
