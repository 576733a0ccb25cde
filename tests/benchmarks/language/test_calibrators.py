"""The ways to calibrate, and the folds on which they are fitted."""

import numpy as np
import pytest

from benchmarks.language.calibration_folds import by_parts, by_sentence
from benchmarks.language.calibrators import WAYS, Decided, numbers_of, on_held_out_folds
from benchmarks.language.reliability import calibration_error


def decided(count: int, seed: int) -> Decided:
    """Decisions of three intents that are twice as sure in Russian as they may be."""
    chance = np.random.default_rng(seed)
    logits = chance.standard_normal((count, 3)) * 2
    numbers = np.array([chance.choice(3, p=np.exp(row) / np.exp(row).sum()) for row in logits])
    languages = tuple(chance.choice(["ru", "kk"], count))
    too_sure = np.array([2.0 if language == "ru" else 1.0 for language in languages])
    return Decided((logits * too_sure[:, None]).astype(np.float32), numbers, languages)


@pytest.mark.parametrize("way", WAYS)
def test_each_way_makes_confidences_true(way: str) -> None:
    known, asked = decided(3000, seed=1), decided(3000, seed=2)
    confidences = WAYS[way](known)(asked)
    assert calibration_error(confidences, asked.hits) < 0.06


def test_only_a_way_per_language_mends_one_language() -> None:
    known, asked = decided(3000, seed=1), decided(3000, seed=2)
    rows = np.array([language == "ru" for language in asked.languages])
    errors = {
        way: calibration_error(WAYS[way](known)(asked)[rows], asked.hits[rows])
        for way in ("temperature", "temperature per language")
    }
    assert errors["temperature per language"] < errors["temperature"]


def test_no_fold_is_calibrated_by_itself() -> None:
    known, seen = decided(60, seed=3), []
    folds = np.arange(60) % 3

    def fit(part: Decided) -> object:
        seen.append(len(part.numbers))
        return WAYS["temperature"](part)

    assert on_held_out_folds(fit, known, folds).shape == (60,)  # type: ignore[arg-type]
    assert seen == [40, 40, 40]


def test_one_sentence_in_two_scripts_lies_in_one_fold() -> None:
    assert list(by_sentence(["a", "b", "a", "c", "d"])) == [0, 1, 0, 2, 0]


def test_like_sentences_of_an_intent_lie_in_one_fold() -> None:
    corners = np.eye(3, dtype=np.float32)
    vectors = np.concatenate([np.repeat(corners, 4, axis=0), np.repeat(corners, 4, axis=0)])
    folds = by_parts(["a"] * 12 + ["b"] * 12, vectors, 3)
    for start in range(0, 24, 4):
        assert len(set(folds[start : start + 4])) == 1
    assert set(folds[:12]) == set(folds[12:]) == {0, 1, 2}


def test_numbers_are_places_among_the_labels() -> None:
    assert list(numbers_of(["b", "a"], ("a", "b"))) == [1, 0]
