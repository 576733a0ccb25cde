"""Time of one core for a message and for finding its entry among 5,000; size of the encoder; seconds of training.

python -m benchmarks.language.speed [--release ID]    needs a release (`make run` makes one)

Asked are the held-out sentences (tests/evaluation).
"""

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmarks.language.many_questions import grown
from benchmarks.language.one_core import Milliseconds, milliseconds_of, on_one_core
from benchmarks.language.public_sets import ROOT, keep, print_table
from benchmarks.language.scale import NEAREST, WANTED_MILLISECONDS, WANTED_RECALL, search
from benchmarks.language.trained_release import trained_release
from benchmarks.language.understanding_steps import CLASSIFIED, Understood, understand
from knowledge_base.index import QuestionIndex
from knowledge_base.retriever import Retriever
from publishing.held_out import read_held_out

NAME = "speed"
MESSAGES = 1000
ENTRIES = 5_000
SEARCHED = 300
"""Messages with which the index is compared to brute force."""
WANTED_MESSAGE_MILLISECONDS = 3.0
WANTED_RETRIEVAL_MILLISECONDS = 5.0
WANTED_ENCODER_MEGABYTES = 60.0
WANTED_TRAINING_SECONDS = 120.0


@dataclass(frozen=True)
class Measured:
    """One thing, in its unit; it should be less than `wanted` (None: nothing is wanted)."""

    what: str
    value: float
    unit: str
    wanted: float | None = None

    @property
    def is_met(self) -> bool:
        """Is it less than wanted?"""
        return self.wanted is None or self.value < self.wanted


def main() -> int:
    """Measure, print, keep; 1 where something is not as wanted."""
    release = trained_release(__doc__)
    if release is None:
        return 0
    with on_one_core():
        understood = list(understand(release.folder, release.encoder_folder, _texts()))[1:]  # the first one warms up
        encoder, library = release.encoder(), grown(release.library, ENTRIES)
        index = QuestionIndex.build(library, encoder)
        retriever = release.retriever_of(library, encoder, index)
        measured = [
            *of_messages(understood),
            *of_search(index, encoder.encode([each.text for each in understood[:SEARCHED]])),
            *of_retrieval(retriever, understood, "RU", "UZ"),
            *of_retrieval(retriever, understood, None, None),
        ]
    measured.append(
        Measured("encoder on disk", _megabytes(Path(release.encoder_folder)), "MB", WANTED_ENCODER_MEGABYTES)
    )
    what = "training of the release: copying, classifier, index, danger detector; wall clock"
    measured.append(Measured(what, release.manifest.seconds, "s", WANTED_TRAINING_SECONDS))
    lines = [(each.what, f"{each.value:.2f} {each.unit}", _wanted(each)) for each in measured]
    print_table(f"Speed and size, times of one core, release {release.folder.name}", ("what", "", "wanted"), lines)
    keep(NAME, {"measured": measured, "release": release.folder.name, "encoder": release.manifest.encoder})
    return 0 if all(each.is_met for each in measured) else 1


def of_messages(understood: Sequence[Understood]) -> list[Measured]:
    """The way to the intent, and the whole with entities."""
    classified = Milliseconds.of(each.classifying_seconds for each in understood)
    whole = Milliseconds.of(each.seconds for each in understood)
    what = "a message: language, folding, n-grams, vector, classifier"
    return [
        Measured(f"{what}, p50", classified.middle, "ms", WANTED_MESSAGE_MILLISECONDS),
        Measured(f"{what}, p95", classified.slow, "ms"),
        *(
            Measured(f"  of it {name}, p50", _of_component(understood, name), "ms")
            for name in CLASSIFIED
            if name in understood[0].seconds_by_component
        ),
        Measured("a message: all of the above with entities and Rasa's own part, p50", whole.middle, "ms"),
        Measured("a message: the same, p95", whole.slow, "ms"),
    ]


def of_search(index: QuestionIndex, asked: NDArray[np.float32]) -> list[Measured]:
    """Searching the vectors of all questions, beside brute force; asked: (sentences, dimension)."""
    searched = search(index, asked @ index.all_vectors().T, asked, 1.0)
    what = f"a search of the vectors of {searched.questions:,} questions"
    missed = 100 * (1 - searched.recall.value)
    return [
        Measured(f"{what}, p50", searched.milliseconds.middle, "ms", WANTED_MILLISECONDS),
        Measured(f"{what}: of the {NEAREST} nearest missed", missed, "%", 100 * (1 - WANTED_RECALL)),
    ]


def of_retrieval(
    retriever: Retriever, understood: Sequence[Understood], country: str | None, citizenship: str | None
) -> list[Measured]:
    """Finding the entry, the encoding of the question included."""

    def find(each: Understood) -> None:
        retriever.find(
            each.text,
            variant=each.parsed.language,
            country=country,
            citizenship=citizenship,
            topics=dict(each.parsed.ranking),
        )

    times = milliseconds_of(find, understood)
    what = f"its entry among {ENTRIES:,}, person {f'in {country} from {citizenship}' if country else 'not known'}"
    return [
        Measured(f"{what}, p50", times.middle, "ms"),
        Measured(f"{what}, p95", times.slow, "ms", WANTED_RETRIEVAL_MILLISECONDS),
    ]


def _texts() -> list[str]:
    texts = [row.text for row in read_held_out(ROOT / "tests" / "evaluation")]
    return texts[:: max(1, len(texts) // MESSAGES)][: MESSAGES + 1]


def _of_component(understood: Sequence[Understood], name: str) -> float:
    return Milliseconds.of(each.seconds_by_component[name] for each in understood).middle


def _megabytes(folder: Path) -> float:
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file()) / 1e6


def _wanted(measured: Measured) -> str:
    if measured.wanted is None:
        return ""
    return f"under {measured.wanted:.0f} {measured.unit}: {'met' if measured.is_met else 'missed'}"


if __name__ == "__main__":
    sys.exit(main())
