"""The danger model, kept and used: a linear and a kernel part, over the whole message and its windows, and a sum."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from guidance.danger_features import BUCKETS, hashed, sentence_vectors
from language.encoder import Encoder

Floats = NDArray[np.float32]
VECTOR_LENGTH = 0.5
"""How much the sentence vector weighs beside the n-grams, whose vector has length 1 (found on held-out folds)."""
KERNEL_WIDTH = 1.5
"""Gamma of the kernel `exp(-gamma * |x - y|^2)` of two sentence vectors (found on held-out folds)."""
HEADS = 2
"""Rows of the linear part and first columns of the kernel part: any danger, urgent danger."""
SUMMED = 6
MODEL_FILE = "danger.npz"


@dataclass(frozen=True)
class Seen:
    """A message by the linear part, (parts, 2), and by the kernel part, (parts, 2 + signs); the whole of it first."""

    linear: Floats
    kernel: Floats

    def over(self, whole: "Seen") -> "Seen":
        """This message as one window of several that were looked at as a whole."""
        linear, kernel = np.vstack([whole.linear, self.linear[:1]]), np.vstack([whole.kernel, self.kernel[:1]])
        return Seen(linear, kernel)


@dataclass(frozen=True)
class Scored:
    """Logits, 0 where an alarm, or an urgent one, begins; `signs`, (signs,): the likelier the higher."""

    danger: float
    urgent: float
    signs: Floats


@dataclass(frozen=True)
class DangerModel:
    """What is learnt, and the languages of its thresholds.

    coefficients: (2, BUCKETS); of_vector: (2, dimension); intercepts: (2,); landmarks: (n, dimension);
    of_landmarks: (n, 2 + signs); sums: (2, 6): weights of linear whole and highest, kernel whole and highest, length,
    and 1; thresholds: (languages,), logits in the order of `languages`, of which the last, "", serves all others.
    """

    coefficients: Floats
    of_vector: Floats
    intercepts: Floats
    landmarks: Floats
    of_landmarks: Floats
    sums: Floats
    thresholds: Floats
    languages: NDArray[np.str_]

    def see(self, parts: Sequence[str], encoder: Encoder | None) -> Seen:
        """What is seen of a message: `parts` are the whole of it and then its windows, if any."""
        vectors = sentence_vectors(parts, encoder)
        of_vectors = vectors @ (VECTOR_LENGTH * self.of_vector.T) + self.intercepts
        linear = np.stack([self.coefficients[:, buckets] @ values for buckets, values in map(hashed, parts)])
        return Seen(linear + of_vectors, kernel_of(vectors, self.landmarks) @ self.of_landmarks)

    def score(self, seen: Seen, language: str) -> Scored:
        """Scores of a message."""
        danger, urgent = (summed(seen.linear[:, head], seen.kernel[:, head], self.sums[head]) for head in range(HEADS))
        return Scored(danger - self._threshold(language), urgent, seen.kernel[:, HEADS:].max(axis=0))

    def _threshold(self, language: str) -> float:
        found = np.flatnonzero(self.languages == language)
        return float(self.thresholds[found[0] if len(found) else -1])

    def save(self, folder: Path) -> None:
        """Write it, large arrays in half precision."""
        arrays: Mapping[str, NDArray[np.generic]] = {each.name: getattr(self, each.name) for each in fields(self)}
        halved = ("coefficients", "landmarks")
        np.savez_compressed(
            folder / MODEL_FILE,
            **{name: array.astype(np.float16) if name in halved else array for name, array in arrays.items()},
        )

    @classmethod
    def load(cls, folder: Path) -> "DangerModel":
        """Read what `save` has written; raises `OSError`, `TypeError` or `ValueError` where it is another thing."""
        with np.load(folder / MODEL_FILE, allow_pickle=False) as stored:
            arrays = {name: stored[name] for name in stored.files}
        model = cls(**{k: v if v.dtype.kind == "U" else v.astype(np.float32) for k, v in arrays.items()})
        if model.coefficients.shape != (HEADS, BUCKETS) or model.sums.shape != (HEADS, SUMMED):
            raise ValueError("arrays of another version")
        return model


def kernel_of(vectors: Floats, landmarks: Floats) -> Floats:
    """The kernel of unit vectors with the landmarks, (vectors, landmarks)."""
    return np.asarray(np.exp(-2 * KERNEL_WIDTH * (1 - vectors @ landmarks.T)), dtype=np.float32)


def summed(linear: Floats, kernel: Floats, weights: Floats) -> float:
    """One head's logit out of its parts, (parts,) each, the whole message first.

    The more windows, the higher the highest: so their number, as a logarithm, is a part of the sum.
    """
    length = np.log(len(linear))
    return float(weights @ np.array([linear[0], linear.max(), kernel[0], kernel.max(), length, 1], dtype=np.float32))
