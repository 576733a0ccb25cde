"""The engine's featurizers and model without a Rasa server."""

import os
from pathlib import Path

import numpy as np
import pytest

from bot.engine.serve import prepare
from tests.bot.engine.tiny_encoder import make_encoder

prepare(os.environ)
CONFIG = Path(__file__).parents[3] / "config.yml"
EXAMPLES = {
    "unpaid": ["my boss does not pay my wage", "no wage for a month", "my boss keeps the wage", "they do not pay me"],
    "card": ["my card is lost", "the card was stolen", "I lost a card", "my bank card is gone"],
}
TEXTS = [text for texts in EXAMPLES.values() for text in texts]
LABELS = [label for label, texts in EXAMPLES.items() for _ in texts]


@pytest.fixture(scope="module")
def encoder(tmp_path_factory: pytest.TempPathFactory) -> str:
    return str(make_encoder(tmp_path_factory.mktemp("encoder"), TEXTS))


def test_it_learns_as_the_engine_does_and_leaves_features_out(encoder: str) -> None:
    from benchmarks.language.engine_pipeline import VECTORS, EnginePipeline

    both, ngrams = EnginePipeline(CONFIG, encoder), EnginePipeline(CONFIG, encoder, [VECTORS])
    for pipeline in (both, ngrams):
        pipeline.train(TEXTS, LABELS)
        first = pipeline.decisions(["my boss did not pay", "lost card"]).argmax(axis=1)
        assert [pipeline.model.labels[number] for number in first] == ["unpaid", "card"]
        assert (pipeline.milliseconds(TEXTS[:2]) > 0).all()
    assert VECTORS in both.blocks.names
    assert VECTORS not in ngrams.blocks.names


def test_examples_and_new_texts_have_the_same_features(encoder: str) -> None:
    from benchmarks.language.engine_pipeline import EnginePipeline

    pipeline = EnginePipeline(CONFIG, encoder)
    lessons = pipeline.learn_features([*TEXTS, TEXTS[0]], [*LABELS, LABELS[0]])
    assert len(lessons.texts) == len(TEXTS)  # Rasa drops the copy
    heard = pipeline.hear(TEXTS)
    assert np.abs(heard.features - lessons.examples.features).max() == 0
    assert heard.languages == lessons.examples.languages


def test_confidences_are_probabilities_in_the_order_of_the_decisions(encoder: str) -> None:
    from benchmarks.language.engine_pipeline import EnginePipeline

    pipeline = EnginePipeline(CONFIG, encoder)
    pipeline.train(TEXTS, LABELS)
    confidences, decisions = pipeline.confidences(TEXTS), pipeline.decisions(TEXTS)
    assert confidences.sum(axis=1) == pytest.approx(np.ones(len(TEXTS)), abs=1e-5)
    assert np.array_equal(confidences.argmax(axis=1), decisions.argmax(axis=1))
