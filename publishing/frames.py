"""Sentence frames: what remains of an example when names, numbers and places are masked."""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable
from functools import lru_cache

from language.folding import fold
from publishing.training_data import Example

MAX_ROWS_PER_FRAME = 3
MIN_FRAME_WORDS = 3
STEM_CHARS = 5
_WORD = re.compile(r"\w+")


def frame(text: str, places: Collection[str] = ()) -> str:
    """The frame of a text; `places` are folded names of countries, cities and peoples (matched by their stem)."""
    stems = _stems(frozenset(places))
    words = _WORD.findall(text)
    return " ".join(_masked(word, position, stems) for position, word in enumerate(words))


@lru_cache(maxsize=4)
def _stems(places: frozenset[str]) -> frozenset[str]:
    return frozenset(place[:STEM_CHARS] for place in places if len(place) >= STEM_CHARS)


def crowded_frames(examples: Iterable[Example], places: Collection[str] = ()) -> dict[str, list[Example]]:
    """The frames of three words or more that occur in more than three examples of one language."""
    found: dict[tuple[str, str], list[Example]] = defaultdict(list)
    for example in examples:
        pattern = frame(example.text, places)
        if len(pattern.split()) >= MIN_FRAME_WORDS:
            found[example.language, pattern].append(example)
    return {pattern: rows for (_, pattern), rows in found.items() if len(rows) > MAX_ROWS_PER_FRAME}


def _masked(word: str, position: int, stems: frozenset[str]) -> str:
    folded = _folded(word)
    is_name = position > 0 and word[:1].isupper() and not word.isupper()
    if any(char.isdigit() for char in word) or is_name or folded[:STEM_CHARS] in stems:
        return "#"
    return folded


@lru_cache(maxsize=1 << 16)
def _folded(word: str) -> str:
    return fold(word)
