"""How dangerous a message sounds: none, concern or urgent; on folded n-grams and read phrases, without Rasa."""

import json
import math
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from language.encoder import Encoder, EncoderError, load_encoder
from language.folding import skeleton

Level = Literal["none", "concern", "urgent"]
LEVELS: tuple[Level, ...] = ("none", "concern", "urgent")

BUCKETS = 1 << 17
CHAR_NGRAMS = (3, 5)
MAX_CHARS = 2000
SHORT_CHARS = 25
MIN_PHRASE_CHARS = 5
VECTOR_LENGTH = 0.5
"""How much the sentence vector weighs beside the n-grams, whose vector has length 1 (found on held-out folds)."""
ENCODER_FOLDER = "encoder"
MODEL_FILE, PHRASES_FILE = "danger.npz", "danger.json"


class DangerModelError(Exception):
    """The folder holds no whole danger model."""


@dataclass(frozen=True)
class Danger:
    """The level, the signs that led to it (a phrase, or `wording` for the model), and a score from 0 to 1."""

    level: Level
    signs: tuple[str, ...]
    score: float


NO_DANGER = Danger("none", (), 0.0)


@dataclass(frozen=True)
class Weights:
    """Two linear models, any danger and urgent danger, each with its threshold (0 to 1).

    Over the hashed n-grams and, where there is an encoder, the sentence vector of length `VECTOR_LENGTH`.
    Shapes: `coefficients` (2, BUCKETS), `of_vector` (2, dimension, or 0 without an encoder), `intercepts` (2,),
    `thresholds` (2,); rows are danger, urgent.
    """

    coefficients: NDArray[np.float32]
    of_vector: NDArray[np.float32]
    intercepts: NDArray[np.float32]
    thresholds: NDArray[np.float32]


class DangerDetector:
    """Looks at one message (and the ones before it, where it is very short)."""

    def __init__(
        self, weights: Weights, phrases: Mapping[Level, Sequence[str]], encoder: Encoder | None = None
    ) -> None:
        self._weights = weights
        self._encoder = encoder
        self._phrases: dict[Level, tuple[str, ...]] = {
            level: tuple(phrase for phrase in map(skeleton, words) if len(phrase) >= MIN_PHRASE_CHARS)
            for level, words in phrases.items()
        }
        self._raw_phrases = {level: list(words) for level, words in phrases.items()}

    @classmethod
    def load(cls, folder: Path) -> "DangerDetector":
        """Read a trained detector, and the release's encoder beside it; raises `DangerModelError`."""
        try:
            with np.load(folder / MODEL_FILE) as stored:
                weights = Weights(**{name: stored[name].astype(np.float32) for name in stored.files})
            phrases = json.loads((folder / PHRASES_FILE).read_text("utf-8"))
            encoder = load_encoder(str(folder.parent / ENCODER_FOLDER)) if weights.of_vector.size else None
        except (OSError, TypeError, ValueError, EncoderError) as error:
            raise DangerModelError(f"{folder}: no danger model ({error}). Run `safar train`.") from error
        is_other = encoder is not None and encoder.dimension != weights.of_vector.shape[1]
        if weights.coefficients.shape != (2, BUCKETS) or is_other:
            raise DangerModelError(f"{folder}: made by another version of Safar. Run `safar train`.")
        return cls(weights, phrases, encoder)

    def save(self, folder: Path) -> None:
        """Write the detector."""
        folder.mkdir(parents=True, exist_ok=True)
        np.savez_compressed(
            folder / MODEL_FILE,
            coefficients=self._weights.coefficients.astype(np.float16),
            of_vector=self._weights.of_vector,
            intercepts=self._weights.intercepts,
            thresholds=self._weights.thresholds,
        )
        (folder / PHRASES_FILE).write_text(json.dumps(self._raw_phrases, ensure_ascii=False), "utf-8")

    def assess(self, text: str, before: Sequence[str] = ()) -> Danger:
        """The danger in a message; `before` are the migrant's last messages, oldest first."""
        danger = self._assess(text)
        if danger.level == "none" and before and 0 < len(text.strip()) < SHORT_CHARS:
            joined = self._assess(f"{before[-1]} {text}")
            if joined.score > self._assess(before[-1]).score:
                return joined
        return danger

    def _assess(self, text: str) -> Danger:
        folded = skeleton(text[:MAX_CHARS])
        if not any(char.isalpha() for char in folded):
            return NO_DANGER
        any_score, urgent_score = self._scores(text[:MAX_CHARS], folded)
        level, signs = self._by_phrase(folded)
        if any_score >= self._weights.thresholds[0]:
            modelled: Level = "urgent" if urgent_score >= self._weights.thresholds[1] else "concern"
            level = max(level, modelled, key=LEVELS.index)
            signs = (*signs, "wording")
        has_phrase = signs not in ((), ("wording",))
        return Danger(level, signs, 1.0 if has_phrase else round(any_score, 4))

    def _by_phrase(self, folded: str) -> tuple[Level, tuple[str, ...]]:
        for level in ("urgent", "concern"):
            found = tuple(phrase for phrase in self._phrases.get(level, ()) if phrase in folded)
            if found:
                return level, found
        return "none", ()

    def _scores(self, text: str, folded: str) -> tuple[float, float]:
        buckets, values = vector(folded)
        sums = self._weights.coefficients[:, buckets] @ values + self._weights.intercepts
        if self._encoder is not None:
            sums = sums + self._weights.of_vector @ (VECTOR_LENGTH * self._encoder.encode([text])[0])
        return _probability(float(sums[0])), _probability(float(sums[1]))


def vector(folded: str) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
    """The hashed features of a folded text: their buckets, and values that make a vector of length 1."""
    counts: dict[int, int] = {}
    for feature in _features(folded):
        bucket = zlib.crc32(feature.encode("utf-8", "surrogatepass")) % BUCKETS
        counts[bucket] = counts.get(bucket, 0) + 1
    buckets = np.fromiter(counts, dtype=np.int64, count=len(counts))
    values = np.fromiter((1 + math.log(count) for count in counts.values()), dtype=np.float32, count=len(counts))
    return buckets, values / max(float(np.linalg.norm(values)), 1e-9)


def _features(folded: str) -> Iterator[str]:
    words = folded.split()
    yield from (f"w {word}" for word in words)
    yield from (f"b {first} {second}" for first, second in pairwise(words))
    yield from (f"s {first} {third}" for first, third in zip(words, words[2:], strict=False))
    for word in words:
        padded = f" {word} "
        for length in range(CHAR_NGRAMS[0], CHAR_NGRAMS[1] + 1):
            yield from (padded[start : start + length] for start in range(len(padded) - length + 1))


def _probability(total: float) -> float:
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))
