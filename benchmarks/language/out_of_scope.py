"""Telling what is out of scope from one score per sentence: threshold, recall, area under the ROC curve."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from benchmarks.language.intent_sets import OUT_OF_SCOPE
from benchmarks.language.intervals import Figure, share
from bot.engine.linear_calibration import lead_in_scope

Floats = NDArray[np.float32]
ACCEPTANCE = 0.95
WAYS = ("confidence", "decision before softmax", "lead over what is out of scope")


@dataclass(frozen=True)
class Rejection:
    """Recall out of scope and acceptance in scope at one threshold."""

    recall: Figure
    acceptance: Figure


@dataclass(frozen=True)
class OutOfScope:
    """By each score in `WAYS`, with thresholds from the validation part: the rejection and the area under the curve.

    `by_class`: the class of the out-of-scope examples came first, as in the published figures; `by_engine`: the same
    with the head start that the engine gives it.
    """

    by_score: dict[str, Rejection]
    areas: dict[str, float]
    by_class: Rejection
    by_engine: Rejection


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


def best_in_scope(decisions: Floats, labels: Sequence[str]) -> Floats:
    """The highest value of any intent but that of the out-of-scope examples, shape (rows,)."""
    inside = np.array([label != OUT_OF_SCOPE for label in labels])
    return np.asarray(decisions[:, inside].max(axis=1), dtype=np.float32)


def scores(decisions: Floats, confidences: Floats, labels: Sequence[str]) -> dict[str, Floats]:
    """By each way in `WAYS` how much a sentence is in scope, (rows,)."""
    place = labels.index(OUT_OF_SCOPE)
    found = (best_in_scope(confidences, labels), best_in_scope(decisions, labels), lead_in_scope(decisions, place))
    return dict(zip(WAYS, found, strict=True))


def by_first(decisions: Floats, is_inside: NDArray[np.bool_], labels: Sequence[str]) -> Rejection:
    """What it does to take a sentence for out of scope where that class comes first."""
    taken = decisions.argmax(axis=1) == labels.index(OUT_OF_SCOPE)
    return Rejection(share(taken[~is_inside]), share(~taken[is_inside]))
