"""Reads the labelled rows of language identification and writes them as people type them.

The habits are those of `language.training.noise` and `language.folding`, by which ours was trained too: the noisy sets
show that ours has learnt them, on sentences that it has not seen, not how it does on habits that nobody thought of.
Our own held-out sentences were written by hand, among them Latin-typed ones.
"""

import csv
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random
from zlib import crc32

from benchmarks.language.intervals import SEED
from language.folding import fold
from language.training import noise
from publishing.held_out import read_held_out

LANGUAGES = ("ru", "uz", "tg", "ky", "kk", "en", "other")
# Labels of the public rows: those of our variants, and four languages that Safar does not speak.
SPOKEN = {"ru": "ru", "uz": "uz", "uz_cyrl": "uz", "tg": "tg", "ky": "ky", "kk": "kk", "en": "en"}
_CYRILLIC = ("ru", "uz_cyrl", "tg", "ky", "kk")
_MIXING = ("uz", "uz_cyrl", "tg", "ky", "kk")


@dataclass(frozen=True)
class LabelledText:
    """A text, the label of its row, the language to be found, and its length class or its style."""

    text: str
    label: str
    language: str
    kind: str


def read_sets(data: Path, held_out: Path) -> dict[str, list[LabelledText]]:
    """Return every set that is measured, by name; the noisy ones are the same sentences, typed otherwise."""
    folder = data / "eval" / "lid"
    sentences = _read(folder / "lid_eval.tsv", "length_class")
    own = [LabelledText(row.text, row.language, row.language, row.style) for row in read_held_out(held_out)]
    return {
        "sentences": sentences,
        "1-3 words": _read(folder / "lid_fragments.tsv", "words"),
        "folded": _typed(sentences, lambda row, _: fold(row.text)),
        "without special letters": _typed(sentences, without_special_letters),
        "in Latin letters": _typed(sentences, in_latin_letters),
        "mixed with Russian words": _typed(sentences, mixed_with_russian),
        "our own held-out": own,
    }


def without_special_letters(row: LabelledText, random: Random) -> str:
    """The text as typed on a keyboard without the special letters of its alphabet."""
    if row.label in _CYRILLIC:
        return noise.without_special_letters(row.text, random)
    return noise.in_uzbek_habits(row.text, random) if row.label == "uz" else fold(row.text)


def in_latin_letters(row: LabelledText, random: Random) -> str:
    """A Cyrillic text typed in Latin letters, an Uzbek one as on a phone; the others in small letters."""
    if row.label in _CYRILLIC:
        return noise.romanised(row.text, random)
    return noise.in_uzbek_habits(row.text, random) if row.label == "uz" else row.text.lower()


def mixed_with_russian(row: LabelledText, random: Random) -> str:
    """The text with Russian words in it where those who write the language do so, the others as they are."""
    if row.label not in _MIXING:
        return row.text
    return noise.with_russian_words(row.text, random, is_latin=row.label == "uz")


def share_of_ambiguous(rows: Iterable[LabelledText]) -> float:
    """Return the share of texts that stand in the set under more than one language: nobody can get all of them."""
    languages: dict[str, set[str]] = {}
    texts = [(row.text.casefold(), row.language) for row in rows]
    for text, language in texts:
        languages.setdefault(text, set()).add(language)
    return sum(len(languages[text]) > 1 for text, _ in texts) / max(1, len(texts))


def _typed(rows: Iterable[LabelledText], typing: Callable[[LabelledText, Random], str]) -> list[LabelledText]:
    typed = [replace(row, text=typing(row, Random(crc32(row.text.encode()) ^ SEED))) for row in rows]
    return [row for row in typed if any(map(str.isalpha, row.text))]


def _read(path: Path, kind: str) -> list[LabelledText]:
    with path.open(encoding="utf-8", newline="") as lines:
        return [_row(line, kind) for line in csv.DictReader(lines, delimiter="\t")]


def _row(line: Mapping[str, str], kind: str) -> LabelledText:
    return LabelledText(line["text"], line["lang"], SPOKEN.get(line["lang"], "other"), line[kind])
