"""Whether the classifier's confidence is true on our held-out sentences, and what it says of what is out of scope.

python -m benchmarks.language.calibration [--encoder FOLDER]

Trains as a release does, on data/nlu, and asks the held-out sentences (tests/evaluation, each set alone too) and the
questions of the entries. Beside the engine's way stand simple ones, fitted on folds of the examples: like sentences
held out together, or each alone. The encoder has learnt from the examples, so that folds flatter; questions of entries
are narrow, and their topics lie near each other. What people write is somewhere between.
"""

import subprocess
import sys
from argparse import ArgumentParser
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benchmarks.language.calibration_ground import ALONE, LIKE, Asked, Ground, decide
from benchmarks.language.calibrators import ENGINE, TEMPERATURE, WAYS, Calibrator
from benchmarks.language.intervals import Figure, share
from benchmarks.language.public_sets import ENCODER, ROOT, keep, print_table
from benchmarks.language.reliability import (
    Bin,
    calibration_error,
    calibration_error_with_interval,
    error_of_honest_confidences,
    groups,
    reliability_bins,
)
from benchmarks.language.reliability_diagram import NAME
from publishing.held_out import read_held_out

WANTED = 0.05
SHOWN = {"one temperature": (ALONE, TEMPERATURE), "as shipped": (LIKE, ENGINE)}


@dataclass(frozen=True)
class Measured:
    """One language or style: how often the first intent is right; by way, how sure it is and how far that is off.

    `by_chance` is the error that so few sentences would show if each confidence were exactly true.
    """

    sentences: int
    accuracy: Figure
    confidence: dict[str, float]
    errors: dict[str, Figure]
    by_chance: dict[str, Figure]
    bins: dict[str, list[Bin]]


@dataclass(frozen=True)
class Tried:
    """One way, fitted on one kind of folds: errors by language on held-out sentences and on questions of entries."""

    folds: str
    way: str
    held_out: dict[str, float]
    questions: dict[str, float]


@dataclass(frozen=True)
class Scope:
    """One language: the share of sentences out of scope that is noticed, and of those in scope that is accepted."""

    noticed: Figure
    accepted: Figure
    noticed_without: Figure
    accepted_without: Figure


def main() -> int:
    """Measure, print, keep, draw; the exit status is 0 whatever is found."""
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("--encoder", default=ENCODER, help="folder of the encoder")
    options = parser.parse_args()
    rows = [row for row in read_held_out(ROOT / "tests" / "evaluation") if row.topic]
    ground = decide(options.encoder, rows)
    _print_ways(tried := try_ways(ground))
    shown = {name: WAYS[way](ground.folds[folds]) for name, (folds, way) in SHOWN.items()}
    kept: dict[str, Any] = {"tried": tried}
    by = {
        "languages": ground.held_out.languages,
        "styles": [row.style for row in rows],
        "sets": [f"{row.written}, {row.language}" for row in rows],
    }
    for title, names in by.items():
        kept[title] = {name: _measured(shown, ground.held_out.only(part)) for name, part in groups(names).items()}
        _print_measured(f"{title} of the held-out sentences", kept[title])
    asked = ground.questions
    kept["questions"] = {name: _measured(shown, asked.only(part)) for name, part in groups(asked.languages).items()}
    _print_measured("languages of the questions of entries", kept["questions"])
    kept["out_of_scope"] = {name: _scope(ground, part) for name, part in groups(ground.held_out.languages).items()}
    _print_scopes(kept["out_of_scope"])
    print(f"\nkept in {keep(NAME, kept)}", flush=True)
    return subprocess.run([sys.executable, "-m", "benchmarks.language.reliability_diagram"], check=False).returncode


def try_ways(ground: Ground) -> list[Tried]:
    """All ways with both kinds of folds."""
    tried = []
    for name, known in ground.folds.items():
        accuracy = " ".join(f"{each} {known.hits[rows].mean():.3f}" for each, rows in groups(known.languages).items())
        print(f"first intent right on {name}: {known.hits.mean():.3f} ({accuracy})", flush=True)
        for way, fit in WAYS.items():
            found = [_errors(asked, fit(known)(asked.decided)) for asked in (ground.held_out, ground.questions)]
            tried.append(Tried(name, way, *found))
    return tried


def _errors(asked: Asked, confidences: NDArray[np.float32]) -> dict[str, float]:
    hits = asked.decided.hits
    return {name: calibration_error(confidences[rows], hits[rows]) for name, rows in groups(asked.languages).items()}


def _measured(shown: Mapping[str, Calibrator], asked: Asked) -> Measured:
    hits = asked.decided.hits
    found = {way: calibrator(asked.decided) for way, calibrator in shown.items()}
    return Measured(
        sentences=len(hits),
        accuracy=share(hits),
        confidence={way: float(part.mean()) for way, part in found.items()},
        errors={way: calibration_error_with_interval(part, hits) for way, part in found.items()},
        by_chance={way: error_of_honest_confidences(part) for way, part in found.items()},
        bins={way: reliability_bins(part, hits) for way, part in found.items()},
    )


def _scope(ground: Ground, rows: NDArray[np.bool_]) -> Scope:
    asked, place = ground.held_out.only(rows), ground.out_of_scope
    outside = asked.decided.numbers == place
    taken, before = (of.decisions.argmax(axis=1) == place for of in (asked.decided, asked.without))
    return Scope(share(taken[outside]), share(~taken[~outside]), share(before[outside]), share(~before[~outside]))


def _print_ways(tried: Sequence[Tried]) -> None:
    head = ("folds", "way", "held-out: mean", "worst", f"languages within {WANTED}", "questions: mean", "worst")
    print_table("Expected calibration error over languages", head, [_line(each) for each in tried])


def _line(each: Tried) -> Sequence[object]:
    language, worst = max(each.held_out.items(), key=lambda item: item[1])
    means = [f"{np.mean(list(errors.values())):.3f}" for errors in (each.held_out, each.questions)]
    within = sum(error <= WANTED for error in each.held_out.values())
    there = f"{max(each.questions.values()):.3f}"
    return each.folds, each.way, means[0], f"{worst:.3f} ({language})", within, means[1], there


def _print_measured(title: str, measured: Mapping[str, Measured]) -> None:
    head = ("", "way", "sentences", "right", "mean confidence", "error", f"within {WANTED}", "by chance alone")
    lines = []
    for name, found in measured.items():
        for way, error in found.errors.items():
            within = "yes" if error.value <= WANTED else "no"
            sure = f"{found.confidence[way]:.3f}"
            lines.append((name, way, found.sentences, found.accuracy, sure, error, within, found.by_chance[way]))
    print_table(f"Expected calibration error, {title}", head, lines)


def _print_scopes(scopes: Mapping[str, Scope]) -> None:
    head = ("language", "noticed", "accepted in scope", "noticed without head start", "accepted without")
    lines = [(name, of.noticed, of.accepted, of.noticed_without, of.accepted_without) for name, of in scopes.items()]
    print_table("Out of scope by the first intent", head, lines)


if __name__ == "__main__":
    sys.exit(main())
