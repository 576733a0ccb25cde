"""The dense index: vectors of questions, searched by inner product; each is compared, or many by a graph."""

from collections.abc import Sequence
from pathlib import Path

import faiss
import numpy as np
from numpy.typing import NDArray

from knowledge_base.entry import Entry
from knowledge_base.index_description import FLAT, HNSW, Description, IndexMismatchError, describe, kind_for
from knowledge_base.library import Library
from language.encoder import Encoder

__all__ = ["Description", "IndexMismatchError", "QuestionIndex", "describe", "questions_of"]

VECTORS = "questions.faiss"
NEAREST = 200
"""Questions that a search of the graph finds; an entry with none of them is as one that is not allowed."""
FEW = 20_000
"""Allowed questions up to which each is compared beside a graph, too: that is sooner done, and exact."""
LINKS = 32
BUILDING_BREADTH = 128
SEARCHING_BREADTH = 300
"""M, efConstruction and efSearch of HNSW (Malkov and Yashunin, https://arxiv.org/abs/1603.09320). Questions that are
almost the same become islands in a narrower graph: with 24 and 64 one in a hundred nearest questions was missed, with
these one in a thousand (`python -m benchmarks.language.scale`)."""
SHARE_OF_BREADTH = 0.1
"""A graph search passes through what is not allowed: below this allowed share it is made as much broader."""
_LESS_THAN_ANY = -2.0

Similarities = NDArray[np.float32]


class QuestionIndex:
    """The questions of all entries in all languages, one vector each; `owners` has the entry's number of each.

    `kind` is `FLAT` or `HNSW`, as the number of questions wants it when the index is built.
    """

    def __init__(self, vectors: faiss.Index, owners: NDArray[np.int64]) -> None:
        self._vectors = vectors
        self.kind = HNSW if isinstance(vectors, faiss.IndexHNSW) else FLAT
        self._flat = faiss.downcast_index(vectors.storage) if self.kind == HNSW else vectors
        self.owners = owners

    @classmethod
    def build(cls, library: Library, encoder: Encoder) -> "QuestionIndex":
        """Encode the questions of a library."""
        owners, texts = questions_of(library.entries)
        return cls.of_vectors(encoder.encode(texts), owners)

    @classmethod
    def of_vectors(cls, vectors: Similarities, owners: NDArray[np.int64]) -> "QuestionIndex":
        """An index of these vectors, (questions, dimension), of length 1; `owners` in rising order, (questions,)."""
        index = faiss.IndexFlatIP(vectors.shape[1])
        if kind_for(len(vectors)) == HNSW:
            index = faiss.IndexHNSWFlat(vectors.shape[1], LINKS, faiss.METRIC_INNER_PRODUCT)
            index.hnsw.efConstruction = BUILDING_BREADTH
        index.add(vectors)
        return cls(index, owners)

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

    def similarities(
        self, vector: Similarities, allowed: NDArray[np.bool_], asked: NDArray[np.bool_] | None = None
    ) -> Similarities:
        """For each entry the similarity of its nearest question, -1 for entries that are not allowed.

        vector: (dimension,); allowed: (entries,); what is not allowed is left out before the search. asked:
        (questions,), those that are compared, None for all; calibration leaves some out. Of more than
        `FEW` questions of a large index only the `NEAREST` count: entries with none of them have -1, too.
        """
        nearest = np.full(len(allowed), -1.0, dtype=np.float32)
        of_questions = allowed[self.owners]
        found, rows = self._search(vector, of_questions if asked is None else of_questions & asked)
        order = np.argsort(rows, kind="stable")
        owners = self.owners[rows[order]]
        if len(owners):
            starts = np.flatnonzero(np.diff(owners, prepend=-1))
            nearest[owners[starts]] = np.maximum.reduceat(found[order], starts)
        return nearest

    def similarities_of_questions(self, vector: Similarities, allowed: NDArray[np.bool_]) -> Similarities:
        """For each question its similarity, -1 for those that are not allowed or, in a large index, not near.

        vector: (dimension,); allowed: (questions,).
        """
        similarities = np.full(len(self.owners), -1.0, dtype=np.float32)
        found, rows = self._search(vector, allowed)
        similarities[rows] = found
        return similarities

    def all_vectors(self) -> Similarities:
        """The vectors of all questions, (questions, dimension)."""
        vectors: Similarities = self._flat.reconstruct_n(0, self._flat.ntotal)
        return vectors

    def _search(self, vector: Similarities, allowed: NDArray[np.bool_]) -> tuple[Similarities, NDArray[np.int64]]:
        """Similarities and numbers of the questions that are found among those allowed, in any order."""
        count = int(np.count_nonzero(allowed))
        bits = np.packbits(allowed, bitorder="little")
        selector = faiss.IDSelectorBitmap(bits)
        if self.kind == HNSW and count > FEW:
            return self._near(vector[None, :], selector, count / len(allowed))
        # Not `search`: it would sort all that it finds, which takes longer than to find it.
        params = faiss.SearchParameters(sel=selector)
        _, found, rows = self._flat.range_search(vector[None, :], _LESS_THAN_ANY, params=params)
        return found, rows

    def _near(
        self, vector: Similarities, selector: faiss.IDSelector, share: float
    ) -> tuple[Similarities, NDArray[np.int64]]:
        breadth = int(SEARCHING_BREADTH * max(1.0, SHARE_OF_BREADTH / share))
        params = faiss.SearchParametersHNSW(sel=selector, efSearch=breadth)
        found, rows = self._vectors.search(vector, NEAREST, params=params)
        is_found = rows[0] >= 0
        return found[0, is_found], rows[0, is_found]


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
