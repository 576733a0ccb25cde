"""Ways to hold training examples out: each sentence alone, like sentences together, a third of each intent."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from benchmarks.language.intervals import SEED
from bot.engine.linear_model import CALIBRATION_FOLDS

Folds = NDArray[np.int64]
BY_SENTENCE, BY_LIKENESS, BY_THIRD = "sentences", "like sentences together", "thirds of an intent"
LANGUAGES = 6


def folds_of(labels: Sequence[str], groups: Sequence[str], vectors: NDArray[np.float32]) -> dict[str, Folds]:
    """The three ways: fold numbers of shape (examples,). `vectors` are of the sentence encoder, (examples, size).

    Like sentences are found by k-means within an intent, in as many parts as it has examples a language: a part is
    about one sentence and its translations. New sentences of people have no such twins among the examples.
    """
    return {
        BY_SENTENCE: by_sentence(groups),
        BY_LIKENESS: by_parts(labels, vectors, None),
        BY_THIRD: by_parts(labels, vectors, CALIBRATION_FOLDS),
    }


def by_sentence(groups: Sequence[str]) -> Folds:
    """As the engine holds out: one sentence in two scripts is never apart."""
    order = {group: number for number, group in enumerate(dict.fromkeys(groups))}
    return np.array([order[group] % CALIBRATION_FOLDS for group in groups])


def by_parts(labels: Sequence[str], vectors: NDArray[np.float32], parts: int | None) -> Folds:
    """Parts of like sentences within each intent; a part lies in one fold as a whole."""
    from sklearn.cluster import KMeans

    folds = np.zeros(len(labels), dtype=np.int64)
    names = np.array(labels)
    for turn, name in enumerate(dict.fromkeys(labels)):
        rows = np.flatnonzero(names == name)
        count = min(len(rows), parts or max(CALIBRATION_FOLDS, len(rows) // LANGUAGES))
        part_of = KMeans(count, n_init=1, max_iter=50, random_state=SEED).fit_predict(vectors[rows])
        folds[rows] = (_in_order_of_size(part_of) + turn) % CALIBRATION_FOLDS
    return folds


def _in_order_of_size(part_of: NDArray[np.int64]) -> NDArray[np.int64]:
    """The largest part is number 0, so that folds dealt in turn are about equal."""
    order = np.argsort(-np.bincount(part_of), kind="stable")
    return np.asarray(np.argsort(order)[part_of])
