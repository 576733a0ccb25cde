"""Which training examples are nearly the same as a held-out sentence: such a sentence would measure nothing."""

from collections import Counter
from collections.abc import Iterator, Sequence

from publishing.near_copies import NEAR, edit_distance, folded, shared_trigrams

MIN_DISTANCE = 0.2
"""A held-out sentence must be at least this far, in edits by letter, from every training sentence."""
CANDIDATE = 0.2
"""Sentences within that distance share at least so many of their trigrams (one edit spoils at most three)."""


def near_duplicates(texts: Sequence[str], held_out: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Pairs of a text and the held-out sentence that it is nearly the same as, by trigrams or by edits."""
    for ours, theirs, share in shared_trigrams(texts, held_out, CANDIDATE):
        one, other = texts[ours], held_out[theirs]
        if share >= NEAR or _is_close(folded(one), folded(other)):
            yield one, other


def _is_close(one: str, other: str) -> bool:
    shorter, longer = sorted((len(one), len(other)))
    if shorter <= (1 - MIN_DISTANCE) * longer or _least_edits(one, other) >= MIN_DISTANCE * longer:
        return False
    return edit_distance(one, other) < MIN_DISTANCE


def _least_edits(one: str, other: str) -> int:
    """So many edits at least, by the letters that one text has and the other lacks (Bartolini et al. 2002)."""
    ours, theirs = Counter(one), Counter(other)
    return max((ours - theirs).total(), (theirs - ours).total())
