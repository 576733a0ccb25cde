"""95 % intervals: Wilson's of a share, and bootstrap of a mean over the rows of a set."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.floating[Any]]
Z_95 = 1.959963985
RESAMPLES = 2000
SEED = 20261121


@dataclass(frozen=True)
class Figure:
    """A figure and the ends of its 95 % interval."""

    value: float
    low: float
    high: float

    def __str__(self) -> str:
        return f"{self.value:.3f} [{self.low:.3f}, {self.high:.3f}]"


def share(hits: NDArray[np.bool_]) -> Figure:
    """The share of hits, (rows,), with Wilson's interval (Wilson 1927); raises `ValueError` without rows."""
    if not len(hits):
        raise ValueError("a share of no rows")
    value, count = float(hits.mean()), len(hits)
    middle = (value + Z_95**2 / (2 * count)) / (1 + Z_95**2 / count)
    half = Z_95 / (1 + Z_95**2 / count) * np.sqrt(value * (1 - value) / count + Z_95**2 / (4 * count**2))
    return Figure(value, float(middle - half), float(middle + half))


def bootstrap(rows: Floats, of: Callable[[Floats], float] = lambda drawn: float(drawn.mean())) -> Figure:
    """The mean (or `of`) of `rows`, shape (rows,) or (rows, columns), with a percentile interval over drawn rows.

    Columns of a row are drawn together: the same sentence in several languages is one row.
    """
    chance = np.random.default_rng(SEED)
    drawn = [of(rows[chance.integers(0, len(rows), len(rows))]) for _ in range(RESAMPLES)]
    low, high = np.percentile(drawn, [2.5, 97.5])
    return Figure(of(rows), float(low), float(high))
