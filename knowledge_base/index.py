"""The dense index: vectors of questions in a folder that says what it is, searched by inner product."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

import faiss
import numpy as np
from numpy.typing import NDArray

from knowledge_base.entry import Entry
from knowledge_base.library import Library
from language.encoder import Encoder

METRIC = "inner product of unit vectors"
FORMAT = 1
VECTORS = "questions.faiss"
DESCRIPTION = "index.json"


class IndexMismatchError(Exception):
    """The index was made of other content, by another encoder or program; the message says what to do."""


@dataclass(frozen=True)
class Description:
    """What an index folder says of itself."""

    format: int
    encoder: str
    dimension: int
    metric: str
    content: str
    entries: int
    questions: int
    made_at: str

    def save(self, folder: Path) -> None:
        """Write `index.json`."""
        (folder / DESCRIPTION).write_text(json.dumps(asdict(self), indent=1) + "\n", "utf-8")

    @classmethod
    def load(cls, folder: Path) -> "Description":
        """Read `index.json`; raises `IndexMismatchError`."""
        try:
            return cls(**json.loads((folder / DESCRIPTION).read_text("utf-8")))
        except (OSError, ValueError, TypeError) as error:
            raise IndexMismatchError(
                f"{folder} is not an index of this program ({error}); run `safar train`"
            ) from error

    def refuse_other(self, folder: Path, library: Library, encoder: Encoder) -> None:
        """Raise `IndexMismatchError` unless the index fits this library and this encoder."""
        expected = {
            "format": (self.format, FORMAT),
            "encoder": (self.encoder, encoder.fingerprint),
            "dimension": (self.dimension, encoder.dimension),
            "metric": (self.metric, METRIC),
            "content": (self.content, content_hash(library)),
        }
        for what, (found, wanted) in expected.items():
            if found != wanted:
                raise IndexMismatchError(
                    f"{folder} was made with another {what} ({found}, here {wanted}); run `safar train`"
                )


class QuestionIndex:
    """The questions of all entries in all languages, one vector each; `owners` has the entry's number of each."""

    def __init__(self, vectors: faiss.Index, owners: NDArray[np.int64]) -> None:
        self._vectors = vectors
        self.owners = owners

    @classmethod
    def build(cls, library: Library, encoder: Encoder) -> "QuestionIndex":
        """Encode the questions of a library."""
        owners, texts = questions_of(library.entries)
        vectors = faiss.IndexFlatIP(encoder.dimension)
        vectors.add(encoder.encode(texts))
        return cls(vectors, owners)

    def save(self, folder: Path) -> None:
        """Write the vectors."""
        faiss.write_index(self._vectors, str(folder / VECTORS))

    @classmethod
    def load(cls, folder: Path, library: Library) -> "QuestionIndex":
        """Read the vectors; raises `IndexMismatchError`."""
        owners, _ = questions_of(library.entries)
        try:
            vectors = faiss.read_index(str(folder / VECTORS))
        except RuntimeError as error:
            raise IndexMismatchError(f"{folder / VECTORS} cannot be read; run `safar train`") from error
        if vectors.ntotal != len(owners):
            raise IndexMismatchError(
                f"{folder} has {vectors.ntotal} vectors for {len(owners)} questions; run `safar train`"
            )
        return cls(vectors, owners)

    def similarities(self, vector: NDArray[np.float32], allowed: NDArray[np.bool_]) -> NDArray[np.float32]:
        """For each entry the similarity of its nearest question, -1 for entries that are not allowed.

        vector: (dimension,); allowed: (entries,); what is not allowed is left out before the search.
        """
        nearest = np.full(len(allowed), -1.0, dtype=np.float32)
        rows = np.flatnonzero(allowed[self.owners])
        if len(rows):
            selected = faiss.SearchParameters(sel=faiss.IDSelectorBatch(rows))
            found, numbers = self._vectors.search(vector[None, :], len(rows), params=selected)
            np.maximum.at(nearest, self.owners[numbers[0]], found[0])
        return nearest

    def all_vectors(self) -> NDArray[np.float32]:
        """The vectors of all questions, (questions, dimension)."""
        vectors: NDArray[np.float32] = self._vectors.reconstruct_n(0, self._vectors.ntotal)
        return vectors


def questions_of(entries: Sequence[Entry]) -> tuple[NDArray[np.int64], list[str]]:
    """The questions in all written languages, and the number of the entry of each.

    Uzbek Cyrillic that is derived from Latin letters has the same vector, so it is left out.
    """
    owners: list[int] = []
    texts: list[str] = []
    for number, entry in enumerate(entries):
        for variant, questions in entry.questions.items():
            if variant != "uz-Cyrl":
                owners += [number] * len(questions)
                texts += questions
    return np.array(owners, dtype=np.int64), texts


def content_hash(library: Library) -> str:
    """Differs between two libraries whose entries differ in anything."""
    return hashlib.sha256(repr(library.entries).encode()).hexdigest()[:16]


def describe(library: Library, encoder: Encoder, questions: int, made_at: datetime) -> Description:
    """What an index of this library by this encoder says of itself."""
    return Description(
        format=FORMAT,
        encoder=encoder.fingerprint,
        dimension=encoder.dimension,
        metric=METRIC,
        content=content_hash(library),
        entries=len(library.entries),
        questions=questions,
        made_at=made_at.isoformat(timespec="seconds"),
    )
