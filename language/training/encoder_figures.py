"""Measures an encoder on sentences that it has not been trained on."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from language.static_encoder import StaticEncoder
from language.training.parallel_text import Row
from language.training.topic_examples import TopicExample

NEIGHBOURS = 3


@dataclass(frozen=True)
class Figures:
    """Shares between 0 and 1, by language.

    translation: the right sentence is the nearest of all, English to this language.
    topic_first, topic_among_three: the topic of held-out examples, by the nearest known examples.
    """

    translation: dict[str, float]
    topic_first: dict[str, float]
    topic_among_three: dict[str, float]


def measure(
    encoder: StaticEncoder, rows: Sequence[Row], known: Sequence[TopicExample], kept_apart: Sequence[TopicExample]
) -> Figures:
    """Translation on `rows`, topics of `kept_apart` by their neighbours in `known`."""
    languages = sorted({language for row in rows for language in row.texts} - {"en"})
    translation = {language: _translation(encoder, rows, language) for language in languages}
    topics = sorted({example.topic for example in known})
    scores = _topic_scores(encoder, topics, known, kept_apart)
    first, among_three = defaultdict(list), defaultdict(list)
    for example, row in zip(kept_apart, scores, strict=True):
        best = [topics[number] for number in np.argsort(-row)[:3]]
        first[example.language].append(example.topic == best[0])
        among_three[example.language].append(example.topic in best)
    return Figures(translation, _shares(first), _shares(among_three))


def _translation(encoder: StaticEncoder, rows: Sequence[Row], language: str) -> float:
    pairs = [(row.texts["en"], row.texts[language]) for row in rows if {"en", language} <= set(row.texts)]
    if not pairs:
        return 0.0
    english, others = (encoder.encode([pair[side] for pair in pairs]) for side in (0, 1))
    return round(float(((english @ others.T).argmax(axis=1) == np.arange(len(pairs))).mean()), 3)


def _topic_scores(
    encoder: StaticEncoder, topics: Sequence[str], known: Sequence[TopicExample], asked: Sequence[TopicExample]
) -> NDArray[np.float32]:
    similarity = encoder.encode([example.text for example in asked]) @ encoder.encode([e.text for e in known]).T
    owners = np.array([example.topic for example in known])
    scores = [np.sort(similarity[:, owners == topic], axis=1)[:, -NEIGHBOURS:].mean(axis=1) for topic in topics]
    return np.stack(scores, axis=1)


def _shares(hits: dict[str, list[bool]]) -> dict[str, float]:
    return {language: round(sum(found) / len(found), 3) for language, found in sorted(hits.items())}
