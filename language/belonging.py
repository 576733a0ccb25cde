"""Tells for the name of a place or people whether it is somebody's citizenship or a country of stay."""

from typing import Literal

from language.endings import Ending
from language.mentions import Mention, Sentence

Belonging = Literal["citizenship", "country"]

HOST = "RU"
"""The country where nearly all who write are strangers: only "a citizen of" makes it a citizenship."""
DESTINATIONS = frozenset({HOST, "KR", "TR", "AE"})
"""Where people go to work: who comes from there, or speaks of its people, is seldom one of them."""
SHORT_TEXT_WORDS = 4
ANSWER_WORDS = 3
CORRECTION_WORDS = 6
_PERSON_WORDS, _PAPER_WORDS = frozenset({"citizen"}), frozenset({"citizenship"})
_ME, _COME, _SEND, _RETURN = frozenset({"me"}), frozenset({"come"}), frozenset({"send"}), frozenset({"return"})
_FROM, _IN, _TO = frozenset({"from"}), frozenset({"in"}), frozenset({"to"})
_AM = frozenset({"am"})
_TAJIK_PERSON = ("ӣ", "и", "i")
_LANGUAGE, _OTHERS = frozenset({"language"}), frozenset({"other_person", "become"})
_PASSPORT = frozenset({"passport", "id_card"})
_FROM_ENDINGS = frozenset({Ending.FROM, Ending.FROM_ME})
_IN_ENDINGS = frozenset({Ending.IN, Ending.IN_ME})
_TO_ENDINGS_AFTER_N = ("га", "ға", "го", "ге", "гө", "ga", "ge", "go")
_RUSSIAN_LOCATIVE = ("е", "и", "e", "i")


def belonging_of(mention: Mention, sentence: Sentence) -> Belonging | None:
    """Return what a country, city, people or adjective says; None if nothing of the two."""
    if mention.meaning.kind in ("people", "adjective"):
        return _of_people(mention, sentence)
    return _of_place(mention, sentence)


def _of_place(mention: Mention, sentence: Sentence) -> Belonging | None:
    ending = sentence.ending(mention)
    if _is_called_citizen(mention, sentence):
        return _unless_host(mention, sentence)
    if ending in (Ending.ME, Ending.PERSON) and not sentence.cue_before(mention, _IN, 1):
        if mention.meaning.country in DESTINATIONS:
            return None if ending is Ending.PERSON else "country"
        return "citizenship"
    if sentence.cue_after(mention, _AM, 1) and sentence.last_word(mention).endswith(_TAJIK_PERSON):
        return "citizenship"
    if ending in _FROM_ENDINGS or (
        sentence.cue_before(mention, _FROM, 2) and not sentence.cue_before(mention, _IN | _TO, 1)
    ):
        return _of_origin(mention, sentence, ending)
    if ending in _IN_ENDINGS:
        return "country"
    if mention.meaning.country != HOST and sentence.has("send") and _is_goal(mention, sentence, ending):
        return None
    return "country"


def _of_origin(mention: Mention, sentence: Sentence, ending: Ending) -> Belonging:
    """ "From there": one's home, unless money or the way back starts there."""
    is_mine = ending is Ending.FROM_ME or sentence.cue_before(mention, _ME, 4)
    if mention.meaning.country in DESTINATIONS:
        is_home = is_mine and mention.meaning.kind == "country" and sentence.ends_clause(mention)
        return "citizenship" if is_home and ending is not Ending.FROM_ME else "country"
    if is_mine or sentence.cue_before(mention, _COME, 3) or sentence.cue_after(mention, _COME, 4):
        return "citizenship"
    if mention.meaning.country == "KZ" and sentence.language != "kk" and sentence.word_count > SHORT_TEXT_WORDS:
        return "country"
    is_way = sentence.has("send") or sentence.has("return")
    return "country" if is_way and sentence.word_count > SHORT_TEXT_WORDS else "citizenship"


def _is_goal(mention: Mention, sentence: Sentence, ending: Ending) -> bool:
    word = sentence.last_word(mention)
    if ending is Ending.TO or word.endswith(_TO_ENDINGS_AFTER_N) or sentence.cue_before(mention, _TO, 2):
        return True
    return sentence.cue_before(mention, _IN, 1) and not word.endswith(_RUSSIAN_LOCATIVE) and not word.endswith("a")


def _of_people(mention: Mention, sentence: Sentence) -> Belonging | None:
    ending = sentence.ending(mention)
    if _is_called_citizen(mention, sentence):
        return _unless_host(mention, sentence)
    if mention.meaning.kind == "adjective" or _is_language(mention, sentence):
        return None
    if mention.meaning.country in DESTINATIONS:
        return None
    if ending is Ending.ME or sentence.cue_after(mention, _AM, 1):
        return "citizenship"
    is_plain = ending is Ending.NONE or (ending is Ending.OTHER and sentence.language == "ru")
    is_mine = is_plain and sentence.cue_before(mention, _ME, 3)
    is_answer = is_plain and sentence.word_count <= ANSWER_WORDS and not sentence.has("other_person")
    is_correction = is_plain and _is_correction(sentence)
    is_said = is_mine or is_answer or is_correction
    return "citizenship" if ending in (Ending.MANY, Ending.PERSON) or is_said else None


def _is_correction(sentence: Sentence) -> bool:
    """ "Not a Tajik but an Uzbek": two peoples in a few words, and nobody else is spoken of."""
    peoples = sum(mention.meaning.kind == "people" for mention in sentence.mentions)
    return peoples > 1 and sentence.word_count <= CORRECTION_WORDS and not sentence.has("other_person")


def _is_language(mention: Mention, sentence: Sentence) -> bool:
    return sentence.cue_after(mention, _LANGUAGE, 1) or sentence.cue_before(mention, _LANGUAGE, 1)


def _is_called_citizen(mention: Mention, sentence: Sentence) -> bool:
    papers = _PERSON_WORDS | _PAPER_WORDS
    if sentence.ending(mention) in _IN_ENDINGS or sentence.cue_before(mention, _IN | _TO | _FROM, 1):
        return False
    return (
        sentence.cue_before(mention, papers, 2)
        or sentence.cue_after(mention, papers, 1)
        or sentence.document_beside(mention, _PASSPORT)
    )


def _unless_host(mention: Mention, sentence: Sentence) -> Belonging:
    """A Russian citizenship is mostly wished for, or that of a husband, an employer, a child."""
    if mention.meaning.country != HOST:
        return "citizenship"
    is_person = sentence.cue_before(mention, _PERSON_WORDS, 2) or sentence.cue_after(mention, _PERSON_WORDS, 1)
    is_mine = is_person or sentence.cue_before(mention, _ME, 4)
    is_other = sentence.cue_before(mention, _OTHERS, 5) or sentence.cue_after(mention, _OTHERS, 4)
    return "citizenship" if is_mine and not is_other else "country"
