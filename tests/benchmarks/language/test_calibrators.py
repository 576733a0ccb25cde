"""The ways to calibrate."""

import numpy as np
import pytest

from benchmarks.language.calibrators import ENGINE, TEMPERATURE, WAYS, numbers_of
from benchmarks.language.reliability import calibration_error
from bot.engine.linear_calibration import Decided


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


def test_only_a_way_that_knows_languages_mends_one_language() -> None:
    known, asked = decided(3000, seed=1), decided(3000, seed=2)
    rows = np.array([language == "ru" for language in asked.languages])
    ways = (TEMPERATURE, ENGINE, "temperature per language")
    plain, engines, apart = (calibration_error(WAYS[way](known)(asked)[rows], asked.hits[rows]) for way in ways)
    assert max(engines, apart) < plain


def test_a_language_that_was_not_calibrated_gets_confidences() -> None:
    known, asked = decided(300, seed=1), decided(300, seed=2)
    strangers = Decided(asked.decisions, asked.numbers, ("fr",) * 300)
    for way in WAYS.values():
        assert way(known)(strangers).mean() > 0.5


def test_numbers_are_places_among_the_labels() -> None:
    assert list(numbers_of(["b", "a"], ("a", "b"))) == [1, 0]
