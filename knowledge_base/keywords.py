"""The keyword index: BM25 over one skeleton of all scripts, by bm25s."""

from collections.abc import Callable, Sequence
from pathlib import Path

import bm25s
import numpy as np
from numpy.typing import NDArray

from knowledge_base.entry import Entry
from language.folding import skeleton

FOLDER = "keywords"
STEM_CHARS = 5
"""Endings are many in Turkic languages: the beginning of a longer word is a keyword too."""
MAX_QUERY_WORDS = 120


class Keywords:
    """BM25 scores of entries; one document for each entry and language."""

    def __init__(self, model: bm25s.BM25, owners: NDArray[np.int64]) -> None:
        self._model = model
        self._owners = owners
        self._entries = int(owners.max()) + 1 if len(owners) else 0
        self._by_owner = np.argsort(owners, kind="stable")
        self._starts = np.flatnonzero(np.diff(owners[self._by_owner], prepend=-1))
        self._highest = _highest_scores(model)
        self._unknown = float(np.median(self._highest)) if len(self._highest) else 1.0

    @classmethod
    def build(cls, documents: Sequence[str], owners: Sequence[int]) -> "Keywords":
        """Index texts; `owners` has the entry's number of each."""
        model = bm25s.BM25(k1=1.2, b=0.6)
        # bm25s cannot index nothing; a word that no skeleton has stands for an empty library.
        model.index([keywords(document) for document in documents] or [["-"]], show_progress=False)
        return cls(model, np.array(owners, dtype=np.int64))

    def save(self, folder: Path) -> None:
        """Write arrays and JSON below `folder`; nothing that runs code when it is read."""
        self._model.save(str(folder / FOLDER), show_progress=False)
        np.save(folder / FOLDER / "owners.npy", self._owners, allow_pickle=False)

    @classmethod
    def load(cls, folder: Path) -> "Keywords":
        """Read what `save` has written; raises `OSError`."""
        model = bm25s.BM25.load(str(folder / FOLDER), load_corpus=False, show_progress=False)
        return cls(model, np.load(folder / FOLDER / "owners.npy", allow_pickle=False))

    def coverage(self, text: str) -> NDArray[np.float32]:
        """For each entry, (entries,), which share between 0 and 1 of the text's weight its best document has.

        It is the BM25 score by the highest that these words reach; words that no document has lower it.
        """
        best = np.zeros(self._entries, dtype=np.float32)
        words = list(dict.fromkeys(keywords(text)))[:MAX_QUERY_WORDS]
        numbers = [self._model.vocab_dict[word] for word in words if word in self._model.vocab_dict]
        if not numbers:
            return best
        reachable = float(self._highest[numbers].sum()) + self._unknown * (len(words) - len(numbers))
        scores = self._scores(numbers)
        highest = np.maximum.reduceat(scores[self._by_owner], self._starts)  # np.maximum.at would take most of the time
        best[self._owners[self._by_owner[self._starts]]] = highest / max(reachable, 1e-6)
        return best

    def _scores(self, numbers: Sequence[int]) -> NDArray[np.float64]:
        """BM25 of each document, (documents,), as bm25s sums it, which takes five times as long without numba."""
        starts, documents, values = (self._model.scores[name] for name in ("indptr", "indices", "data"))
        places = [slice(starts[number], starts[number + 1]) for number in numbers]
        found, weights = (np.concatenate([part[place] for place in places]) for part in (documents, values))
        return np.asarray(np.bincount(found, weights, minlength=len(self._owners)), dtype=np.float64)


def documents_of(entry: Entry, is_kept: Callable[[int], bool] = lambda place: True) -> list[str]:
    """All words of an entry, one text for each language; of the questions those whose place in the list is kept."""
    return [
        " ".join((*_kept(entry.questions[variant], is_kept), entry.answer[variant], *entry.steps.get(variant, ())))
        for variant in entry.variants
        if variant != "uz-Cyrl"
    ]


def keywords(text: str) -> list[str]:
    """The words of a text in skeleton, and the beginnings of the longer ones."""
    words = skeleton(text).split()
    return words + [f"{word[:STEM_CHARS]}-" for word in words if len(word) > STEM_CHARS]


def _kept(questions: Sequence[str], is_kept: Callable[[int], bool]) -> list[str]:
    return [question for place, question in enumerate(questions) if is_kept(place)]


def _highest_scores(model: bm25s.BM25) -> NDArray[np.float32]:
    starts, data = np.asarray(model.scores["indptr"]), np.asarray(model.scores["data"])
    highest = np.zeros(len(starts) - 1, dtype=np.float32)
    filled = np.flatnonzero(np.diff(starts))
    if len(filled):
        highest[filled] = np.maximum.reduceat(data, starts[filled])
    return highest
