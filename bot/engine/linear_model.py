"""A linear model over blocks of features: learning it, calibrating its confidence, keeping it, using it."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray
from scipy.optimize import minimize_scalar

Floats = NDArray[np.float32]
CALIBRATION_FOLDS = 3


class TooFewIntentsError(Exception):
    """A classifier needs examples of at least two intents."""


@dataclass(frozen=True)
class LinearModel:
    """`decision = features @ weights + bias`; softmax(decision * sharpness) is the confidence.

    weights: (features, labels), of half precision, which halves the engine's largest array; bias: (labels,);
    sharpness is fitted on folds that were held out.
    """

    labels: tuple[str, ...]
    weights: NDArray[np.float16]
    bias: Floats
    sharpness: float
    held_out_accuracy: float

    def confidences(self, columns: NDArray[np.int64], values: Floats) -> Floats:
        """Probabilities of all labels, shape (labels,), for one message given by its features that are not zero."""
        decision = values @ self.weights[columns].astype(np.float32) + self.bias
        return softmax(decision[None, :] * self.sharpness)[0]

    def save(self, folder: Path) -> None:
        """Write numbers as npz and names as JSON; nothing that runs code when it is read."""
        np.savez(folder / "linear.npz", weights=self.weights, bias=self.bias)
        document = {
            "labels": self.labels,
            "sharpness": self.sharpness,
            "held_out_accuracy": self.held_out_accuracy,
        }
        (folder / "linear.json").write_text(json.dumps(document, ensure_ascii=False, indent=1), "utf-8")

    @classmethod
    def load(cls, folder: Path) -> "LinearModel":
        """Read what `save` has written."""
        document = json.loads((folder / "linear.json").read_text("utf-8"))
        with np.load(folder / "linear.npz", allow_pickle=False) as arrays:
            weights, bias = arrays["weights"], arrays["bias"]
        return cls(tuple(document["labels"]), weights, bias, document["sharpness"], document["held_out_accuracy"])


def learn(features: sp.csr_matrix, labels: Sequence[str], groups: Sequence[str], cost: float) -> LinearModel:
    """Fit a one-against-the-rest linear SVM and its confidence.

    features: (examples, features). Examples of one group (the same sentence in two scripts) are never apart in
    calibration. Raises `TooFewIntentsError`.
    """
    names = tuple(sorted(set(labels)))
    if len(names) < 2:
        raise TooFewIntentsError(f"the examples have {len(names)} intent, at least 2 are needed")
    numbers = np.array([names.index(label) for label in labels])
    weights, bias = _fit(features, numbers, len(names), cost)
    decisions, known = _held_out_decisions(features, numbers, groups, cost, len(names))
    sharpness, accuracy = _calibrate(decisions[known], numbers[known])
    return LinearModel(names, weights.astype(np.float16), bias, sharpness, accuracy)


def softmax(decisions: Floats) -> Floats:
    """Row-wise softmax, shape (examples, labels)."""
    powers = np.exp(decisions - decisions.max(axis=1, keepdims=True))
    return powers / powers.sum(axis=1, keepdims=True)


def _fit(features: sp.csr_matrix, numbers: NDArray[np.int64], count: int, cost: float) -> tuple[Floats, Floats]:
    from sklearn.svm import LinearSVC

    machine = LinearSVC(C=cost, random_state=0).fit(features, numbers)
    # With two labels scikit-learn keeps one decision only.
    coefficients = machine.coef_ if count > 2 else np.vstack([-machine.coef_, machine.coef_])
    intercepts = machine.intercept_ if count > 2 else np.array([-machine.intercept_[0], machine.intercept_[0]])
    return np.ascontiguousarray(coefficients.T, dtype=np.float32), intercepts.astype(np.float32)


def _held_out_decisions(
    features: sp.csr_matrix, numbers: NDArray[np.int64], groups: Sequence[str], cost: float, count: int
) -> tuple[Floats, NDArray[np.bool_]]:
    decisions = np.zeros((len(numbers), count), dtype=np.float32)
    known = np.zeros(len(numbers), dtype=bool)
    folds = _folds(groups)
    for fold in range(CALIBRATION_FOLDS):
        inside, outside = folds != fold, folds == fold
        if len(set(numbers[inside])) != count or not outside.any():
            continue
        weights, bias = _fit(features[inside], numbers[inside], count, cost)
        decisions[outside] = features[outside] @ weights + bias
        known |= outside
    return decisions, known


def _folds(groups: Sequence[str]) -> NDArray[np.int64]:
    order = {group: number for number, group in enumerate(dict.fromkeys(groups))}
    return np.array([order[group] % CALIBRATION_FOLDS for group in groups])


def _calibrate(decisions: Floats, numbers: NDArray[np.int64]) -> tuple[float, float]:
    """Temperature scaling (Guo et al. 2017, https://arxiv.org/abs/1706.04599): sharpness is 1 / temperature."""
    if not len(numbers):
        return 1.0, 0.0

    def loss(exponent: float) -> float:
        right = softmax(decisions * np.exp(exponent))[np.arange(len(numbers)), numbers]
        return float(-np.log(np.maximum(right, 1e-12)).mean())

    best = minimize_scalar(loss, bounds=(-2.0, 4.0), method="bounded")
    return float(np.exp(best.x)), float((decisions.argmax(axis=1) == numbers).mean())
