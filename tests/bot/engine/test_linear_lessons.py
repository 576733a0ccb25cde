"""What the classifier learns from messages."""

import numpy as np
import pytest
import scipy.sparse as sp
from rasa.shared.nlu.constants import FEATURE_TYPE_SENTENCE, TEXT
from rasa.shared.nlu.training_data.features import Features
from rasa.shared.nlu.training_data.message import Message

from bot.engine.linear_learning import TooFewIntentsError
from bot.engine.linear_lessons import read_lessons

WORDS = ("моя", "зарплата", "паспорт", "потерян", "начальник")


def message(text: str, intent: str | None, vector: tuple[float, float] | None = None) -> Message:
    """With a feature for each word, and perhaps a vector."""
    built = Message.build(text, intent)
    counts = sp.csr_matrix(np.array([[text.casefold().split().count(word) for word in WORDS]]))
    built.add_features(Features(counts, FEATURE_TYPE_SENTENCE, TEXT, "words"))
    if vector:
        built.add_features(Features(np.array([vector]), FEATURE_TYPE_SENTENCE, TEXT, "vector"))
    return built


def test_what_has_no_intent_or_no_features_is_not_learnt() -> None:
    messages = [message("моя зарплата", "wages"), message("паспорт", None), Message.build("потерян", "papers")]
    assert read_lessons(messages, dense_weight=1.0).texts == ("моя зарплата",)
    with pytest.raises(TooFewIntentsError):
        read_lessons(messages[1:], dense_weight=1.0)


def test_the_dense_weight_is_the_length_of_the_vector() -> None:
    lessons = read_lessons([message("моя зарплата", "wages", (3.0, 4.0))], dense_weight=0.5)
    row = lessons.examples.features.toarray()[0]
    assert np.linalg.norm(row[: len(WORDS)]) == pytest.approx(1.0)
    assert row[len(WORDS) :] == pytest.approx([0.3, 0.4])


def test_sentences_with_like_vectors_are_held_out_together() -> None:
    vectors = [(1.0, 0.1), (1.0, 0.0), (0.1, 1.0), (0.0, 1.0), (-1.0, 0.1), (-1.0, 0.0)]
    lessons = read_lessons([message("паспорт", "papers", vector) for vector in vectors], dense_weight=1.0)
    assert lessons.folds[0] == lessons.folds[1]
    assert len(set(lessons.folds[::2])) == 3


def test_without_vectors_the_same_words_are_held_out_together() -> None:
    texts = ("паспорт", "потерян", "Паспорт")
    lessons = read_lessons([message(text, "papers") for text in texts], dense_weight=1.0)
    assert lessons.folds[0] == lessons.folds[2] != lessons.folds[1]


def test_the_language_of_each_example_is_found() -> None:
    texts = ("начальник не платит мне зарплату", "where is my passport, please")
    lessons = read_lessons([message(text, "wages") for text in texts], dense_weight=1.0)
    assert lessons.examples.languages == ("ru", "en")
