"""Our own sentence encoder: the mean of learnt vectors of word pieces, read without torch."""

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import load_file
from tokenizers import Tokenizer

from language.folding import skeleton

FOLDER_MARK = "safar_encoder.json"
"""The file by which a folder says that it holds such an encoder, and how its texts were prepared."""
PREPARATION = "skeleton"
ORDERS = 2
"""Waves that `encode_order` keeps: beginning against end, and middle against both."""
MAX_CHARS = 4000
"""What follows is not looked at: the mean of more words says no more."""


class EncoderError(Exception):
    """An encoder cannot be loaded; the message names it and says what to do."""


def prepared(text: str) -> str:
    """The form in which a text is cut into pieces: one Latin skeleton for every script and typing habit."""
    return skeleton(text[:MAX_CHARS])


class StaticEncoder:
    """Vectors of a `StaticEmbedding` folder of sentence-transformers; equal to its own after `prepared`."""

    def __init__(self, tokenizer: Tokenizer, weights: NDArray[np.float16], fingerprint: str) -> None:
        self._tokenizer = tokenizer
        self._weights = weights
        self.fingerprint = fingerprint
        self.dimension = int(weights.shape[1])

    @classmethod
    def load(cls, folder: Path) -> "StaticEncoder":
        """Read `folder`; raises `EncoderError`."""
        try:
            mark = json.loads((folder / FOLDER_MARK).read_text("utf-8"))
            tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
            weights = load_file(folder / "model.safetensors")["embedding.weight"].astype(np.float16)
        except Exception as error:  # tokenizers and safetensors raise bare exceptions
            raise EncoderError(f"{folder} is not a whole encoder: {error}; train it again") from error
        if mark.get("preparation") != PREPARATION:
            raise EncoderError(f"{folder} wants texts prepared by {mark.get('preparation')!r}, not {PREPARATION!r}")
        tokenizer.no_padding()
        tokenizer.no_truncation()
        return cls(tokenizer, weights, _fingerprint(folder))

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Vectors of shape (len(texts), dimension), of length 1; of length 0 for a text without letters or digits."""
        vectors = np.zeros((len(texts), self.dimension), dtype=np.float32)
        for row, pieces in enumerate(self._pieces(texts)):
            if pieces:
                vectors[row] = self._weights[pieces].mean(axis=0, dtype=np.float32)
        return _unit(vectors)

    def encode_order(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Where in a text its meanings stand, which a mean does not know: (len(texts), ORDERS * dimension).

        The first waves of a cosine transform of the pieces' vectors (Almarwani, Aldarmaki, Diab 2019,
        doi.org/10.18653/v1/D19-1380), of length 1 together.
        """
        vectors = np.zeros((len(texts), ORDERS, self.dimension), dtype=np.float32)
        for row, pieces in enumerate(self._pieces(texts)):
            if pieces:
                places = (np.arange(len(pieces), dtype=np.float32) + 0.5) / len(pieces)
                waves = np.cos(np.pi * np.outer(np.arange(1, ORDERS + 1, dtype=np.float32), places))
                vectors[row] = _unit(waves @ self._weights[pieces].astype(np.float32))
        return _unit(vectors.reshape(len(texts), -1))

    def _pieces(self, texts: Sequence[str]) -> list[list[int]]:
        encodings = self._tokenizer.encode_batch([prepared(text) for text in texts], add_special_tokens=False)
        return [encoding.ids for encoding in encodings]


def _unit(vectors: NDArray[np.float32]) -> NDArray[np.float32]:
    """Each row of length 1, or 0 where it is 0."""
    lengths = np.linalg.norm(vectors, axis=-1, keepdims=True)
    return np.asarray(vectors / np.maximum(lengths, 1e-12), dtype=np.float32)


def _fingerprint(folder: Path) -> str:
    digest = hashlib.sha256()
    for name in (FOLDER_MARK, "tokenizer.json", "model.safetensors"):
        digest.update((folder / name).read_bytes())
    return digest.hexdigest()[:16]
