"""How many questions may be answered if most of the answers must be right."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benchmarks.language.intervals import Figure, bootstrap

PRECISION = 0.9
"""Share of the given answers that must be right."""


@dataclass(frozen=True)
class Answered:
    """One question: the place of the right answer, from 1, and the probability of the first one."""

    place: int
    probability: float


def coverage(answered: Sequence[Answered], precision: float = PRECISION) -> Figure:
    """The largest share of questions that a threshold on the probability lets through with this precision.

    The threshold is set anew for each drawing of the interval.
    """
    rows = np.array([(each.probability, each.place == 1) for each in answered], dtype=np.float64)
    return bootstrap(rows, lambda drawn: share_answered(drawn, precision))


def share_answered(rows: NDArray[np.floating[Any]], precision: float) -> float:
    """Of rows of (probability, is right), those from a threshold upwards; questions of one probability go together."""
    rows = rows[np.argsort(-rows[:, 0], kind="stable")]
    given = np.arange(1, len(rows) + 1)
    is_last_of_equals = np.append(np.diff(rows[:, 0]) != 0, True)
    is_enough = is_last_of_equals & (np.cumsum(rows[:, 1]) / given >= precision)
    return float(given[is_enough].max() / len(rows)) if is_enough.any() else 0.0
