"""Macro F1 of language identification with its 95 % interval."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from benchmarks.language.intervals import RESAMPLES, SEED, Figure


def confusion_of(truth: Sequence[str], found: Sequence[str], names: Sequence[str]) -> NDArray[np.int64]:
    """Return the counts of true language by found language, shape (names, names), both in the order of `names`."""
    place = {name: number for number, name in enumerate(names)}
    counts = np.zeros((len(names), len(names)), dtype=np.int64)
    for true, each in zip(truth, found, strict=True):
        counts[place[true], place[each]] += 1
    return counts


def macro_f1(confusion: NDArray[np.int64]) -> NDArray[np.float64]:
    """Return the mean F1 over the languages that have rows; shape (..., names, names) gives shape (...)."""
    right = np.diagonal(confusion, axis1=-2, axis2=-1).astype(np.float64)
    rows, found = confusion.sum(axis=-1), confusion.sum(axis=-2)
    scores = 2 * right / np.maximum(1, rows + found)
    present = rows > 0
    means: NDArray[np.float64] = (scores * present).sum(axis=-1) / np.maximum(1, present.sum(axis=-1))
    return means


def macro_f1_measured(confusion: NDArray[np.int64]) -> Figure:
    """Return the macro F1 with the percentile bootstrap of the rows, drawn anew within each true language."""
    random = np.random.default_rng(SEED)
    rows = confusion.sum(axis=1)
    shares = confusion / np.maximum(1, rows)[:, None]
    drawn = np.stack(
        [
            random.multinomial(count, share / share.sum(), size=RESAMPLES)
            if count
            else np.zeros((RESAMPLES, len(share)), dtype=np.int64)
            for count, share in zip(rows, shares, strict=True)
        ],
        axis=1,
    )
    low, high = np.percentile(macro_f1(drawn), [2.5, 97.5])
    return Figure(float(macro_f1(confusion)), float(low), float(high))


def without_rows_of(confusion: NDArray[np.int64], place: int) -> NDArray[np.int64]:
    """Return `confusion` without the rows whose true language stands at `place`; answers with it stay, as misses."""
    kept = confusion.copy()
    kept[place] = 0
    return kept
