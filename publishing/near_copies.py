"""Pairs of sentences that are nearly the same, found by their letter trigrams."""

from collections.abc import Iterator, Sequence
from functools import lru_cache

import numpy as np
from sklearn.feature_extraction.text import CountVectorizer

from language.folding import skeleton

NEAR = 0.7
"""Share of common letter trigrams (Jaccard) from which two sentences count as the same."""


def near_copies(ours: Sequence[str], theirs: Sequence[str], near: float = NEAR) -> Iterator[tuple[int, int]]:
    """Places of a sentence in `ours` and one in `theirs` that share at least `near` of their trigrams."""
    yield from ((first, second) for first, second, _ in shared_trigrams(ours, theirs, near))


@lru_cache(maxsize=1 << 17)
def folded(text: str) -> str:
    """The skeleton of a text, kept: several checks ask for the same sentences."""
    return skeleton(text)


def shared_trigrams(ours: Sequence[str], theirs: Sequence[str], at_least: float) -> Iterator[tuple[int, int, float]]:
    """The same, with the share of common trigrams (Jaccard)."""
    if not ours or not theirs:
        return
    grams = CountVectorizer(preprocessor=lambda text: f" {folded(text)} ", analyzer="char", ngram_range=(3, 3))
    counts = (grams.fit_transform([*ours, *theirs]) > 0).astype(np.int32)
    left, right = counts[: len(ours)], counts[len(ours) :]
    shared = (left @ right.T).tocoo()
    left_sizes, right_sizes = np.asarray(left.sum(1)).ravel(), np.asarray(right.sum(1)).ravel()
    shares = shared.data / (left_sizes[shared.row] + right_sizes[shared.col] - shared.data)
    near = shares >= at_least
    yield from zip(shared.row[near].tolist(), shared.col[near].tolist(), shares[near].tolist(), strict=True)


def near_copies_within(texts: Sequence[str], near: float = NEAR) -> Iterator[tuple[int, int]]:
    """Places of two sentences of `texts`, the earlier one first."""
    yield from ((first, second) for first, second in near_copies(texts, texts, near) if first < second)


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
