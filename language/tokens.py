"""Cuts a text into words, numbers and signs, each with its place and its skeleton."""

import re
from functools import lru_cache
from typing import NamedTuple

from language.folding import skeleton

MAX_WORD_CHARS = 60
"""A longer run of letters is no word of ours and is not looked at."""
_MARKS = "\u0300-\u036f"
_LETTER = rf"[^\W\d_][{_MARKS}]*"
_APOSTROPHES = "'`´ʻʼʽʹˈ‘’‛′＇"
_TOKEN = re.compile(rf"(?:{_LETTER})+(?:[{_APOSTROPHES}](?:{_LETTER})+)*|\d+|\S")


class Token(NamedTuple):
    """A word, a number or one sign; `key` is the skeleton of a word, the digits of a number, the sign itself."""

    text: str
    start: int
    end: int
    key: str
    is_word: bool
    is_number: bool


def split_tokens(text: str) -> list[Token]:
    """Return the tokens of `text` in order; never raises."""
    return [Token(m.group(), m.start(), m.end(), *_reading(m.group())) for m in _TOKEN.finditer(text)]


def small_number(token: Token, max_digits: int = 2) -> int | None:
    """Return the number that a token of at most `max_digits` digits is; None for everything else."""
    return int(token.text) if token.is_number and len(token.text) <= max_digits else None


def _reading(text: str) -> tuple[str, bool, bool]:
    """Key, is a word, is a number."""
    return _cached_reading(text) if len(text) <= MAX_WORD_CHARS else ("", False, False)


@lru_cache(maxsize=16384)
def _cached_reading(text: str) -> tuple[str, bool, bool]:
    if not text[0].isalpha():
        return text, False, text.isdecimal()
    return skeleton(text).replace(" ", ""), True, False
