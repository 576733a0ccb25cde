"""Says in which language and script a message is written: a linear model over pieces of one to five letters."""

import json
import math
import re
import unicodedata
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from language.variants import language_of

DEFAULT_FOLDER = Path(__file__).parents[1] / "models" / "language"
MODEL_FILE = "identifier.npz"
CARD_FILE = "identifier.json"
MAX_PIECE_CHARS = 5
MAX_TEXT_CHARS = 150
MIN_LETTERS = 4
# A short message says little about its language, so the conversation's own language weighs as much as these log odds,
# less with each letter.
_HABIT_LOG_ODDS = 8.0
_HABIT_LETTERS = 12
# Few who write to us write in another language: a short text must look very foreign to be taken for one.
_FOREIGN_LOG_ODDS = -3.0
# Below this share of a script's letters its words are borrowed ones (WhatsApp, a name) and do not count.
_MIN_SCRIPT_SHARE = 0.15

_NOISE = re.compile(r"https?://\S+|www\.\S+|\S+@\S+|@\w+|\{[^{}]*\}|<[^<>]*>")
_APOSTROPHES = str.maketrans(dict.fromkeys("`´ʻʼʽʹˈ‘’‛′‵＇", "'"))
_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*'?")
_FOUR_FOR_CH = re.compile(r"(?<=[a-z])4(?=[a-z])|\b4(?=to\b|as|e)")
_RUN = re.compile(r"(.)\1{2,}")
_OTHER_SCRIPTS = {"ARABIC": "Arab", "CJK": "Hani", "HANGUL": "Kore", "HIRAGANA": "Jpan", "KATAKANA": "Jpan"} | {
    "GEORGIAN": "Geor",
    "ARMENIAN": "Armn",
    "GREEK": "Grek",
    "HEBREW": "Hebr",
    "DEVANAGARI": "Deva",
    "THAI": "Thai",
}


class IdentifierError(Exception):
    """The model folder does not hold a model that this code can read."""


@dataclass(frozen=True)
class Identified:
    """A language (ru, uz, tg, ky, kk, en, other), a script (ISO 15924) and a confidence from 0 to 1."""

    language: str
    script: str
    confidence: float


class Identifier:
    """Scores each language in each script; weights have the shape (pieces, classes)."""

    def __init__(
        self, pieces: Sequence[str], weights: NDArray[np.float32], bias: NDArray[np.float32], classes: Sequence[str]
    ) -> None:
        self._row = {piece: row for row, piece in enumerate(pieces)}
        self._weights, self._bias = weights, bias
        self._classes = [tuple(name.split("-")) for name in classes]

    @classmethod
    def load(cls, folder: Path = DEFAULT_FOLDER) -> "Identifier":
        """Read the model of `folder`; `IdentifierError` if there is none or it is of another form."""
        try:
            card = json.loads((folder / CARD_FILE).read_text("utf-8"))
            with np.load(folder / MODEL_FILE, allow_pickle=False) as model:
                pieces = model["pieces"].tobytes().decode("utf-8").split("\n")
                weights = model["weights"].astype(np.float32) * model["scale"]
                bias = model["bias"].astype(np.float32)
        except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile) as error:
            raise IdentifierError(f"no language model in {folder}: {error}") from error
        if weights.shape != (len(pieces), len(card["classes"])):
            raise IdentifierError(f"the language model in {folder} does not fit its card")
        return cls(pieces, weights, bias, card["classes"])

    def identify(self, text: str, previous: str | None = None) -> Identified:
        """Return the language and script of `text`.

        `previous` is the variant of the conversation: text of fewer than four letters keeps it, short text leans to it.
        """
        words = words_of(text)
        letters = sum(map(len, words))
        if letters < MIN_LETTERS and previous:
            return Identified(*language_of(previous), confidence=0.0)
        shares = _script_shares(words)
        if not letters or not shares:
            return Identified("ru", "Cyrl", 0.0)
        strongest = max(shares, key=lambda script: shares[script])
        if strongest not in ("Latn", "Cyrl"):
            return Identified("other", strongest, shares[strongest])
        return self._likeliest(words, shares, letters, previous)

    def _likeliest(self, words: list[str], shares: dict[str, float], letters: int, previous: str | None) -> Identified:
        scores = self._scores(words)
        shortness = math.exp(-letters / _HABIT_LETTERS)
        previous_language = language_of(previous)[0] if previous else None
        for column, (language, script) in enumerate(self._classes):
            if shares.get(script, 0.0) < _MIN_SCRIPT_SHARE:
                scores[column] = -np.inf
            elif language == "other":
                scores[column] += _FOREIGN_LOG_ODDS * shortness
            elif language == previous_language:
                scores[column] += _HABIT_LOG_ODDS * shortness
        likelihoods = np.exp(scores - scores.max())
        best = int(likelihoods.argmax())
        language, script = self._classes[best]
        return Identified(language, script, float(likelihoods[best] / likelihoods.sum()))

    def _scores(self, words: list[str]) -> NDArray[np.float32]:
        rows = [row for row in map(self._row.get, pieces_of(words)) if row is not None]
        scores: NDArray[np.float32] = self._weights[rows].sum(axis=0) / math.sqrt(max(1, len(rows))) + self._bias
        return scores


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


def _script_shares(words: Sequence[str]) -> dict[str, float]:
    counts: dict[str, int] = {}
    for letter in "".join(words):
        if letter.isalpha():
            script = _script(letter)
            counts[script] = counts.get(script, 0) + 1
    total = sum(counts.values())
    return {script: count / total for script, count in counts.items()}


def _script(letter: str) -> str:
    if "a" <= letter <= "z" or "\u00c0" <= letter <= "\u024f" or "\u1e00" <= letter <= "\u1eff":
        return "Latn"
    if "\u0400" <= letter <= "\u052f":
        return "Cyrl"
    return _OTHER_SCRIPTS.get(unicodedata.name(letter, "").split(" ")[0], "Zzzz")
