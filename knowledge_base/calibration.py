"""Asks an index its own questions, each while it is left out, and foreign ones, so that the fusion can be fitted."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from knowledge_base.entry import ANY, Entry
from knowledge_base.fusion import Case
from knowledge_base.index import QuestionIndex, questions_of
from knowledge_base.keywords import Keywords, documents_of
from knowledge_base.library import Library
from language.encoder import Encoder

FOLDS = 4
MAX_EVIDENCE = 3_000_000
"""Of a large library only so many questions are asked that they times its entries are not more: memory and minutes."""


def cases_of(
    library: Library, index: QuestionIndex, keywords: Keywords, encoder: Encoder, foreign: Sequence[str]
) -> list[Case]:
    """Evidence for every question of the library and for the foreign questions, to which nothing of ours is right."""
    if not library.entries:
        return []
    return [*_known(library, index), *_foreign(library, index, keywords, encoder, foreign)]


def _known(library: Library, index: QuestionIndex) -> list[Case]:
    """Questions of the same place in their lists are left out together: they say the same in other languages."""
    owners, texts = questions_of(library.entries)
    folds, vectors, cases = _folds(library.entries), index.all_vectors(), []
    everyone = np.ones(len(library.entries), dtype=bool)
    asked = np.arange(len(texts))[:: max(1, len(texts) * len(library.entries) // MAX_EVIDENCE)]
    for fold in range(FOLDS):
        kept, keywords = folds != fold, _keywords_without(library.entries, fold)
        for number in asked[folds[asked] == fold]:
            right = int(owners[number])
            fitting = _fitting(library.entries, right)
            similarity = index.similarities(vectors[number], everyone, kept)[fitting].astype(np.float64)
            coverage = keywords.coverage(texts[number])[fitting].astype(np.float64)
            topics = [library.entries[other].topic for other in fitting]
            cases.append(Case(similarity, coverage, topics, int((fitting < right).sum())))
    return cases


def _foreign(
    library: Library, index: QuestionIndex, keywords: Keywords, encoder: Encoder, texts: Sequence[str]
) -> list[Case]:
    allowed = np.ones(len(library.entries), dtype=bool)
    topics = [entry.topic for entry in library.entries]
    cases = []
    for text, vector in zip(texts, encoder.encode(texts), strict=True):
        similarity = index.similarities(vector, allowed).astype(np.float64)
        cases.append(Case(similarity, keywords.coverage(text).astype(np.float64), topics, None))
    return cases


def _fitting(entries: Sequence[Entry], right: int) -> NDArray[np.int64]:
    """The entries among which this one is looked for by a person to whom it applies."""
    entry = entries[right]
    country = None if entry.country == ANY else entry.country
    citizenship = None if isinstance(entry.citizenship, str) else entry.citizenship[0]
    return np.flatnonzero([other.fits(country, citizenship) for other in entries])


def _folds(entries: Sequence[Entry]) -> NDArray[np.int64]:
    folds = [
        place % FOLDS
        for entry in entries
        for variant, questions in entry.questions.items()
        if variant != "uz-Cyrl"
        for place in range(len(questions))
    ]
    return np.array(folds, dtype=np.int64)


def _keywords_without(entries: Sequence[Entry], fold: int) -> Keywords:
    documents, owners = [], []
    for number, entry in enumerate(entries):
        texts = documents_of(entry, lambda place: place % FOLDS != fold)
        documents += texts
        owners += [number] * len(texts)
    return Keywords.build(documents, owners)
