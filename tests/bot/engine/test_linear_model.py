"""The linear model: what it learns, how sure it is, how it is kept."""

from pathlib import Path

import numpy as np
import pytest
import scipy.sparse as sp

from bot.engine.linear_model import LinearModel, TooFewIntentsError, learn

LABELS = ("a", "b", "c")


def examples(noise: float, count: int = 300) -> tuple[sp.csr_matrix, list[str]]:
    """Points around three corners; at noise 0 they are told apart without an error."""
    chance = np.random.default_rng(1)
    numbers = chance.integers(0, 3, count)
    points = np.eye(3)[numbers] + noise * chance.standard_normal((count, 3))
    return sp.csr_matrix(points.astype(np.float32)), [LABELS[number] for number in numbers]


def confidences(model: LinearModel, features: sp.csr_matrix) -> np.ndarray:
    return np.array([model.confidences(row.indices, row.data) for row in features])


def test_confidence_is_how_often_it_is_right() -> None:
    features, labels = examples(noise=0.6, count=600)
    model = learn(features[:300], labels[:300], [str(n) for n in range(300)], cost=1.0)
    sure = confidences(model, features[300:])
    right = np.array([LABELS[best] == label for best, label in zip(sure.argmax(axis=1), labels[300:], strict=True)])
    assert sure.max(axis=1).mean() == pytest.approx(right.mean(), abs=0.06)
    assert model.held_out_accuracy == pytest.approx(right.mean(), abs=0.08)


def test_what_cannot_be_told_apart_gets_little_confidence() -> None:
    features, _ = examples(noise=0.1)
    labels = list(np.random.default_rng(2).choice(LABELS, features.shape[0]))
    model = learn(features, labels, [str(n) for n in range(len(labels))], cost=1.0)
    assert confidences(model, features).max(axis=1).mean() < 0.5


def test_the_same_sentence_in_two_scripts_does_not_flatter_the_confidence() -> None:
    chance = np.random.default_rng(3)
    features = sp.csr_matrix(np.repeat(chance.standard_normal((60, 200)), 2, axis=0).astype(np.float32))
    labels = list(np.repeat(chance.choice(LABELS, 60), 2))
    together = learn(features, labels, [str(n // 2) for n in range(120)], cost=1.0)
    apart = learn(features, labels, [str(n) for n in range(120)], cost=1.0)
    assert together.held_out_accuracy < 0.6 < apart.held_out_accuracy


def test_two_intents_and_one_example_each_are_enough() -> None:
    model = learn(sp.csr_matrix(np.eye(2, dtype=np.float32)), ["x", "y"], ["1", "2"], cost=1.0)
    assert confidences(model, sp.csr_matrix(np.eye(2, dtype=np.float32))).argmax(axis=1).tolist() == [0, 1]


def test_one_intent_is_refused() -> None:
    with pytest.raises(TooFewIntentsError):
        learn(sp.csr_matrix(np.eye(2, dtype=np.float32)), ["x", "x"], ["1", "2"], cost=1.0)


def test_it_is_kept_without_anything_that_runs_code(tmp_path: Path) -> None:
    features, labels = examples(noise=0.3)
    model = learn(features, labels, labels, cost=1.0)
    model.save(tmp_path)
    assert sorted(path.suffix for path in tmp_path.iterdir()) == [".json", ".npz"]
    assert np.array_equal(confidences(LinearModel.load(tmp_path), features), confidences(model, features))
