"""Telling what is out of scope from one score per sentence: threshold, recall, area under the ROC curve."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from benchmarks.language.intervals import Figure, share

Floats = NDArray[np.float32]
ACCEPTANCE = 0.95


@dataclass(frozen=True)
class Rejection:
    """Recall out of scope and acceptance in scope at one threshold."""

    recall: Figure
    acceptance: Figure


def rejection(in_scope: Floats, out_of_scope: Floats, threshold: float) -> Rejection:
    """What a threshold does; a sentence is accepted from the threshold upwards. Scores have shape (sentences,)."""
    return Rejection(share(out_of_scope < threshold), share(in_scope >= threshold))


def threshold_of(in_scope: Floats, acceptance: float = ACCEPTANCE) -> float:
    """The score from which this share of the sentences in scope is accepted."""
    return float(np.quantile(in_scope, 1 - acceptance))


def area_under_curve(in_scope: Floats, out_of_scope: Floats) -> float:
    """How often a sentence in scope scores above one out of scope (AUROC); equal scores count half."""
    order = np.sort(in_scope)
    above = len(order) - np.searchsorted(order, out_of_scope, side="right")
    equal = np.searchsorted(order, out_of_scope, side="right") - np.searchsorted(order, out_of_scope, side="left")
    return float((above + 0.5 * equal).mean() / len(order))
