"""The linear model: how sure it is, how it is kept."""

from pathlib import Path

import numpy as np
import pytest
import scipy.sparse as sp

from bot.engine.linear_learning import Examples, Settings, learn
from bot.engine.linear_model import LinearModel

LABELS = ("a", "b", "c")
SETTINGS = Settings(cost=1.0, out_of_scope="c", acceptance=0.95)


def examples(noise: float, count: int = 300) -> Examples:
    """Points around three corners in two languages; at noise 0 they are told apart without an error."""
    chance = np.random.default_rng(1)
    numbers = chance.integers(0, 3, count)
    points = np.eye(3)[numbers] + noise * chance.standard_normal((count, 3))
    labels = tuple(LABELS[number] for number in numbers)
    return Examples(sp.csr_matrix(points.astype(np.float32)), labels, ("ru", "kk") * (count // 2))


def learnt(of: Examples) -> LinearModel:
    return learn(of, np.arange(len(of.labels)) % 3, SETTINGS)


def confidences(model: LinearModel, of: Examples, language: str = "ru") -> np.ndarray:
    return np.array([model.confidences(row.indices, row.data, language) for row in of.features])


def test_confidence_is_how_often_it_is_right() -> None:
    both = examples(noise=0.6, count=1200)
    known, asked = both.only(np.arange(600)), both.only(np.arange(600, 1200))
    sure = confidences(learnt(known), asked)
    right = np.array([LABELS[best] == label for best, label in zip(sure.argmax(axis=1), asked.labels, strict=True)])
    assert sure.max(axis=1).mean() == pytest.approx(right.mean(), abs=0.05)


def test_what_cannot_be_told_apart_gets_little_confidence() -> None:
    of = examples(noise=0.1)
    mixed = tuple(np.random.default_rng(2).choice(LABELS, len(of.labels)))
    model = learnt(Examples(of.features, mixed, of.languages))
    assert confidences(model, of).max(axis=1).mean() < 0.55


def test_a_language_that_was_not_learnt_gets_confidences_too() -> None:
    of = examples(noise=0.3)
    strange = confidences(learnt(of), of, language="fr")
    assert strange.sum(axis=1) == pytest.approx(np.ones(300), abs=1e-5)


def test_one_message_and_many_get_the_same_decisions() -> None:
    of = examples(noise=0.3)
    model = learnt(of)
    many = model.calibration.confidences(model.decide(of.features), of.languages)
    one = [model.confidences(row.indices, row.data, lang) for row, lang in zip(of.features, of.languages, strict=True)]
    assert np.array(one) == pytest.approx(many, abs=1e-5)


def test_it_is_kept_without_anything_that_runs_code(tmp_path: Path) -> None:
    of = examples(noise=0.3)
    model = learnt(of)
    model.save(tmp_path)
    assert sorted(path.suffix for path in tmp_path.iterdir()) == [".json", ".npz"]
    kept = LinearModel.load(tmp_path)
    assert kept.calibration == model.calibration
    assert np.array_equal(confidences(kept, of, "kk"), confidences(model, of, "kk"))
