"""Reads what the classifier learns from messages: examples, and the folds that they lie in."""

from collections.abc import Sequence
from dataclasses import dataclass

from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.engine.feature_blocks import FeatureBlocks, measure, sentence_features, sentence_vectors
from bot.engine.fold_text import original_text
from bot.engine.linear_folds import Folds, like_together, same_together
from bot.engine.linear_learning import Examples, TooFewIntentsError
from language.identify import Identifier


@dataclass(frozen=True)
class Lessons:
    """The blocks of the examples' features; the examples, their folded texts and folds."""

    blocks: FeatureBlocks
    examples: Examples
    texts: tuple[str, ...]
    folds: Folds


def read_lessons(messages: Sequence[Message], dense_weight: float) -> Lessons:
    """Of all messages that have an intent and features; raises `TooFewIntentsError` where there are none."""
    usable = [message for message in messages if message.get(INTENT) and sentence_features(message)]
    if not usable:
        raise TooFewIntentsError("no example has an intent and features")
    blocks = measure(usable, dense_weight)
    texts = tuple(str(message.get(TEXT)).casefold() for message in usable)  # folded: one sentence in two scripts is one
    labels = tuple(message.get(INTENT) for message in usable)
    examples = Examples(blocks.matrix(usable), labels, _languages(usable))
    return Lessons(blocks, examples, texts, _folds(usable, labels, texts))


def _languages(messages: Sequence[Message]) -> tuple[str, ...]:
    identifier = Identifier.load()
    return tuple(identifier.identify(original_text(message)).language for message in messages)


def _folds(messages: Sequence[Message], labels: Sequence[str], texts: Sequence[str]) -> Folds:
    vectors = sentence_vectors(messages)
    return same_together(texts) if vectors is None else like_together(labels, vectors)
