"""The dense index at 10,000, 50,000 and 100,000 questions: time of a search on one core, and what it finds.

python -m benchmarks.language.scale [--encoder FOLDER]

The questions are our own sentences with typing errors, asked are the held-out sentences (tests/evaluation).
"""

import sys
import tempfile
import time
from argparse import ArgumentParser
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmarks.language.intervals import SEED, Figure, bootstrap
from benchmarks.language.many_questions import multiplied, own_sentences
from benchmarks.language.one_core import Milliseconds, milliseconds_of, on_one_core
from benchmarks.language.public_sets import ENCODER, ROOT, keep, print_table
from knowledge_base.index import QuestionIndex
from knowledge_base.index_description import kind_for
from language.encoder import load_encoder
from publishing.held_out import read_held_out

NAME = "scale"
COUNTS = (10_000, 50_000, 100_000)
ALLOWED = (1.0, 0.5, 0.25, 0.1)
"""Shares of the entries that country and citizenship let through."""
QUESTIONS_OF_AN_ENTRY = 24
ASKED = 500
NEAREST = 10
WANTED_RECALL, WANTED_MILLISECONDS = 0.95, 10.0
_EQUAL = 1e-5

Floats = NDArray[np.float32]


@dataclass(frozen=True)
class Searched:
    """An index with a share of its entries allowed. Times are of one core; recall is of the ten nearest questions."""

    questions: int
    kind: str
    allowed: float
    milliseconds: Milliseconds
    recall: Figure

    @property
    def is_as_wanted(self) -> bool:
        """Quick and whole enough."""
        return self.recall.value >= WANTED_RECALL and self.milliseconds.middle < WANTED_MILLISECONDS


@dataclass(frozen=True)
class Built:
    """What an index costs: seconds of one core without encoding, megabytes on disk."""

    questions: int
    kind: str
    seconds: float
    megabytes: float


def main() -> int:
    """Measure, print, keep; 1 where the largest index is too slow or finds too little."""
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("--encoder", default=ENCODER, help="folder of the encoder")
    encoder = load_encoder(parser.parse_args().encoder)
    with on_one_core():
        vectors = encoder.encode(multiplied(own_sentences(ROOT / "data"), max(COUNTS)))
        asked = encoder.encode([row.text for row in read_held_out(ROOT / "tests" / "evaluation")])
        asked = np.random.default_rng(SEED).permutation(asked)[:ASKED]
        built, searched = [], []
        for count in COUNTS:
            index, cost = build(vectors[:count])
            built.append(cost)
            exact = asked @ vectors[:count].T
            searched += [search(index, exact, asked, share) for share in ALLOWED]
    _print(built, searched)
    keep(NAME, {"built": built, "searched": searched, "fingerprint": encoder.fingerprint})
    is_met = all(each.is_as_wanted for each in searched if each.questions == max(COUNTS))
    print(f"\nwanted at {max(COUNTS):,}: {WANTED_RECALL} and under {WANTED_MILLISECONDS:.0f} ms", end=": ")
    print("met" if is_met else "missed")
    return 0 if is_met else 1


def build(vectors: Floats) -> tuple[QuestionIndex, Built]:
    """The index of these vectors, (questions, dimension), a few questions to an entry."""
    owners = np.arange(len(vectors), dtype=np.int64) // QUESTIONS_OF_AN_ENTRY
    started = time.process_time()
    index = QuestionIndex.of_vectors(vectors, owners)
    seconds = time.process_time() - started
    with tempfile.TemporaryDirectory() as folder:
        index.save(Path(folder))
        size = sum(file.stat().st_size for file in Path(folder).iterdir())
    return index, Built(len(vectors), kind_for(len(vectors)), seconds, size / 1e6)


def search(index: QuestionIndex, exact: Floats, asked: Floats, share: float) -> Searched:
    """Ask `asked`, (sentences, dimension), where `share` of the entries is allowed.

    exact: (sentences, questions), the similarities of all.
    """
    count = len(index.owners)
    allowed = np.random.default_rng(SEED).random(int(index.owners.max()) + 1) < share
    is_allowed = allowed[index.owners]
    times = milliseconds_of(lambda vector: index.similarities(vector, allowed), asked)
    found = np.stack([index.similarities_of_questions(vector, is_allowed) for vector in asked])
    return Searched(count, kind_for(count), share, times, bootstrap(recall(found, exact[:, is_allowed])))


def recall(found: Floats, exact: Floats) -> Floats:
    """Of each sentence the share of the nearest questions that are found; of equally near ones any will do.

    found: (sentences, questions), -1 where nothing was found; exact: (sentences, allowed questions).
    """
    count = min(NEAREST, exact.shape[1])
    least = np.partition(exact, -count, axis=1)[:, -count]
    hits = (found >= least[:, None] - _EQUAL).sum(axis=1)
    return np.asarray(np.minimum(1.0, hits / count), dtype=np.float32)


def _print(built: Sequence[Built], searched: Sequence[Searched]) -> None:
    head = ("questions", "kind", "seconds of one core to build", "MB")
    lines = [(f"{each.questions:,}", each.kind, f"{each.seconds:.1f}", f"{each.megabytes:.0f}") for each in built]
    print_table("An index, its vectors at hand", head, lines)
    print_table(
        f"A search on one core, {ASKED} held-out sentences",
        ("questions", "kind", "allowed", "ms p50", "ms p95", f"recall of the {NEAREST} nearest"),
        [
            (
                f"{each.questions:,}",
                each.kind,
                f"{each.allowed:.0%}",
                f"{each.milliseconds.middle:.2f}",
                f"{each.milliseconds.slow:.2f}",
                each.recall,
            )
            for each in searched
        ],
    )


if __name__ == "__main__":
    sys.exit(main())
