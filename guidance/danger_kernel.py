"""Learns the kernel part: ridge regression on a Nyström map of sentence vectors (Williams and Seeger 2001)."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.linalg import cholesky, solve, solve_triangular

from guidance.danger_model import Floats, kernel_of

LANDMARKS = 1000
RIDGE = 0.3
"""Weight of the penalty, beside a sum over examples (found on held-out folds)."""
_JITTER = 1e-4


@dataclass(frozen=True)
class Task:
    """What some columns learn: targets (examples, columns), weights (examples,); weight 0 leaves an example out."""

    targets: NDArray[np.float64]
    weights: NDArray[np.float64]


@dataclass(frozen=True)
class Products:
    """Weighted inner products of mapped rows: `gram` (landmarks, landmarks), `targets` (landmarks, columns)."""

    gram: Floats
    targets: Floats

    def __add__(self, other: "Products") -> "Products":
        return Products(self.gram + other.gram, self.targets + other.targets)

    def __sub__(self, other: "Products") -> "Products":
        return Products(self.gram - other.gram, self.targets - other.targets)


class KernelPart:
    """Vectors seen through their landmarks; solves tasks on some of them."""

    def __init__(self, vectors: Floats, candidates: NDArray[np.int64]) -> None:
        """vectors: (examples, dimension), unit length; landmarks are drawn evenly from `candidates`."""
        chosen = candidates[np.linspace(0, len(candidates) - 1, min(LANDMARKS, len(candidates))).astype(np.int64)]
        self.landmarks = vectors[chosen].astype(np.float16).astype(np.float32)
        among = kernel_of(self.landmarks, self.landmarks) + _JITTER * np.eye(len(chosen), dtype=np.float32)
        self._factor = cholesky(among, lower=True)
        self._mapped = solve_triangular(self._factor, self.kernel(vectors).T, lower=True).T

    def kernel(self, vectors: Floats) -> Floats:
        """Kernel values with the landmarks, (vectors, landmarks)."""
        return kernel_of(vectors, self.landmarks)

    def products(self, task: Task, rows: NDArray[np.int64]) -> Products:
        """What a task needs of these rows; those of disjoint rows can be added."""
        used = rows[task.weights[rows] > 0]
        weighted = self._mapped[used] * task.weights[used, None].astype(np.float32)
        return Products(weighted.T @ self._mapped[used], weighted.T @ task.targets[used].astype(np.float32))

    def solve(self, products: Products) -> Floats:
        """Weights of the landmarks' kernel values, (landmarks, columns)."""
        ridge = RIDGE * np.eye(len(self.landmarks), dtype=np.float32)
        found = solve(products.gram + ridge, products.targets, assume_a="pos")
        return np.asarray(solve_triangular(self._factor, found, lower=True, trans="T"), dtype=np.float32)
