"""Sentences and words of a text, for counting how long they are."""

import re

_END = re.compile(r"(?<=[.!?…])[”»\"]?\s+(?=[^\W\d_a-zа-яёғӣқӯҳҷңөүәұһі]|[«“\"(\d])")
_PART = re.compile(r"(?<=[.:;!?…])\s+")
_WORD = re.compile(r"[^\W_]+(?:[’ʻʼ'`.,:/-][^\W_]+)*")


def sentences(text: str) -> list[str]:
    """The sentences of a text: each ends with a full stop, a question or exclamation mark."""
    return [part for part in _END.split(text.strip()) if count_words(part)]


def parts(text: str) -> list[str]:
    """Its parts between full stops, colons and semicolons: the periods of Björnsson's readability index LIX (1968)."""
    return [part for part in _PART.split(text.strip()) if count_words(part)]


def count_words(text: str) -> int:
    """How many words: what stands between spaces and holds a letter or digit; an address is one word."""
    return len(_WORD.findall(text))
