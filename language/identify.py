"""Says in which language and script a message is written: a linear model over pieces of one to five letters."""

import json
import math
import re
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from language.folding import skeleton
from language.letter_pieces import numbers_of, pieces_of, words_of
from language.scripts import shares_of_scripts
from language.variants import LANGUAGES, language_of

DEFAULT_FOLDER = Path(__file__).parents[1] / "models" / "language"
MODEL_FILE = "identifier.npz"
CARD_FILE = "identifier.json"
MIN_LETTERS = 4
WORDS_KEPT = 1 << 15
"""The weights of so many words are kept: most words of a message have been met before."""
OTHER = "other"
# A short message says little about its language, so the conversation's own language weighs as much as these log odds,
# less with each letter.
_HABIT_LOG_ODDS = 8.0
_HABIT_LETTERS = 12
# Few who write to us write in another language: a word or two must look very foreign to be taken for one.
_FOREIGN_LOG_ODDS = -2.5
_FOREIGN_LETTERS = 7
# Below this share of a script's letters its words are borrowed ones (WhatsApp, a name) and do not count.
_MIN_SCRIPT_SHARE = 0.15
# Salom, салам, assalomu alaykum, their answers and rahmat, as `skeleton` writes them: half of Asia says so.
_PEACE = "(?:as|a)?s[ao]l[ao]m[uoi]?n?"
_UPON_YOU = "(?:v?a|u|o)?[ae]?l[ae]+i*k[ui]m"
_SHARED_GREETING = re.compile(f"(?:{_PEACE}|{_UPON_YOU})+|rahmat")
_SHARING = frozenset({"uz", "tg", "ky", "kk"})
_SHARED_GREETING_CONFIDENCE = 0.5
_SPOKEN = frozenset(language_of(variant)[0] for variant in LANGUAGES)


class IdentifierError(Exception):
    """The model folder does not hold a model that this code can read."""


@dataclass(frozen=True)
class Identified:
    """A language (ru, uz, tg, ky, kk, en, other), a script (ISO 15924) and a confidence from 0 to 1."""

    language: str
    script: str
    confidence: float


class Identifier:
    """Scores languages in their scripts, some 30 that Safar does not speak among them: each of these is "other".

    numbers: those of the known pieces, ascending; weights: shape (pieces, classes), in units of `step`;
    bias: shape (classes,); classes: language and script of each, as in "uz-Cyrl".
    """

    def __init__(
        self,
        numbers: NDArray[np.uint32],
        weights: NDArray[np.int8],
        step: float,
        bias: NDArray[np.float32],
        classes: Sequence[str],
    ) -> None:
        self._numbers, self._weights, self._step, self._bias = numbers, weights, step, bias
        parts = [name.rpartition("-") for name in classes]
        of_classes = [(language if language in _SPOKEN else OTHER, script) for language, _, script in parts]
        self._answers = sorted(set(of_classes))
        self._answer_of_class = np.array([self._answers.index(answer) for answer in of_classes])
        self._of_word = lru_cache(WORDS_KEPT)(self._sum_of_word)

    @classmethod
    def load(cls, folder: Path = DEFAULT_FOLDER) -> "Identifier":
        """Read the model of `folder`; `IdentifierError` if there is none or it is of another form."""
        try:
            card = json.loads((folder / CARD_FILE).read_text("utf-8"))
            with np.load(folder / MODEL_FILE, allow_pickle=False) as model:
                numbers = np.cumsum(model["gaps"], dtype=np.uint32)
                weights, step, bias = model["weights"], float(model["step"]), model["bias"]
        except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile) as error:
            raise IdentifierError(f"no language model in {folder}: {error}") from error
        if weights.shape != (len(numbers), len(card["classes"])):
            raise IdentifierError(f"the language model in {folder} does not fit its card")
        return cls(numbers, weights, step, bias, card["classes"])

    def identify(self, text: str, previous: str | None = None) -> Identified:
        """Return the language and script of `text`.

        `previous` is the variant of the conversation: text of fewer than four letters keeps it, short text leans to it.
        A mere greeting that several languages share keeps the variant of a conversation in one of them; its confidence
        is 0.5 at most, so that the first one may be a reason to offer languages.
        """
        words = words_of(text)
        letters = sum(map(len, words))
        if letters < MIN_LETTERS and previous:
            return Identified(*language_of(previous), confidence=0.0)
        shares = shares_of_scripts(words)
        if not letters or not shares:
            return Identified("ru", "Cyrl", 0.0)
        strongest = max(shares, key=lambda script: shares[script])
        if strongest not in ("Latn", "Cyrl"):
            return Identified(OTHER, strongest, shares[strongest])
        found = self._likeliest(words, shares, letters, previous)
        return _of_shared_greeting(found, previous) if _is_shared_greeting(words) else found

    def _likeliest(self, words: list[str], shares: dict[str, float], letters: int, previous: str | None) -> Identified:
        scores = self._scores(words)
        log_odds = self._log_odds(shares, letters, previous)
        likelihoods = np.exp((scores - scores.max()).astype(np.float64))
        sums = np.bincount(self._answer_of_class, likelihoods, len(self._answers)) * np.exp(log_odds)
        best = int(sums.argmax())
        return Identified(*self._answers[best], confidence=float(sums[best] / sums.sum()))

    def _scores(self, words: list[str]) -> NDArray[np.float32]:
        parts = [self._of_word(word) for word in words]
        known = sum(count for _, count in parts)
        sums = np.sum([weights for weights, _ in parts], axis=0, dtype=np.int32)
        scores: NDArray[np.float32] = sums * (self._step / math.sqrt(max(1, known))) + self._bias
        return scores

    def _sum_of_word(self, word: str) -> tuple[NDArray[np.int32], int]:
        """The weights of the pieces of one word by class, and how many of its pieces are known."""
        numbers = numbers_of(pieces_of([word]))
        places = np.searchsorted(self._numbers, numbers)
        rows = places[np.take(self._numbers, places, mode="clip") == numbers]
        return self._weights[rows].sum(axis=0, dtype=np.int32), len(rows)

    def _log_odds(self, shares: dict[str, float], letters: int, previous: str | None) -> list[float]:
        """What speaks for each answer before its pieces are looked at."""
        log_odds = {OTHER: _FOREIGN_LOG_ODDS * math.exp(-letters / _FOREIGN_LETTERS)}
        if previous:
            log_odds[language_of(previous)[0]] = _HABIT_LOG_ODDS * math.exp(-letters / _HABIT_LETTERS)
        min_share = min(_MIN_SCRIPT_SHARE, max(shares.values()))
        return [
            log_odds.get(language, 0.0) if shares.get(script, 0.0) >= min_share else -math.inf
            for language, script in self._answers
        ]


def _is_shared_greeting(words: Sequence[str]) -> bool:
    return len(words) < 5 and bool(_SHARED_GREETING.fullmatch(skeleton("".join(words))))


def _of_shared_greeting(found: Identified, previous: str | None) -> Identified:
    if previous and language_of(previous)[0] in _SHARING:
        return Identified(*language_of(previous), confidence=_SHARED_GREETING_CONFIDENCE)
    # Few type Tajik in Latin letters: who greets so is more likely an Uzbek.
    language = "uz" if (found.language, found.script) == ("tg", "Latn") else found.language
    return Identified(language, found.script, min(found.confidence, _SHARED_GREETING_CONFIDENCE))
