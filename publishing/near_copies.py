"""Pairs of sentences that are nearly the same, found by their letter trigrams."""

from collections.abc import Iterator, Sequence
from functools import lru_cache

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.feature_extraction.text import CountVectorizer

from language.folding import skeleton

NEAR = 0.7
"""Share of common letter trigrams (Jaccard) from which two sentences count as the same."""


def near_copies(ours: Sequence[str], theirs: Sequence[str], near: float = NEAR) -> Iterator[tuple[int, int]]:
    """Places of a sentence in `ours` and one in `theirs` that share at least `near` of their trigrams."""
    yield from ((first, second) for first, second, _ in shared_trigrams(ours, theirs, near))


ROWS_AT_ONCE = 1000


@lru_cache(maxsize=1 << 17)
def folded(text: str) -> str:
    """The skeleton of a text, kept: several checks ask for the same sentences."""
    return skeleton(text)


def shared_trigrams(ours: Sequence[str], theirs: Sequence[str], at_least: float) -> Iterator[tuple[int, int, float]]:
    """The same, with the share of common trigrams (Jaccard)."""
    if ours and theirs:
        counts = _trigrams([*ours, *theirs])
        yield from _shared(counts[: len(ours)], counts[len(ours) :], at_least)


def near_copies_within(texts: Sequence[str], near: float = NEAR) -> Iterator[tuple[int, int]]:
    """Places of two sentences of `texts`, the earlier one first."""
    if not texts:
        return
    counts = _trigrams(texts)
    for start in range(0, len(texts), ROWS_AT_ONCE):
        pairs = _shared(counts[start : start + ROWS_AT_ONCE], counts[start:], near)
        yield from ((start + first, start + second) for first, second, _ in pairs if first < second)


def _trigrams(texts: Sequence[str]) -> csr_matrix:
    """One row for each text: 1 for each letter trigram that it has."""
    grams = CountVectorizer(
        preprocessor=lambda text: f" {folded(text)} ", analyzer="char", ngram_range=(3, 3), binary=True, dtype=np.int32
    )
    return grams.fit_transform(texts)


def _shared(left: csr_matrix, right: csr_matrix, at_least: float) -> Iterator[tuple[int, int, float]]:
    left_sizes, right_sizes = np.diff(left.indptr), np.diff(right.indptr)
    shared = left @ right.T
    rows = np.repeat(np.arange(len(left_sizes)), np.diff(shared.indptr))
    shares = shared.data / (left_sizes[rows] + right_sizes[shared.indices] - shared.data)
    near = shares >= at_least
    yield from zip(rows[near].tolist(), shared.indices[near].tolist(), shares[near].tolist(), strict=True)


def edit_distance(one: str, other: str) -> float:
    """Levenshtein's distance of two texts as a share of the longer one, 0 to 1 (Levenshtein 1966)."""
    if not one or not other:
        return float(one != other)
    row = np.arange(len(other) + 1)
    steps = np.arange(len(other) + 1)
    letters = np.array([ord(char) for char in other])
    for number, char in enumerate(one, 1):
        replaced = row[:-1] + (letters != ord(char))
        best = np.minimum(row[1:] + 1, replaced)
        best = np.concatenate(([number], best))
        row = np.minimum.accumulate(best - steps) + steps
    return float(row[-1]) / max(len(one), len(other))
