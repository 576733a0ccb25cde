"""The words by which people mean a country, its people, a city, a document: read from the gazetteer, as stems."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import Any

from foundation.yaml_text import parse_yaml
from language.endings import SHORT_ENDINGS, Ending, ending_of
from language.folding import fold, skeleton
from language.variants import LANGUAGES

FILE = "gazetteer.yml"
SHORT_CHARS = 3
"""A word of so many letters is taken as it is written: its skeleton is some other word in one of our languages."""
_MARKS = "+*="
_SHORT = "_"


class GazetteerError(ValueError):
    """The gazetteer cannot be used; the message names the word and what is wrong with it."""


@dataclass(frozen=True)
class Meaning:
    """What a name means: kind (country, people, adjective, city, document, or word for a word around) and its id."""

    kind: str
    value: str
    country: str = ""


@dataclass(frozen=True)
class Stem:
    """One written form: the name that it stands for, which endings it takes, in which languages it is meant."""

    name: str
    is_open: bool
    is_exact: bool
    languages: frozenset[str]

    def ending(self, rest: str, last: str, language: str | None = None) -> Ending | None:
        """Return what the rest of a word says; None if this stem is not meant."""
        if language and self.languages and language not in self.languages:
            return None
        if not rest or self.is_exact:
            return None if rest else Ending.NONE
        if self.name.startswith(_SHORT):
            ending = ending_of(skeleton(rest), "") if skeleton(rest) in SHORT_ENDINGS else None
        else:
            ending = ending_of(rest, last)
        return ending or (Ending.OTHER if self.is_open else None)


class Gazetteer:
    """Names as sequences of stems, each with its meaning, and the stems by their skeleton."""

    def __init__(self) -> None:
        self.names: dict[tuple[str, ...], Meaning] = {}
        self._stems: defaultdict[str, list[Stem]] = defaultdict(list)
        self._longest = 0

    @classmethod
    def load(cls, folder: Path) -> "Gazetteer":
        """Read the gazetteer of a folder; raises `GazetteerError`."""
        document = parse_yaml((folder / FILE).read_text("utf-8"))
        gazetteer = cls()
        for meaning, words in _rows(document):
            for word in words.split(","):
                if word.strip():
                    gazetteer._add(word.strip(), meaning)
        gazetteer._add_longer_readings()
        return gazetteer

    def stem_of(self, word: str, key: str, language: str) -> tuple[str, Ending] | None:
        """Return the name and the ending of the longest stem that a word, with its skeleton `key`, begins with."""
        folded = fold(word)
        if len(folded) <= SHORT_CHARS and (short := self._stem_as_written(folded, language)):
            return short
        for length in range(min(len(key), self._longest), SHORT_CHARS - 1, -1):
            for stem in self._stems.get(key[:length], ()):
                ending = stem.ending(key[length:], key[length - 1], language)
                if ending:
                    return stem.name, ending
        return self._stem_as_written(folded, language)

    def _stem_as_written(self, folded: str, language: str) -> tuple[str, Ending] | None:
        for length in range(min(len(folded), SHORT_CHARS), 0, -1):
            for stem in self._stems.get(_SHORT + folded[:length], ()):
                ending = stem.ending(folded[length:], "", language)
                if ending:
                    return stem.name, ending
        return None

    def _add(self, phrase: str, meaning: Meaning) -> None:
        phrase, _, languages = phrase.partition("@")
        spoken = frozenset(languages.split("+")) if languages else frozenset()
        if unknown := spoken - set(LANGUAGES):
            raise GazetteerError(f"{FILE}: {phrase}@{languages}: {', '.join(sorted(unknown))} is none of our languages")
        name = tuple(self._add_stem(word, spoken, meaning.kind) for word in phrase.split())
        known = self.names.setdefault(name, meaning)
        if known != meaning:
            raise GazetteerError(f"{FILE}: {phrase} means both {known.value} and {meaning.value}")

    def _add_stem(self, word: str, languages: frozenset[str], kind: str) -> str:
        bare = word.rstrip(_MARKS)
        marks = word[len(bare) :]
        folded = fold(bare)
        is_short = len(folded) <= SHORT_CHARS
        name = _SHORT + folded if is_short else skeleton(bare).replace(" ", "")
        if not any(map(str.isalpha, name)):
            raise GazetteerError(f"{FILE}: {word!r} has no letters")
        is_exact = "=" in marks or (is_short and kind == "word" and "*" not in marks)
        self._put(name, Stem(name, "*" in marks, is_exact, languages))
        if kind == "people" and name.endswith("k"):
            self._put(f"{name[:-1]}h", Stem(name, False, False, languages))
        for form in _feminine_forms(bare) if "+" in marks else ():
            self._put(skeleton(form), Stem(name, False, True, languages))
        return name

    def _put(self, key: str, stem: Stem) -> None:
        if stem not in self._stems[key]:
            self._stems[key].append(stem)
        self._longest = max(self._longest, len(key))

    def _add_longer_readings(self) -> None:
        """A word is taken for the longest stem that it begins with; so a name also holds with longer stems in it."""
        ordered = sorted({stem.name for stems in self._stems.values() for stem in stems})
        longer = {name: tuple(self._longer_stems(name, ordered)) for name in ordered}
        for name, meaning in list(self.names.items()):
            for reading in product(*((part, *longer[part]) for part in name)):
                self.names.setdefault(reading, meaning)

    def _longer_stems(self, name: str, ordered: list[str]) -> Iterator[str]:
        at = bisect_left(ordered, name) + 1
        while at < len(ordered) and ordered[at].startswith(name):
            rest = ordered[at][len(name) :]
            if any(stem.ending(rest, name[-1]) for stem in self._stems[name]):
                yield ordered[at]
            at += 1


def _rows(document: Mapping[str, Any]) -> Iterator[tuple[Meaning, str]]:
    for code, country in document["countries"].items():
        yield Meaning("country", code, code), country["names"]
        yield Meaning("people", code, code), country["people"]
        yield Meaning("adjective", code, code), country["adjectives"]
        for city, words in country["cities"].items():
            yield Meaning("city", city, code), words
    for kind in ("document", "word"):
        for value, words in document[f"{kind}s"].items():
            yield Meaning(kind, value), words


def _feminine_forms(word: str) -> Iterator[str]:
    """The cases of Россия, Корея, Москва in both scripts; the endings that other languages add are not touched."""
    stem, is_latin = word[:-1], word[-1].isascii()
    if is_latin:
        stem = stem.removesuffix("y")
    if word.endswith(("ия", "iya")):
        yield from (stem + end for end in (("yu", "", "i", "ey", "yey") if is_latin else ("ю", "и", "ей")))
    elif word.endswith(("ея", "ья", "eya", "ya")):
        yield from (stem + end for end in (("yu", "i", "ey", "yey") if is_latin else ("ю", "и", "е", "ей")))
    else:
        yield from (stem + end for end in (("u", "y", "i", "e", "oy") if is_latin else ("у", "ы", "и", "е", "ой", "")))
