"""What the danger detector sees of a text: hashed n-grams of its skeleton, its sentence vector, its windows."""

import re
import zlib
from collections.abc import Iterator, Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from language.encoder import Encoder
from language.folding import skeleton

BUCKETS = 1 << 17
CHAR_NGRAMS = (3, 5)
MAX_CHARS = 2000
DIMENSION_WITHOUT_ENCODER = 256
MAX_WINDOWS = 12
MIN_WINDOW_WORDS, LONG_SENTENCE_WORDS, CLAUSES_WORDS = 3, 25, 10
CACHED_WORDS = 1 << 15
PAIR_FACTOR, SKIP_FACTOR = 1_000_003, 786_433
"""Make one number of two words' numbers, other ones for neighbours and for words with one between them."""
_SENTENCE_END = re.compile(r"(?<=[.!?…;])\s+|\n+")
_CLAUSE_END = re.compile(r"(?<=[,:])\s+")

Hashed = tuple[NDArray[np.int64], NDArray[np.float32]]


def hashed(text: str) -> Hashed:
    """Buckets of a text's n-grams, and values that make a vector of length 1; words, pairs, pieces of words."""
    buckets, counts = np.unique(_buckets(folded(text).split()), return_counts=True)
    values = (1 + np.log(counts)).astype(np.float32)
    return buckets, values / np.float32(max(float(np.linalg.norm(values)), 1e-9))


@lru_cache(maxsize=64)
def folded(text: str) -> str:
    """The skeleton of what is looked at of a text."""
    return skeleton(text[:MAX_CHARS])


def windows(text: str) -> tuple[str, ...]:
    """Parts of a long message that may be dangerous alone: its sentences, very long ones cut at commas.

    Empty where the message is one sentence: then the whole says all.
    """
    parts: list[str] = []
    for part in _pieces(text[:MAX_CHARS]):
        if parts and len(part.split()) < MIN_WINDOW_WORDS:
            parts[-1] += f" {part}"
        else:
            parts.append(part)
    return tuple(parts[:MAX_WINDOWS]) if len(parts) > 1 else ()


def sentence_vectors(texts: Sequence[str], encoder: Encoder | None) -> NDArray[np.float32]:
    """Vectors of shape (texts, dimension); without an encoder the n-grams, folded to `DIMENSION_WITHOUT_ENCODER`."""
    if encoder is not None:
        return encoder.encode([text[:MAX_CHARS] for text in texts])
    vectors = np.zeros((len(texts), DIMENSION_WITHOUT_ENCODER), dtype=np.float32)
    for row, (buckets, values) in enumerate(map(hashed, texts)):
        np.add.at(vectors[row], buckets % DIMENSION_WITHOUT_ENCODER, values * np.where(buckets & (1 << 12), 1, -1))
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    return np.asarray(vectors / np.maximum(lengths, 1e-9), dtype=np.float32)


def _pieces(text: str) -> Iterator[str]:
    for sentence in _SENTENCE_END.split(text):
        if len(sentence.split()) <= LONG_SENTENCE_WORDS:
            yield from filter(None, [sentence.strip()])
        else:
            yield from _clauses(sentence)


def _clauses(sentence: str) -> Iterator[str]:
    words: list[str] = []
    for clause in _CLAUSE_END.split(sentence):
        words += clause.split()
        if len(words) >= CLAUSES_WORDS:
            yield " ".join(words)
            words = []
    if words:
        yield " ".join(words)


def _buckets(words: Sequence[str]) -> NDArray[np.int64]:
    if not words:
        return np.zeros(0, dtype=np.int64)
    known = [_of_word(word) for word in words]
    numbers = np.array([number for number, _ in known], dtype=np.int64)
    pairs = (numbers[:-1] * PAIR_FACTOR + numbers[1:]) % BUCKETS
    skips = (numbers[:-2] * SKIP_FACTOR + numbers[2:]) % BUCKETS
    return np.concatenate([*(pieces for _, pieces in known), pairs, skips])


@lru_cache(maxsize=CACHED_WORDS)
def _of_word(word: str) -> tuple[int, NDArray[np.int64]]:
    """A word's number, and the buckets of the word and of its pieces."""
    padded = f" {word} "
    pieces = [
        padded[start : start + length]
        for length in range(CHAR_NGRAMS[0], CHAR_NGRAMS[1] + 1)
        for start in range(len(padded) - length + 1)
    ]
    numbers = [_number(f"w {word}"), *map(_number, pieces)]
    return numbers[0], np.array(numbers, dtype=np.int64) % BUCKETS


def _number(feature: str) -> int:
    return zlib.crc32(feature.encode("utf-8", "surrogatepass"))
