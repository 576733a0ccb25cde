"""Draws the pairs that the encoder learns from, with the small errors that people make."""

import random
import string
from collections import defaultdict
from collections.abc import Sequence
from itertools import accumulate

from language.training.parallel_text import Row, language_of
from language.training.topic_examples import NO_TOPIC, TopicExample

Pairs = tuple[list[str], list[str]]
RARE = {"tg": 3.0}
"""Languages with little text are drawn more often."""
DROPPED_WORD_SHARE = 0.1
WRONG_TEXT_SHARE = 0.3
SAME_LANGUAGE_SHARE = 0.4


class ParallelPairs:
    """Pairs of one sentence in two languages."""

    def __init__(self, rows: Sequence[Row], chance: random.Random) -> None:
        self._rows = rows
        self._chance = chance
        weights = (row.weight * max(map(_rarity, row.texts)) for row in rows)
        self._weights = list(accumulate(weights))

    def draw(self, count: int) -> Pairs:
        """`count` pairs; no sentence stands in two of them."""
        first: list[str] = []
        second: list[str] = []
        seen: set[str] = set()
        for row in self._chance.choices(self._rows, cum_weights=self._weights, k=count):
            one, other = self._two_languages(row)
            if not {one, other} & seen:
                seen |= {one, other}
                first.append(with_errors(one, self._chance))
                second.append(with_errors(other, self._chance))
        return first, second

    def _two_languages(self, row: Row) -> tuple[str, str]:
        languages = list(row.texts)
        one = self._chance.choices(languages, [_rarity(language) for language in languages])[0]
        other = self._chance.choice([language for language in languages if language != one])
        return row.texts[one], row.texts[other]


def _rarity(key: str) -> float:
    return RARE.get(language_of(key), 1.0)


class TopicPairs:
    """Pairs of two sentences on one topic, in one language or in two; each topic once."""

    def __init__(self, examples: Sequence[TopicExample], chance: random.Random) -> None:
        self._chance = chance
        self._of_topic: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
        for example in examples:
            self._of_topic[example.topic][example.language].append(example.text)

    def draw(self) -> Pairs:
        """One pair for each topic, and some sentences on no topic of ours, each paired with itself."""
        first, second = [], []
        for topic, by_language in self._of_topic.items():
            pairs = [self._alone(by_language)] * 8 if topic == NO_TOPIC else [self._pair(by_language)]
            for one, other in pairs:
                first.append(with_errors(one, self._chance))
                second.append(with_errors(other, self._chance))
        return first, second

    def _pair(self, by_language: dict[str, list[str]]) -> tuple[str, str]:
        languages = list(by_language)
        one = self._chance.choice(languages)
        other = one if self._chance.random() < SAME_LANGUAGE_SHARE else self._chance.choice(languages)
        return self._chance.choice(by_language[one]), self._chance.choice(by_language[other])

    def _alone(self, by_language: dict[str, list[str]]) -> tuple[str, str]:
        text = self._chance.choice(by_language[self._chance.choice(list(by_language))])
        return text, text


def with_errors(text: str, chance: random.Random) -> str:
    """The text with words left out and, sometimes, one letter wrong; never empty."""
    words = [word for word in text.split() if chance.random() >= DROPPED_WORD_SHARE] or [text]
    if chance.random() < WRONG_TEXT_SHARE:
        number = chance.randrange(len(words))
        words[number] = _mistyped(words[number], chance)
    return " ".join(words)


def _mistyped(word: str, chance: random.Random) -> str:
    at = chance.randrange(len(word))
    letter = chance.choice(string.ascii_lowercase)
    wrong = {
        "left out": word[:at] + word[at + 1 :],
        "replaced": word[:at] + letter + word[at + 1 :],
        "swapped": word[:at] + word[at + 1 : at + 2] + word[at : at + 1] + word[at + 2 :],
    }
    return wrong[chance.choice(list(wrong))] or word
