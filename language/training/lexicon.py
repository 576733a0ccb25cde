"""Reads the lexicon, `data/lexicon/*.tsv`: words of one meaning side by side in six languages."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

LANGUAGES = ("en", "ru", "uz", "tg", "ky", "kk")
BETWEEN = " | "
"""Parts the words of one cell: other words for the same thing, or other stems of the same word."""


class LexiconError(Exception):
    """A file of the lexicon cannot be read; the message names file, line and reason."""


@dataclass(frozen=True)
class Concept:
    """One meaning: its words as written, by language, Uzbek in Latin letters; and where it stands."""

    words: dict[str, tuple[str, ...]]
    file: Path
    line: int


def read_lexicon(folder: Path) -> tuple[Concept, ...]:
    """All concepts below `folder`, none where there is no such folder; raises `LexiconError`."""
    return tuple(concept for file in sorted(folder.glob("*.tsv")) for concept in _of_file(file))


def _of_file(file: Path) -> Iterator[Concept]:
    with file.open(encoding="utf-8", newline="") as lines:
        rows = csv.reader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
        if tuple(next(rows, [])) != LANGUAGES:
            raise LexiconError(f"{file}:1: the first line must name the columns {', '.join(LANGUAGES)}")
        for number, cells in enumerate(rows, 2):
            if len(cells) != len(LANGUAGES):
                raise LexiconError(f"{file}:{number}: {len(cells)} cells instead of {len(LANGUAGES)}; tabs divide them")
            words = {language: _words(cell) for language, cell in zip(LANGUAGES, cells, strict=True)}
            yield Concept(words, file, number)


def _words(cell: str) -> tuple[str, ...]:
    return tuple(word.strip() for word in cell.split(BETWEEN))
