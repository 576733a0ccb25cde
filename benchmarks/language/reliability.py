"""How far confidences are from how often they are right: reliability bins and the expected calibration error."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benchmarks.language.intervals import SEED, Figure, bootstrap

Floats = NDArray[np.floating[Any]]
BINS = 15
DRAWS = 2000


@dataclass(frozen=True)
class Bin:
    """Sentences whose confidence lies in (low, high]: how many, how sure on average, what share was right."""

    low: float
    high: float
    sentences: int
    confidence: float
    accuracy: float


def reliability_bins(confidences: Floats, hits: NDArray[np.bool_], bins: int = BINS) -> list[Bin]:
    """Bins of equal width that hold anything; both arrays have shape (sentences,)."""
    places = _places(confidences, bins)
    found = []
    for place in np.unique(places):
        inside = places == place
        confidence, accuracy = float(confidences[inside].mean()), float(hits[inside].mean())
        found.append(Bin(float(place / bins), float((place + 1) / bins), int(inside.sum()), confidence, accuracy))
    return found


def calibration_error(confidences: Floats, hits: Floats | NDArray[np.bool_], bins: int = BINS) -> float:
    """Expected calibration error, 0 to 1 (Guo et al. 2017, https://arxiv.org/abs/1706.04599)."""
    gaps = np.bincount(_places(confidences, bins), weights=confidences - hits, minlength=bins)
    return float(np.abs(gaps).sum() / len(confidences))


def calibration_error_with_interval(confidences: Floats, hits: NDArray[np.bool_]) -> Figure:
    """The error with a bootstrap interval over sentences; drawing adds noise, so the interval lies rather high."""
    rows = np.column_stack([confidences, hits])
    return bootstrap(rows, lambda drawn: calibration_error(drawn[:, 0], drawn[:, 1]))


def error_of_honest_confidences(confidences: Floats) -> Figure:
    """The error that so few sentences show by chance alone, if each confidence is exactly true: mean and 95 % range."""
    chance = np.random.default_rng(SEED)
    drawn = [calibration_error(confidences, chance.random(len(confidences)) < confidences) for _ in range(DRAWS)]
    low, high = np.percentile(drawn, [2.5, 97.5])
    return Figure(float(np.mean(drawn)), float(low), float(high))


def groups(names: Sequence[str]) -> dict[str, NDArray[np.bool_]]:
    """Which rows belong to each name, in the order in which the names first come."""
    array = np.array(names)
    return {name: array == name for name in dict.fromkeys(names)}


def _places(confidences: Floats, bins: int) -> NDArray[np.int64]:
    return np.asarray(np.clip(np.ceil(confidences * bins) - 1, 0, bins - 1), dtype=np.int64)
