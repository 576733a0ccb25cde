"""The expected calibration error and its bins."""

import numpy as np
import pytest

from benchmarks.language.reliability import (
    calibration_error,
    calibration_error_with_interval,
    error_of_honest_confidences,
    reliability_bins,
)


def test_the_error_is_the_mean_gap_between_confidence_and_share_right() -> None:
    confidences, hits = np.array([0.9, 0.9, 0.5, 0.5]), np.array([True, False, True, False])
    assert calibration_error(confidences, hits) == pytest.approx((0.4 * 2 + 0.0 * 2) / 4)


def test_gaps_of_two_bins_do_not_cancel() -> None:
    assert calibration_error(np.array([0.2, 0.8]), np.array([True, False])) == pytest.approx(0.8)


def test_bins_hold_every_sentence_once_the_surest_and_the_least_sure_too() -> None:
    bins = reliability_bins(np.array([0.0, 1.0, 1 / 15, 0.5]), np.array([False, True, True, True]))
    assert sum(each.sentences for each in bins) == 4
    assert (bins[0].sentences, bins[0].accuracy) == (2, 0.5)
    assert bins[-1].high == 1.0


def test_true_confidences_of_few_sentences_show_an_error_and_of_many_hardly_any() -> None:
    few, many = (error_of_honest_confidences(np.full(count, 0.7)) for count in (20, 20_000))
    assert few.value > 0.05
    assert many.value < 0.01


def test_the_interval_holds_the_error() -> None:
    chance = np.random.default_rng(1)
    confidences = chance.random(300)
    error = calibration_error_with_interval(confidences, chance.random(300) < confidences**2)
    assert error.low < error.value < error.high
