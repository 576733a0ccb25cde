"""Check that nothing is said that Safar must never say: `forbidden_statements.yml` holds the patterns per language."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from publishing.finding import Finding
from publishing.said import LANGUAGES, Said

FILE = Path(__file__).with_name("forbidden_statements.yml")
_APOSTROPHES = str.maketrans(dict.fromkeys("‘’ʻʼ`´ʹ′", "'") | {"ё": "е", "\u00a0": " "})


@dataclass(frozen=True)
class Forbidden:
    """A statement that is wrong where `countries`, `topics` and `places` say; empty ones say everywhere."""

    id: str
    why: str
    patterns: Mapping[str, tuple[re.Pattern[str], ...]]
    countries: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    places: tuple[str, ...] = ()

    def found_in(self, text: str, language: str) -> str:
        """The words that say it; empty where the text does not."""
        folded = text.lower().translate(_APOSTROPHES)
        found = (pattern.search(folded) for pattern in self.patterns[language])
        return next((match.group().strip() for match in found if match), "")

    def concerns(self, said: Said) -> bool:
        """Whether it is wrong in this place; the wording is said in every country."""
        entry = said.entry
        is_there = entry is None or not self.countries or entry.country in self.countries
        is_of_topic = not self.topics or (entry is not None and entry.topic in self.topics)
        return is_there and is_of_topic and (not self.places or said.place in self.places)


def check_statements(texts: Iterable[Said], forbidden: Sequence[Forbidden]) -> Iterator[Finding]:
    """A finding for each forbidden statement, with its words and what is wrong with it."""
    for said in texts:
        here = [each for each in forbidden if each.concerns(said)]
        for statement, words in statements_in(said.text, said.language, here):
            yield said.finding(f"“{words}” says what is forbidden ({statement.id}): {statement.why}")


@lru_cache(maxsize=4)
def read_forbidden(file: Path = FILE) -> tuple[Forbidden, ...]:
    """All statements; raises `ValueError` where one lacks a language or a pattern cannot be read."""
    rows = yaml.safe_load(file.read_text("utf-8"))
    try:
        return tuple(_forbidden(row) for row in rows)
    except (KeyError, TypeError, re.error) as error:
        raise ValueError(
            f"{file}: a statement needs id, why and patterns in {', '.join(LANGUAGES)} ({error})"
        ) from error


def statements_in(text: str, language: str, forbidden: Sequence[Forbidden]) -> Iterator[tuple[Forbidden, str]]:
    """Those of the statements that a text makes, each with the words that make it."""
    for each in forbidden:
        if words := each.found_in(text, language):
            yield each, words


def _forbidden(row: Mapping[str, Any]) -> Forbidden:
    patterns = {language: tuple(map(re.compile, row["patterns"][language])) for language in LANGUAGES}
    parts = {name: tuple(row.get(name) or ()) for name in ("countries", "topics", "places")}
    return Forbidden(str(row["id"]), str(row["why"]), patterns, **parts)
