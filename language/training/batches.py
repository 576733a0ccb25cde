"""Draws what the encoder learns from, with the small errors that people make."""

import random
import string
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

from language.training.inflection import inflected
from language.training.lessons import Lessons
from language.training.parallel_text import Row, language_of
from language.training.prepared_lexicon import PreparedConcept
from language.training.topic_examples import NO_TOPIC, TopicExample

Words = list[str]
"""The words of one text."""
RARE = {"tg": 2.5, "ky": 1.5}
"""Languages with little text are drawn more often."""
DROPPED_WORD_SHARE = 0.1
WRONG_TEXT_SHARE = 0.3
SAME_LANGUAGE_SHARE = 0.4
LONE_WORD_SHARE = 0.5
MOST_CONCEPTS = 6


@dataclass(frozen=True)
class Pairs:
    """Texts that mean the same, side by side; `taught` has the number of the teacher's vector of each pair, or -1."""

    first: list[Words]
    second: list[Words]
    taught: list[int]


class ParallelPairs:
    """Pairs of one sentence in two languages."""

    def __init__(self, rows: Sequence[Row], lessons: Lessons, chance: random.Random) -> None:
        self._rows = rows
        self._chance = chance
        self._taught = [lessons.number_of(row.texts.get("en", "")) for row in rows]
        weights = (row.weight * max(map(_rarity, row.texts)) for row in rows)
        self._weights = list(accumulate(weights))

    def draw(self, count: int) -> Pairs:
        """At most `count` pairs; no sentence stands in two of them."""
        pairs = Pairs([], [], [])
        seen: set[str] = set()
        for number in self._chance.choices(range(len(self._rows)), cum_weights=self._weights, k=count):
            one, other = self._two_languages(self._rows[number])
            if not {one, other} & seen:
                seen |= {one, other}
                pairs.first.append(with_errors(one, self._chance))
                pairs.second.append(with_errors(other, self._chance))
                pairs.taught.append(self._taught[number])
        return pairs

    def _two_languages(self, row: Row) -> tuple[str, str]:
        languages = list(row.texts)
        one = self._chance.choices(languages, [_rarity(language) for language in languages])[0]
        other = self._chance.choice([language for language in languages if language != one])
        return row.texts[one], row.texts[other]


def _rarity(key: str) -> float:
    return RARE.get(language_of(key), 1.0)


class ConceptPairs:
    """Pairs of words of the lexicon in two languages: one meaning, or some thrown together, with endings."""

    def __init__(self, concepts: Sequence[PreparedConcept], chance: random.Random) -> None:
        self._concepts = concepts
        self._chance = chance

    def draw(self, count: int) -> Pairs:
        """Pairs made of at most `count` meanings, none of which stands in two of them."""
        pairs = Pairs([], [], [])
        left = self._chance.sample(self._concepts, min(count, len(self._concepts)))
        while left:
            size = 1 if self._chance.random() < LONE_WORD_SHARE else self._chance.randint(2, MOST_CONCEPTS)
            taken, left = left[:size], left[size:]
            one, other = self._chance.sample(sorted(taken[0]), 2)
            pairs.first.append(self._said(taken, one))
            pairs.second.append(self._said(taken, other))
            pairs.taught.append(-1)
        return pairs

    def _said(self, concepts: Sequence[PreparedConcept], language: str) -> Words:
        phrases = (self._chance.choice(concept[language]) for concept in concepts)
        return [inflected(word, language, self._chance) for phrase in phrases for word in phrase.split()]


class EnglishTexts:
    """English texts of which only the teacher's vector is known."""

    def __init__(self, lessons: Lessons, chance: random.Random) -> None:
        self._lessons = lessons
        self._chance = chance

    def draw(self, count: int) -> tuple[list[Words], list[int]]:
        """`count` texts and the numbers of their vectors; none where there is no teacher's English."""
        if not self._lessons.alone:
            return [], []
        numbers = self._chance.choices(self._lessons.alone, k=count)
        texts = [self._lessons.texts[number] for number in numbers]
        return [with_errors(text, self._chance) if " " in text else [text] for text in texts], numbers


class TopicPairs:
    """Pairs of two sentences on one topic, in one language or in two; each topic once.

    All topics stand in one batch, so the hard negatives, those of neighbouring topics, are always there.
    """

    def __init__(self, examples: Sequence[TopicExample], chance: random.Random) -> None:
        self._chance = chance
        self._of_topic: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
        for example in examples:
            self._of_topic[example.topic][example.language].append(example.text)

    def draw(self) -> Pairs:
        """One pair for each topic, and some sentences on no topic of ours, each paired with itself."""
        pairs = Pairs([], [], [])
        for topic, by_language in self._of_topic.items():
            texts = [self._alone(by_language)] * 8 if topic == NO_TOPIC else [self._pair(by_language)]
            for one, other in texts:
                pairs.first.append(with_errors(one, self._chance))
                pairs.second.append(with_errors(other, self._chance))
                pairs.taught.append(-1)
        return pairs

    def _pair(self, by_language: dict[str, list[str]]) -> tuple[str, str]:
        languages = list(by_language)
        one = self._chance.choice(languages)
        other = one if self._chance.random() < SAME_LANGUAGE_SHARE else self._chance.choice(languages)
        return self._chance.choice(by_language[one]), self._chance.choice(by_language[other])

    def _alone(self, by_language: dict[str, list[str]]) -> tuple[str, str]:
        text = self._chance.choice(by_language[self._chance.choice(list(by_language))])
        return text, text


def with_errors(text: str, chance: random.Random) -> Words:
    """The words of a text with some left out and, sometimes, one letter wrong; never none."""
    words = [word for word in text.split() if chance.random() >= DROPPED_WORD_SHARE] or text.split()[:1]
    if chance.random() < WRONG_TEXT_SHARE:
        number = chance.randrange(len(words))
        words[number] = _mistyped(words[number], chance)
    return words


def _mistyped(word: str, chance: random.Random) -> str:
    at = chance.randrange(len(word))
    letter = chance.choice(string.ascii_lowercase)
    wrong = {
        "left out": word[:at] + word[at + 1 :],
        "replaced": word[:at] + letter + word[at + 1 :],
        "swapped": word[:at] + word[at + 1 : at + 2] + word[at : at + 1] + word[at + 2 :],
    }
    return wrong[chance.choice(list(wrong))] or word
