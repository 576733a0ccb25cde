"""What is measured side by side: sentence encoders of folders, and character tf-idf as a simple peer."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from typing import Protocol

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sklearn.feature_extraction.text import TfidfVectorizer

from language.encoder import Encoder, load_encoder
from language.folding import skeleton

Scores = NDArray[np.float32]
NGRAM_CHARS = (2, 4)


class Ranker(Protocol):
    """Says how near texts are to each other."""

    @property
    def name(self) -> str:
        """As shown in tables."""

    def similarity(self, questions: Sequence[str], documents: Sequence[str]) -> Scores:
        """Cosines, (questions, documents)."""


@dataclass
class EncoderRanker:
    """An encoder under its name; each list of texts is encoded once."""

    name: str
    encoder: Encoder
    _seen: dict[tuple[str, ...], Scores] = field(default_factory=dict)

    def vectors(self, texts: Sequence[str]) -> Scores:
        """Vectors of length 1, (texts, dimension)."""
        key = tuple(texts)
        if key not in self._seen:
            self._seen[key] = self.encoder.encode(texts)
        return self._seen[key]

    def similarity(self, questions: Sequence[str], documents: Sequence[str]) -> Scores:
        """Cosines, (questions, documents)."""
        scores: Scores = self.vectors(questions) @ self.vectors(documents).T
        return scores

    def features(self, known: Sequence[str]) -> Callable[[Sequence[str]], Scores]:
        """What turns texts into features for a classifier; an encoder takes nothing from `known`."""
        return self.vectors


@dataclass(frozen=True)
class CharTfidf:
    """Tf-idf of n-grams of 2-4 characters inside words, on texts as `prepared` returns them."""

    name: str
    prepared: Callable[[str], str]

    def similarity(self, questions: Sequence[str], documents: Sequence[str]) -> Scores:
        """Cosines, (questions, documents); frequencies are those of the documents."""
        features = self.features(documents)
        return np.asarray((features(questions) @ features(documents).T).todense(), dtype=np.float32)

    def features(self, known: Sequence[str]) -> Callable[[Sequence[str]], csr_matrix]:
        """What turns texts into sparse rows of length 1, by the n-grams and frequencies of `known`."""
        model = TfidfVectorizer(analyzer="char_wb", ngram_range=NGRAM_CHARS, sublinear_tf=True, lowercase=False)
        model.fit([self.prepared(text) for text in known])
        return lambda texts: model.transform([self.prepared(text) for text in texts])


@dataclass(frozen=True)
class Together:
    """The mean of two rankers' cosines, equal weights: nothing is fitted."""

    name: str
    first: Ranker
    second: Ranker

    def similarity(self, questions: Sequence[str], documents: Sequence[str]) -> Scores:
        """Means of cosines, (questions, documents)."""
        first, second = (each.similarity(questions, documents) for each in (self.first, self.second))
        scores: Scores = (first + second) / 2
        return scores


def load_rankers(folders: Sequence[str]) -> tuple[list[EncoderRanker], list[CharTfidf]]:
    """The encoders of `folders` under these names, and the peers; raises `EncoderError`."""
    encoders = [EncoderRanker(folder, load_encoder(folder)) for folder in folders]
    for first, second in combinations(encoders, 2):
        if first.encoder.fingerprint == second.encoder.fingerprint:
            print(f"{first.name} and {second.name} are the same encoder")
    return encoders, [CharTfidf("char tf-idf", str.casefold), CharTfidf("char tf-idf on skeleton", skeleton)]
