"""Deals examples into folds to hold out; like sentences stay together, or a sentence is judged by its translations."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import connected_components

FOLDS = 3
Folds = NDArray[np.int64]


def like_together(labels: Sequence[str], vectors: NDArray[np.float32]) -> Folds:
    """Fold of each example, (examples,): within a label, each lies in the fold of its nearest neighbour.

    vectors: (examples, size), of unit length. Translations, paraphrases and one sentence in two scripts are neighbours.
    """
    folds, names = np.zeros(len(labels), dtype=np.int64), np.array(labels)
    for turn, name in enumerate(dict.fromkeys(labels)):
        rows = np.flatnonzero(names == name)
        folds[rows] = (_largest_first(_neighbours(vectors[rows])) + turn) % FOLDS
    return folds


def same_together(groups: Sequence[str]) -> Folds:
    """Fold of each example, where examples of one group are the same; for pipelines without sentence vectors."""
    order = {group: number for number, group in enumerate(dict.fromkeys(groups))}
    return np.array([order[group] % FOLDS for group in groups], dtype=np.int64)


def _neighbours(vectors: NDArray[np.float32]) -> NDArray[np.int64]:
    """The part of each row; rows whose nearest neighbours hang together are one part. Too few parts are no parts."""
    count = len(vectors)
    if count <= FOLDS:
        return np.arange(count)
    likeness = vectors @ vectors.T
    np.fill_diagonal(likeness, -np.inf)
    links = csr_matrix((np.ones(count), (np.arange(count), likeness.argmax(axis=1))), shape=(count, count))
    parts, part_of = connected_components(links, directed=False)
    return np.asarray(part_of, dtype=np.int64) if parts >= FOLDS else np.arange(count)


def _largest_first(part_of: NDArray[np.int64]) -> NDArray[np.int64]:
    """Numbers parts by size, the largest 0, so that folds dealt in turn are about equal."""
    order = np.argsort(-np.bincount(part_of), kind="stable")
    return np.asarray(np.argsort(order)[part_of])
