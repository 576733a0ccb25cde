"""Our own held-out questions: is an entry on the right topic found, in the same language and in another one?

python -m benchmarks.language.own_questions [--release ID]    needs a release (`make run` makes one)

The questions (tests/evaluation) name a topic, not an entry: an answer is right if its topic is, wherever it holds.
Each set is shown alone; the first is not fresh any more (see there).
"""

import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from benchmarks.language.coverage import PRECISION, Answered, coverage
from benchmarks.language.intervals import Figure, bootstrap, share
from benchmarks.language.public_sets import ROOT, keep, print_table
from benchmarks.language.reliability import groups
from benchmarks.language.trained_release import TrainedRelease, trained_release
from benchmarks.language.understanding_steps import understand
from knowledge_base.entry import Entry
from knowledge_base.index import QuestionIndex
from knowledge_base.library import Library
from knowledge_base.retriever import Match, Retriever
from language.encoder import Encoder
from language.variants import LANGUAGES, language_of
from publishing.held_out import HeldOut, read_held_out

NAME = "own_questions"
ALONE, RANKED, ACROSS = "retriever alone", "with the classifier's ranking", "no questions in the asked language"
AMONG = 3

Row = TypeVar("Row")
Said = TypeVar("Said")


@dataclass(frozen=True)
class Found:
    """Right topic first, among three, mean reciprocal rank, share answered at the wanted precision."""

    first: Figure
    among_three: Figure
    reciprocal_rank: Figure
    coverage: Figure


def main() -> int:
    """Measure, print, keep; the exit status is 0 whatever is found."""
    release = trained_release(__doc__)
    if release is None:
        return 0
    encoder, library = release.encoder(), release.library
    topics = {entry.topic for entry in library.entries}
    asked = [row for row in read_held_out(ROOT / "tests" / "evaluation") if row.topic in topics]
    retriever = release.retriever(encoder)
    print(f"{len(asked)} held-out questions on the {len({row.topic for row in asked})} topics that have an entry")
    answered = {
        ALONE: [ask(retriever, row, {}) for row in asked],
        ACROSS: list(ask_across(release, encoder, asked)),
        RANKED: [ask(retriever, row, ranking) for row, ranking in zip(asked, _rankings(release, asked), strict=True)],
    }
    sets = groups([row.written for row in asked])
    measured = {
        name: {written: _by_group(_chosen(asked, rows), _chosen(found, rows)) for written, rows in sets.items()}
        for name, found in answered.items()
    }
    for name, by_set in measured.items():
        for written, by_group in by_set.items():
            _print(f"{name}; {written} set", by_group)
    kept = {
        "measured": measured,
        "precision": PRECISION,
        "release": release.folder.name,
        "fingerprint": encoder.fingerprint,
    }
    keep(NAME, kept)
    return 0


def ask(retriever: Retriever, row: HeldOut, ranking: Mapping[str, float]) -> Answered:
    """Where the right topic stands among those of the entries found, and how likely the first one is.

    Nothing is known of the person. An entry's topic may have entries for several countries: together they are as
    likely as the bot takes their topic to be.
    """
    found = retriever.find(
        row.text, variant=row.language, country=None, citizenship=None, topics=ranking, limit=sys.maxsize
    )
    topics = list(dict.fromkeys(match.entry.topic for match in found.matches))
    return Answered(topics.index(row.topic or "") + 1, _topic_probability(found.matches, topics[0]))


def ask_across(release: TrainedRelease, encoder: Encoder, asked: Sequence[HeldOut]) -> Iterator[Answered]:
    """The same, each language with an index from which its questions and answers are left out; in order of `asked`.

    The classifier is not asked: it has learnt from examples in every language.
    """
    retrievers = {}
    for language in dict.fromkeys(row.language for row in asked):
        library = Library(without(entry, language) for entry in release.library.entries)
        retrievers[language] = release.retriever_of(library, encoder, QuestionIndex.build(library, encoder))
    for row in asked:
        yield ask(retrievers[row.language], row, {})


def without(entry: Entry, language: str) -> Entry:
    """An entry without what it says in a language, in any script."""
    gone = {variant for variant in LANGUAGES if language_of(variant)[0] == language}

    def kept(said: Mapping[str, Said]) -> dict[str, Said]:
        return {variant: what for variant, what in said.items() if variant not in gone}

    return replace(entry, questions=kept(entry.questions), answer=kept(entry.answer), steps=kept(entry.steps))


def found_of(answered: Sequence[Answered]) -> Found:
    """The four figures."""
    places = np.array([each.place for each in answered])
    return Found(share(places == 1), share(places <= AMONG), bootstrap(1 / places), coverage(answered))


def _topic_probability(matches: Sequence[Match], topic: str) -> float:
    return sum(match.score for match in matches if match.entry.topic == topic)


def _rankings(release: TrainedRelease, asked: Sequence[HeldOut]) -> Iterator[Mapping[str, float]]:
    for understood in understand(release.folder, release.encoder_folder, [row.text for row in asked]):
        yield dict(understood.parsed.ranking)


def _by_group(asked: Sequence[HeldOut], answered: Sequence[Answered]) -> dict[str, Found]:
    by_language = groups([row.language for row in asked])
    by_style = groups([row.style for row in asked])
    return {name: found_of(_chosen(answered, rows)) for name, rows in (by_language | by_style).items()} | {
        "all": found_of(answered)
    }


def _chosen(of: Sequence[Row], rows: NDArray[np.bool_]) -> list[Row]:
    return [of[row] for row in np.flatnonzero(rows)]


def _print(name: str, found: Mapping[str, Found]) -> None:
    head = ("", "first", f"among {AMONG}", "MRR", f"answered at {PRECISION:.0%} right")
    lines = ((group, of.first, of.among_three, of.reciprocal_rank, of.coverage) for group, of in found.items())
    print_table(f"Right topic: {name}", head, lines)


if __name__ == "__main__":
    sys.exit(main())
