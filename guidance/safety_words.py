"""Words that people write when somebody comes, when they are alone again, and when they leave; from a file."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Literal, get_args

import yaml

from language.folding import skeleton
from language.transliteration import uzbek_to_cyrillic
from language.variants import LANGUAGES

FILE = "safety_words.yml"
Meaning = Literal["disguise", "resume", "exit"]
MEANINGS: tuple[Meaning, ...] = get_args(Meaning)
_DERIVED = "uz-Cyrl"


class SafetyWords:
    """Which messages are such words; only a whole message counts, in whatever script and spelling."""

    def __init__(self, words: Mapping[Meaning, Mapping[str, Sequence[str]]]) -> None:
        self._words = words
        self._meanings = {
            skeleton(word): meaning for meaning, by in words.items() for row in by.values() for word in row
        }

    @classmethod
    def load(cls, folder: Path) -> "SafetyWords":
        """Read the words; raises `ValueError` where a language has none, or one word has two meanings."""
        path = folder / FILE
        document = yaml.safe_load(path.read_text("utf-8"))
        words = {meaning: _complete(document.get(meaning), f"{path}: {meaning}") for meaning in MEANINGS}
        found: dict[str, Meaning] = {}
        for meaning, by in words.items():
            for word in (word for row in by.values() for word in row):
                if found.setdefault(skeleton(word), meaning) != meaning:
                    raise ValueError(f"{path}: {meaning}: “{word}” has another meaning too")
        return cls(words)

    def meaning(self, text: str) -> Meaning | None:
        """What this message means; None for every ordinary one."""
        return self._meanings.get(skeleton(text)) if len(text) <= 80 else None

    def word(self, meaning: Meaning, variant: str) -> str:
        """The word that people are told in this variant."""
        return self._words[meaning][variant][0]

    def folded(self) -> Mapping[str, Meaning]:
        """All words, folded as messages are, with their meaning."""
        return dict(self._meanings)


def _complete(by: Mapping[str, Sequence[str]] | None, where: str) -> Mapping[str, Sequence[str]]:
    missing = [each for each in LANGUAGES if each != _DERIVED and not (by or {}).get(each)]
    if by is None or missing:
        raise ValueError(f"{where}: no word in {', '.join(missing)}")
    return {_DERIVED: [uzbek_to_cyrillic(word) for word in by["uz"]], **by}
