"""Reads texts in the languages that Safar speaks: our own content, and public texts of programs."""

import csv
import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from zlib import crc32

import yaml

from language.folding import skeleton
from language.training.labelled_text import LabelledText, script_of
from language.training.lexicon import read_lexicon

LANGUAGES = ("ru", "uz", "tg", "ky", "kk", "en")
_EVERYDAY = Path(__file__).with_name("everyday_sentences.tsv")
_GREETINGS = Path(__file__).with_name("greetings.tsv")
_MAX_TEXTS_OF_PROGRAMS = 7_000
# Who asks for another language writes in that one.
_IN_ANY_LANGUAGE = {"meta.language"}
_IN_BRACKETS = re.compile(r"\([^)]*\)")


def read_content(folder: Path) -> Iterator[LabelledText]:
    """Yield what people write (nlu, danger, parallel) and what they read (faq) in all languages of our content."""
    for language in LANGUAGES:
        for path in sorted((folder / "nlu" / language).glob("*.yml")):
            for intent in yaml.safe_load(path.read_text("utf-8")).get("nlu") or []:
                lines = [] if intent.get("intent") in _IN_ANY_LANGUAGE else intent["examples"].splitlines()
                texts = (line.strip().removeprefix("- ") for line in lines)
                yield from (LabelledText(text, language, 6) for text in texts if any(map(str.isalpha, text)))
        path = folder / "danger" / f"{language}.yml"
        if path.exists():
            content = yaml.safe_load(path.read_text("utf-8"))
            told = [texts for level in ("urgent", "concern") for texts in content[level].values()]
            for texts in (*told, content["none"]):
                yield from (LabelledText(str(text), language, 6) for text in texts or ())
    for path in sorted((folder / "parallel").glob("*.tsv")):
        for row in _rows(path):
            yield from (LabelledText(row[language], language, 4) for language in LANGUAGES if row[language])
    for path in sorted((folder / "faq").rglob("*.yml")):
        yield from _read_entry(yaml.safe_load(path.read_text("utf-8")))


def _read_entry(entry: Mapping[str, Mapping[str, str | list[str]]]) -> Iterator[LabelledText]:
    for part in ("questions", "answer", "steps"):
        for variant, texts in (entry.get(part) or {}).items():
            for text in [texts] if isinstance(texts, str) else texts:
                yield LabelledText(text, variant.partition("-")[0], 4)


def read_words(folder: Path) -> Iterator[LabelledText]:
    """Yield the words of the lexicon below `folder`; raises `LexiconError`."""
    for concept in read_lexicon(folder / "lexicon"):
        for language, words in concept.words.items():
            plain = (_IN_BRACKETS.sub("", word).strip() for word in words)
            yield from (LabelledText(word, language, 2) for word in plain if word)


def read_programs(path: Path) -> Iterator[LabelledText]:
    """Yield texts of programs, the same number of each language at most, chosen by their hash."""
    rows = sorted(_rows(path), key=lambda row: crc32(row["key"].encode("utf-8")))
    for language, column in [*zip(LANGUAGES, LANGUAGES, strict=True), ("uz", "uz_cyrl")]:
        script = "Latn" if column in ("en", "uz") else "Cyrl"
        texts = (text for row in rows if len(text := row[column] or "") > 3 and script_of(text) == script)
        for text, _ in zip(texts, range(_MAX_TEXTS_OF_PROGRAMS), strict=False):
            yield LabelledText(text, language, 3 if language in ("ky", "kk") else 2)


def read_everyday_sentences() -> Iterator[LabelledText]:
    """Yield everyday sentences in those of our languages of which the content holds least."""
    yield from (LabelledText(row["text"], row["language"], 16) for row in _rows(_EVERYDAY))


def read_greetings() -> Iterator[LabelledText]:
    """Yield greetings and thanks in the languages that share them, all with the same weight."""
    yield from (LabelledText(row["text"], row["language"], 24) for row in _rows(_GREETINGS))


def is_borrowed_greeting(own: LabelledText) -> bool:
    """Whether a Russian or English text is a greeting of our other languages and nothing else."""
    words = skeleton(own.text).split()
    return own.language in ("ru", "en") and bool(words) and set(words) <= _words_of_greetings()


@cache
def _words_of_greetings() -> frozenset[str]:
    others = (greeting for greeting in read_greetings() if greeting.language not in ("ru", "en"))
    return frozenset(word for greeting in others for word in skeleton(greeting.text).split() if len(word) > 3)


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
