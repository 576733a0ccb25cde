"""Finding the entry that answers: covid_faq, RuBQ, XQuAD and KazQAD, in one language and across two.

python -m benchmarks.language.faq_retrieval [--encoder FOLDER ...] [--data FOLDER]
"""

import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from benchmarks.language.bars import draw_bars
from benchmarks.language.faq_collections import Collection, read_collections
from benchmarks.language.intervals import Figure, Floats, bootstrap, share
from benchmarks.language.public_sets import RESULTS, is_absent, keep, options, print_table
from benchmarks.language.rankers import CharTfidf, EncoderRanker, Scores, Together, load_rankers
from knowledge_base.keywords import Keywords

NAME = "faq_retrieval"
AMONG = 3

Places = NDArray[np.int64]
AnyRanker = EncoderRanker | CharTfidf | Together


@dataclass(frozen=True)
class Found:
    """Right entry first, right entry among three, mean reciprocal rank."""

    first: Figure
    among_three: Figure
    reciprocal_rank: Figure


def main() -> int:
    """Measure, print, keep."""
    asked = options(__doc__)
    if is_absent(asked.data, "covid_faq_en", "rubq", "xquad", "kazqad"):
        return 0
    encoders, peers = load_rankers(asked.encoder)
    mixed = [Together(f"{encoder.name} + tf-idf", encoder, peers[-1]) for encoder in encoders]
    measured: dict[str, dict[str, Found]] = {}
    for collection in read_collections(asked.data / "eval"):
        places = places_of(collection, [*encoders, *peers, *mixed])
        measured[collection.name] = {name: found_of(each) for name, each in places.items()}
        _print(collection, measured[collection.name])
        _print_difference(encoders, places)
    fingerprints = {encoder.name: encoder.encoder.fingerprint for encoder in encoders}
    keep(NAME, {"collections": measured, "fingerprints": fingerprints})
    ranks = {
        ranker: {name.replace(": ", "\n"): of[ranker].reciprocal_rank for name, of in measured.items()}
        for ranker in next(iter(measured.values()))
    }
    draw_bars(RESULTS / f"{NAME}.png", "Mean reciprocal rank of the entry that answers", ranks)
    return 0


def places_of(collection: Collection, rankers: Sequence[AnyRanker]) -> dict[str, Places]:
    """Of each ranker, and of the BM25 of our knowledge base, the place of the first right document by question."""
    parts = [part for document in collection.documents for part in document]
    owners = np.repeat(np.arange(len(collection.documents)), [len(document) for document in collection.documents])
    places = {
        ranker.name: places_by(_of_documents(ranker.similarity(collection.questions, parts), owners), collection.right)
        for ranker in rankers
    }
    wholes = [document[0] for document in collection.documents]
    keywords = Keywords.build(wholes, range(len(wholes)))
    coverage = np.stack([keywords.coverage(question) for question in collection.questions])
    return places | {"BM25 of the knowledge base": places_by(coverage, collection.right)}


def places_by(scores: Scores, right: Sequence[frozenset[int]]) -> Places:
    """Places, from 1, of the best right document among all; documents of equal score share the last of their places.

    `scores` has the shape (questions, documents).
    """
    best = np.array([row[list(wanted)].max() for row, wanted in zip(scores, right, strict=True)])
    is_other = np.ones(scores.shape, dtype=bool)
    for row, wanted in zip(is_other, right, strict=True):
        row[list(wanted)] = False
    places: Places = 1 + ((scores >= best[:, None]) & is_other).sum(axis=1)
    return places


def found_of(places: Places) -> Found:
    """The three figures of places that count from 1."""
    return Found(share(places == 1), share(places <= AMONG), bootstrap(1 / places))


def _of_documents(of_parts: Scores, owners: NDArray[np.int64]) -> Scores:
    starts = np.flatnonzero(np.diff(owners, prepend=-1))
    scores: Scores = np.maximum.reduceat(of_parts, starts, axis=1)
    return scores


def _print(collection: Collection, measured: Mapping[str, Found]) -> None:
    title = f"{collection.name}: {len(collection.questions)} questions, {len(collection.documents)} documents"
    lines = ((name, found.first, found.among_three, found.reciprocal_rank) for name, found in measured.items())
    print_table(title, ("ranker", "first", "among three", "MRR"), lines)


def _print_difference(encoders: Sequence[EncoderRanker], places: Mapping[str, Places]) -> None:
    first, *others = (encoder.name for encoder in encoders)
    of: tuple[Callable[[Places], Floats], ...] = (
        lambda each: (each == 1).astype(float),
        lambda each: (each <= AMONG).astype(float),
        lambda each: 1 / each,
    )
    for other in others:
        figures = [bootstrap(take(places[other]) - take(places[first])) for take in of]
        print(f"| {other} less {first} | {' | '.join(map(str, figures))} |")


if __name__ == "__main__":
    sys.exit(main())
