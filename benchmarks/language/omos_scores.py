"""Precision, recall and F of chosen lines and of "no answer", as the authors of OMoS-QA count them."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Lines = frozenset[int]


def counted(right: Sequence[Lines], chosen: Sequence[Lines]) -> Floats:
    """Rows of (is answered, precision, recall, nothing chosen), (questions, 4).

    As in evaluate_answers.py and prediction_tables.py of github.com/digitalfabrik/integreat-qa-dataset: where nothing
    is chosen precision is 1 and recall 0.
    """
    return np.array(
        [
            (bool(wanted), len(wanted & found) / len(found) if found else 1.0, _recall(wanted, found), not found)
            for wanted, found in zip(right, chosen, strict=True)
        ],
        dtype=np.float64,
    )


def line_precision(rows: Floats) -> float:
    """Mean over the questions that are answered."""
    return _mean(rows[rows[:, 0] == 1, 1])


def line_recall(rows: Floats) -> float:
    """Mean over the questions that are answered."""
    return _mean(rows[rows[:, 0] == 1, 2])


def line_f(rows: Floats) -> float:
    """Harmonic mean of the two means."""
    return _harmonic(line_precision(rows), line_recall(rows))


def none_precision(rows: Floats) -> float:
    """Of the questions for which nothing was chosen, the share that the page does not answer."""
    return _mean(1 - rows[rows[:, 3] == 1, 0])


def none_recall(rows: Floats) -> float:
    """Of the questions that the page does not answer, the share for which nothing was chosen."""
    return _mean(rows[rows[:, 0] == 0, 3])


def none_f(rows: Floats) -> float:
    """Harmonic mean of the two."""
    return _harmonic(none_precision(rows), none_recall(rows))


def _recall(wanted: Lines, found: Lines) -> float:
    return len(wanted & found) / len(wanted) if wanted else 1.0


def _mean(values: Floats) -> float:
    return float(values.mean()) if len(values) else 0.0


def _harmonic(one: float, other: float) -> float:
    return 2 * one * other / (one + other) if one + other else 0.0
