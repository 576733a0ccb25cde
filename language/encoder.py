"""Loads a sentence encoder: our own quick one, or any other sentence-transformers model."""

import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from language.static_encoder import FOLDER_MARK, EncoderError, StaticEncoder
from language.transliteration import uzbek_to_latin

__all__ = ["Encoder", "EncoderError", "load_encoder"]

_UZBEK_LETTERS = frozenset("ўЎ")


class Encoder(Protocol):
    """Turns texts into vectors whose inner product says how near their meanings are."""

    @property
    def dimension(self) -> int:
        """Numbers in a vector."""

    @property
    def fingerprint(self) -> str:
        """Differs between two encoders whose vectors must not be compared."""

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Vectors of shape (len(texts), dimension), each of length 1 (of length 0 for a text without letters)."""

    def encode_order(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """What `encode` leaves out of the order of words, (len(texts), any); of width 0 where it leaves out nothing."""


def load_encoder(path: str) -> Encoder:
    """Load the encoder of a folder, or one by its name in the sentence-transformers hub.

    A folder that `language.training` made is read without torch. Raises `EncoderError` if nothing can be loaded.
    """
    if (Path(path) / FOLDER_MARK).is_file():
        return StaticEncoder.load(Path(path))
    return _SentenceTransformersEncoder(path)


class _SentenceTransformersEncoder:
    def __init__(self, path: str) -> None:
        try:
            from sentence_transformers import SentenceTransformer

            self._model: Any = SentenceTransformer(path, device="cpu")
        except (ImportError, OSError, ValueError) as error:
            raise EncoderError(
                f"no encoder at {path!r}: {error}. Set SAFAR_ENCODER to a folder or name of sentence-transformers"
            ) from error
        self.fingerprint = _fingerprint(path)
        self.dimension = int(self._model.encode(["."], convert_to_numpy=True).shape[1])

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        if not texts:
            return np.zeros((0, self.dimension), dtype=np.float32)
        latin = [uzbek_to_latin(text) if _UZBEK_LETTERS & set(text) else text for text in texts]
        vectors = self._model.encode(latin, normalize_embeddings=True, convert_to_numpy=True, show_progress_bar=False)
        return np.asarray(vectors, dtype=np.float32)

    def encode_order(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Nothing: a transformer's vector knows the order of the words."""
        return np.zeros((len(texts), 0), dtype=np.float32)


def _fingerprint(path: str) -> str:
    digest = hashlib.sha256(b"sentence-transformers")
    files = sorted(Path(path).rglob("*")) if Path(path).is_dir() else []
    for file in (file for file in files if file.suffix in {".json", ".safetensors", ".bin", ".txt", ".model"}):
        digest.update(file.relative_to(path).as_posix().encode())
        with file.open("rb") as content:
            while block := content.read(1 << 20):
                digest.update(block)
    if not files:
        digest.update(path.encode())
    return digest.hexdigest()[:16]
