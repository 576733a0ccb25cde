"""Asks the English teacher for vectors, which the student has to reach; keeps them in a file for the next training."""

import hashlib
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

MAX_CHARS = 250
"""Of a text; the teacher's time grows with its length, and longer ones are few."""
ROUND = 4096


Vectors = NDArray[np.float32]


class TeacherError(Exception):
    """The teacher cannot be loaded; the message says what to do."""


def teacher_vectors(
    folder: Path, texts: Sequence[str], dimension: int, cache: Path | None, say: Callable[[str], None]
) -> Vectors:
    """Vectors of length 1, (texts, dimension), of English `texts` by the sentence-transformers model in `folder`.

    Where the teacher is wider, its vectors are turned to their principal axes and cut. `cache` is a file that holds
    what it has said from one training to the next. Raises `TeacherError`.
    """
    keys = np.array([_key(folder, text) for text in texts], dtype=np.uint64)
    known = _kept(cache)
    missing = [number for number, key in enumerate(keys) if int(key) not in known]
    if missing:
        said = _asked(folder, [texts[number] for number in missing], say)
        known |= {int(keys[number]): vector for number, vector in zip(missing, said, strict=True)}
        if cache:
            np.savez(cache, keys=np.array(list(known), dtype=np.uint64), vectors=np.array(list(known.values())))
    vectors = np.array([known[int(key)] for key in keys], dtype=np.float32)
    return _unit(_narrowed(vectors, dimension))


def _key(folder: Path, text: str) -> int:
    return int.from_bytes(hashlib.blake2b(f"{folder.name}\0{text}".encode(), digest_size=8).digest(), "big")


def _kept(cache: Path | None) -> dict[int, NDArray[np.float16]]:
    if cache is None or not cache.is_file():
        return {}
    with np.load(cache, allow_pickle=False) as kept:
        return dict(zip(kept["keys"].tolist(), kept["vectors"], strict=True))


def _asked(folder: Path, texts: Sequence[str], say: Callable[[str], None]) -> NDArray[np.float16]:
    from sentence_transformers import SentenceTransformer

    try:
        model: Any = SentenceTransformer(str(folder), device="cpu")
    except (OSError, ValueError) as error:
        raise TeacherError(f"{folder} holds no sentence-transformers model: {error}") from error
    order = sorted(range(len(texts)), key=lambda number: len(texts[number]))
    vectors: NDArray[np.float16] | None = None
    for start in range(0, len(order), ROUND):
        numbers = order[start : start + ROUND]
        found = model.encode([texts[number][:MAX_CHARS] for number in numbers], batch_size=128, show_progress_bar=False)
        if vectors is None:
            vectors = np.zeros((len(texts), found.shape[1]), dtype=np.float16)
        vectors[numbers] = found
        say(f"  the teacher has read {start + len(numbers)} of {len(texts)} English texts")
    return vectors if vectors is not None else np.zeros((0, 1), dtype=np.float16)


def _narrowed(vectors: Vectors, dimension: int) -> Vectors:
    """Along the `dimension` axes on which the vectors differ most."""
    if vectors.shape[1] < dimension:
        raise TeacherError(f"the teacher's vectors have {vectors.shape[1]} numbers, the encoder's {dimension}")
    axes = np.linalg.eigh(np.cov(vectors, rowvar=False))[1][:, ::-1][:, :dimension]
    return np.asarray(vectors @ axes, dtype=np.float32)


def _unit(vectors: Vectors) -> Vectors:
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    return np.asarray(vectors / np.maximum(lengths, 1e-9), dtype=np.float32)
