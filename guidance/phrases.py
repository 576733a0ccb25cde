"""Finds phrases in a text whatever its script, spelling and endings."""

import re
from collections.abc import Iterable

from language.folding import skeleton

WORDS_BETWEEN = 3
_ENDING = r"\w*"


def compile_phrases(phrases: Iterable[str]) -> re.Pattern[str]:
    """One pattern over skeletons: `word*` has any ending, `*word` any beginning, `..` up to three words between.

    Raises `ValueError` for a phrase without a letter or digit.
    """
    return re.compile("|".join(_pattern(phrase) for phrase in phrases) or r"(?!)")


def is_in(pattern: re.Pattern[str], text: str) -> bool:
    """Whether one of the phrases is in the text."""
    return pattern.search(f" {_letters(text)} ") is not None


def _pattern(phrase: str) -> str:
    parts: list[str] = []
    for word in phrase.split():
        if word == "..":
            parts.append(rf"(?: \w+){{0,{WORDS_BETWEEN}}}")
        elif word == "*":
            parts.append(r" \w+")
        elif bare := _letters(word):
            parts.append(" " + _ENDING * word.startswith("*") + re.escape(bare) + _ENDING * word.endswith("*"))
    if not any(part.strip() for part in parts):
        raise ValueError(f"{phrase!r} has no word")
    return "".join(parts) + "(?= )"


def _letters(text: str) -> str:
    """The skeleton, with Tajik ҷ as it is typed where the keyboard lacks it: ч."""
    return skeleton(text).replace("ch", "j")
