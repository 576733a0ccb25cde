"""Words that mean one thing when they are the whole message, in any language, script and spelling; from a file."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Generic, TypeVar

import yaml

from language.folding import skeleton
from language.transliteration import uzbek_to_cyrillic
from language.variants import LANGUAGES

MAX_CHARS = 80
_DERIVED = "uz-Cyrl"
M = TypeVar("M", bound=str)


class MessageWords(Generic[M]):
    """Which messages are such words, and what each means."""

    def __init__(self, words: Mapping[M, Mapping[str, Sequence[str]]]) -> None:
        self._words = words
        self._meanings = {
            skeleton(word): meaning for meaning, by in words.items() for row in by.values() for word in row
        }

    def meaning(self, text: str) -> M | None:
        """What this message means; None for every ordinary one."""
        return self._meanings.get(skeleton(text)) if len(text) <= MAX_CHARS else None

    def word(self, meaning: M, variant: str) -> str:
        """The word that people are told in this variant."""
        return self._words[meaning][variant][0]

    def folded(self) -> Mapping[str, M]:
        """All words, folded as messages are, with their meaning."""
        return dict(self._meanings)


def read_words(path: Path, meanings: Sequence[M]) -> Mapping[M, Mapping[str, Sequence[str]]]:
    """Read the words; raises `ValueError` where a language has none, or one word has two meanings."""
    document = yaml.safe_load(path.read_text("utf-8"))
    words = {meaning: _complete(document.get(meaning), f"{path}: {meaning}") for meaning in meanings}
    found: dict[str, M] = {}
    for meaning, by in words.items():
        for word in (word for row in by.values() for word in row):
            if found.setdefault(skeleton(word), meaning) != meaning:
                raise ValueError(f"{path}: {meaning}: “{word}” has another meaning too")
    return words


def _complete(by: Mapping[str, Sequence[str]] | None, where: str) -> Mapping[str, Sequence[str]]:
    missing = [each for each in LANGUAGES if each != _DERIVED and not (by or {}).get(each)]
    if by is None or missing:
        raise ValueError(f"{where}: no word in {', '.join(missing)}")
    return {_DERIVED: [uzbek_to_cyrillic(word) for word in by["uz"]], **by}
