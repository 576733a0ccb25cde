"""Finds the entries that answer a question, or says that none does, or which country must be known first."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from foundation.clock import Clock, utc_now
from knowledge_base.admission import Admission
from knowledge_base.calibration import cases_of
from knowledge_base.entry import ANY, Entry
from knowledge_base.fusion import Fusion, fit
from knowledge_base.index import Description, QuestionIndex, describe
from knowledge_base.keywords import Keywords, documents_of
from knowledge_base.library import Library
from language.encoder import Encoder
from language.variants import LANGUAGES

UNREADABLE_SHARE = 0.8
"""What remains of the probability of an entry that the person's language lacks."""
LEAST_COUNTRY_SHARE = 0.05
"""A country is worth asking for if its entry is at least this likely, as a share of the best one."""


@dataclass(frozen=True)
class Match:
    """An entry and the probability (0 to 1) that it answers the question."""

    entry: Entry
    score: float


@dataclass(frozen=True)
class Retrieval:
    """What was found, best first; also when it is not good enough to be an answer (`is_in_content` is False).

    countries: the codes to choose from when the answer depends on a country that is not known; else empty.
    """

    matches: tuple[Match, ...]
    is_in_content: bool
    countries: tuple[str, ...]


def build_index(
    library: Library, encoder: Encoder, folder: Path, *, foreign: Sequence[str] = (), clock: Clock = utc_now
) -> Description:
    """Write the index of a library into `folder`, which is made.

    foreign: examples of questions that have nothing to do with us, by which "not in our content" is fitted.
    """
    folder.mkdir(parents=True, exist_ok=True)
    index = QuestionIndex.build(library, encoder)
    documents = [(text, number) for number, entry in enumerate(library.entries) for text in documents_of(entry)]
    keywords = Keywords.build([text for text, _ in documents], [number for _, number in documents])
    index.save(folder)
    keywords.save(folder)
    fit(cases_of(library, index, keywords, encoder, foreign)).save(folder)
    description = describe(library, encoder, len(index.owners), clock())
    description.save(folder)
    return description


class Retriever:
    """Finds entries of one library with its index."""

    def __init__(
        self, library: Library, encoder: Encoder, index: QuestionIndex, keywords: Keywords, fusion: Fusion
    ) -> None:
        self._entries = library.entries
        self._admission = Admission(library.entries)
        self._topics = TopicNumbers([entry.topic for entry in library.entries])
        self._is_unreadable = np.zeros(len(library.entries), dtype=bool)
        self._is_readable = {
            variant: np.array([variant in entry.answer for entry in library.entries], dtype=bool)
            for variant in LANGUAGES
        }
        self._encoder = encoder
        self._index = index
        self._keywords = keywords
        self._fusion = fusion

    @classmethod
    def load(cls, folder: Path, library: Library, encoder: Encoder) -> "Retriever":
        """Read an index; raises `IndexMismatchError` if it is not of this library and encoder."""
        Description.load(folder).refuse_other(folder, library, encoder)
        index = QuestionIndex.load(folder, library)
        return cls(library, encoder, index, Keywords.load(folder), Fusion.load(folder))

    def find(
        self,
        text: str,
        *,
        variant: str,
        country: str | None,
        citizenship: str | None,
        topics: Mapping[str, float],
        limit: int = 3,
        today: date | None = None,
    ) -> Retrieval:
        """The likeliest entries for `text` among those that fit country and citizenship (None: not known).

        topics: the classifier's confidence by topic, empty if there is none. With `today`, entries that are not yet in
        force are left out.
        """
        allowed = self._admission.allowed(country, citizenship, today)
        numbers = np.flatnonzero(allowed)
        if not len(numbers):
            return Retrieval((), False, ())
        similarity = self._index.similarities(self._encoder.encode([text])[0], allowed)[numbers]
        coverage = self._keywords.coverage(text)[numbers]
        probabilities = self._fusion.probabilities(
            similarity.astype(np.float64), coverage.astype(np.float64), self._topics.evidence(numbers, topics)
        )
        matches = self._best_matches(numbers, probabilities[:-1], variant, limit)
        if citizenship is None:
            matches = _for_anybody_first(matches)
        is_in_content = self._fusion.is_in_content(probabilities, self._topics.of_entries[numbers])
        countries = _countries(matches) if country is None and is_in_content else ()
        return Retrieval(matches[:limit], is_in_content, countries)

    def _best_matches(
        self, numbers: NDArray[np.int64], probabilities: NDArray[np.float64], variant: str, limit: int
    ) -> tuple[Match, ...]:
        """The likeliest, best first, and all others on the topic of the best one; of equals the first by its id.

        numbers: (allowed entries,), rising, as the entries' ids do; probabilities: (allowed entries,).
        """
        is_readable = self._is_readable.get(variant, self._is_unreadable)[numbers]
        scores = probabilities * np.where(is_readable, 1.0, UNREADABLE_SHARE)
        order = np.argsort(-scores, kind="stable")
        topics = self._topics.of_entries[numbers[order]]
        # One more than asked for: the first may be moved before it.
        is_kept = (np.arange(len(order)) <= limit) | (topics == topics[0])
        return tuple(Match(self._entries[numbers[row]], float(scores[row])) for row in order[is_kept])


class TopicNumbers:
    """The topics of the entries as numbers: `of_entries`, (entries,)."""

    def __init__(self, topics: Sequence[str]) -> None:
        self._numbers = {topic: number for number, topic in enumerate(dict.fromkeys(topics))}
        self.of_entries = np.array([self._numbers[topic] for topic in topics], dtype=np.int64)

    def evidence(self, entries: NDArray[np.int64], ranking: Mapping[str, float]) -> NDArray[np.float64] | None:
        """The ranking as probability of the topic of each of these entries, then of all topics that none of them has.

        entries: numbers, (some entries,); returned: (some entries + 1,), None without a ranking of topics.
        """
        topics = {name: confidence for name, confidence in ranking.items() if "." in name}
        if not topics:
            return None
        confidences = np.zeros(len(self._numbers))
        known = [(self._numbers[name], confidence) for name, confidence in topics.items() if name in self._numbers]
        for number, confidence in known:
            confidences[number] = confidence
        of_entries = self.of_entries[entries]
        is_here = np.zeros(len(confidences), dtype=bool)
        is_here[of_entries] = True
        return np.append(confidences[of_entries], sum(topics.values()) - confidences[is_here].sum())


def _for_anybody_first(matches: tuple[Match, ...]) -> tuple[Match, ...]:
    """Where the best one is for some citizens only, its rival for anybody comes first: nobody has said who they are."""
    best = matches[0]
    if best.entry.citizenship == ANY:
        return matches
    rivals = [
        match
        for match in matches
        if (match.entry.topic, match.entry.country) == (best.entry.topic, best.entry.country)
        and match.entry.citizenship == ANY
        and match.score >= LEAST_COUNTRY_SHARE * best.score
    ]
    first = rivals[:1]
    return (*first, *(match for match in matches if match not in first))


def _countries(matches: Sequence[Match]) -> tuple[str, ...]:
    """The countries of the entries on the best one's topic, likeliest first; none if the best holds anywhere."""
    best = matches[0]
    if best.entry.country == ANY:
        return ()
    rivals = [
        match.entry.country
        for match in matches
        if match.entry.topic == best.entry.topic
        and match.entry.country != ANY
        and match.score >= LEAST_COUNTRY_SHARE * best.score
    ]
    countries = tuple(dict.fromkeys(rivals))
    return countries if len(countries) > 1 else ()
