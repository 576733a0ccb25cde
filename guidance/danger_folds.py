"""Deals examples into folds to hold out: what is nearest to an example lies in its fold, translations too."""

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import connected_components

FOLDS = 3
NEAR = 0.6
"""Likeness (cosine) from which two examples count as tellings of the same thing."""
BLOCK = 1000


def like_together(vectors: NDArray[np.float32]) -> NDArray[np.int64]:
    """Fold of each example, (examples,); vectors: (examples, size), of unit length."""
    count = len(vectors)
    nearest, likeness = _nearest(vectors)
    linked = np.flatnonzero(likeness >= NEAR)
    links = csr_matrix((np.ones(len(linked)), (linked, nearest[linked])), shape=(count, count))
    _, group_of = connected_components(links, directed=False)
    order = np.argsort(-np.bincount(group_of), kind="stable")
    return np.asarray(np.argsort(order)[group_of] % FOLDS, dtype=np.int64)


def _nearest(vectors: NDArray[np.float32]) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
    nearest = np.zeros(len(vectors), dtype=np.int64)
    likeness = np.zeros(len(vectors), dtype=np.float32)
    for start in range(0, len(vectors), BLOCK):
        block = vectors[start : start + BLOCK] @ vectors.T
        rows = np.arange(len(block))
        block[rows, start + rows] = -1
        nearest[start : start + BLOCK] = block.argmax(axis=1)
        likeness[start : start + BLOCK] = block.max(axis=1)
    return nearest, likeness
