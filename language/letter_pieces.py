"""Cuts a message into the pieces of one to five letters by which its language is told."""

import re
import unicodedata
from collections.abc import Sequence
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

MAX_PIECE_CHARS = 5
MAX_TEXT_CHARS = 150

_NOISE = re.compile(r"https?://\S+|www\.\S+|\S+@\S+|@\w+|\{[^{}]*\}|<[^<>]*>")
_APOSTROPHES = str.maketrans(dict.fromkeys("`´ʻʼʽʹˈ‘’‛′‵＇", "'"))
_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*'?")
_FOUR_FOR_CH = re.compile(r"(?<=[a-z])4(?=[a-z])|\b4(?=to\b|as|e)")
_RUN = re.compile(r"(.)\1{2,}")


def words_of(text: str) -> list[str]:
    """Return the words of `text` as the model sees them: small letters, no addresses, digits or placeholders."""
    plain = unicodedata.normalize("NFC", _NOISE.sub(" ", text[: 2 * MAX_TEXT_CHARS])).lower().translate(_APOSTROPHES)
    return _WORD.findall(_RUN.sub(r"\1\1", _FOUR_FOR_CH.sub("ch", plain))[:MAX_TEXT_CHARS])


def pieces_of(words: Sequence[str]) -> list[str]:
    """Return the pieces of one to five characters of each word, its borders marked by a space."""
    pieces = list("".join(words))
    for word in words:
        padded = f" {word} "
        for size in range(2, min(MAX_PIECE_CHARS, len(padded)) + 1):
            pieces += [padded[start : start + size] for start in range(len(padded) - size + 1)]
    return pieces


def numbers_of(pieces: Sequence[str]) -> NDArray[np.uint32]:
    """Return the number of each piece, its CRC-32, by which a model knows it: shape (pieces,)."""
    return np.fromiter((crc32(piece.encode()) for piece in pieces), np.uint32, len(pieces))
