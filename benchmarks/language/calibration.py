"""Whether the classifier's confidence is true on our held-out sentences, and which simple way makes it truer.

python -m benchmarks.language.calibration [--encoder FOLDER]

Calibrators are fitted and chosen on held-out folds of the training examples (data/nlu) alone; the held-out sentences
(tests/evaluation) are only asked. A calibrator takes the language of a sentence as known.
"""

import subprocess
import sys
import warnings
from argparse import ArgumentParser
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from benchmarks.language.calibration_folds import BY_LIKENESS, BY_SENTENCE, Folds, folds_of
from benchmarks.language.calibrators import WAYS, Decided, numbers_of, on_held_out_folds
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
from bot.engine import no_tensorflow
from language.encoder import load_encoder
from publishing.held_out import HeldOut, read_held_out
from publishing.training_data import read_examples

if TYPE_CHECKING:
    from benchmarks.language.engine_pipeline import EnginePipeline, Examples

WANTED = 0.05
SHIPPED = (BY_SENTENCE, "temperature")
CHOSEN_FOLDS = BY_LIKENESS
"""The kind of folds by which a way is chosen: the only one without an example's translations in training."""


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
    """One way with one kind of folds: errors by language on the examples' folds, and on the held-out sentences."""

    folds: str
    way: str
    on_examples: dict[str, float]
    held_out: dict[str, float]

    @property
    def worst(self) -> float:
        """By this a way is chosen: the error of the worst language on the folds."""
        return max(self.on_examples.values())


def main() -> int:
    """Measure, print, keep, draw; the exit status is 0 whatever is found."""
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("--encoder", default=ENCODER, help="folder of the encoder")
    options = parser.parse_args()
    rows = [row for row in read_held_out(ROOT / "tests" / "evaluation") if row.topic]
    examples, asked = decided(options.encoder, rows)
    tried, confidences = try_ways(examples, asked)
    chosen = min((each for each in tried if each.folds == CHOSEN_FOLDS), key=lambda each: each.worst)
    shown = {"as shipped": confidences[SHIPPED], "chosen": confidences[chosen.folds, chosen.way]}
    print(f"chosen on the examples' folds: {chosen.way}, folds of {chosen.folds}")
    _print_ways(tried)
    measured = {name: _measured(asked, part, shown) for name, part in groups(asked.languages).items()}
    styles = {name: _measured(asked, part, shown) for name, part in groups([row.style for row in rows]).items()}
    for title, by_name in (("language", measured), ("style", styles)):
        _print_measured(title, by_name)
    kept = {"chosen": [chosen.folds, chosen.way], "tried": tried, "languages": measured, "styles": styles}
    print(f"\nkept in {keep(NAME, kept)}", flush=True)
    return subprocess.run([sys.executable, "-m", "benchmarks.language.reliability_diagram"], check=False).returncode


def decided(encoder: str, rows: Sequence[HeldOut]) -> tuple[dict[str, tuple[Decided, Folds]], Decided]:
    """What the classifier decides of its examples while they are held out, by kind of folds, and of the sentences."""
    no_tensorflow.install()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # Rasa's libraries warn of each other
        from benchmarks.language.engine_pipeline import EnginePipeline

        pipeline = EnginePipeline(ROOT / "config.yml", encoder)
        known = read_examples(ROOT / "data" / "nlu")
        examples = pipeline.learn_features([each.text for each in known], [each.intent for each in known])
        pipeline.model = pipeline.learn_uncalibrated(examples.features, examples.labels)
        labels = pipeline.model.labels
        language_of = {each.text: each.language for each in reversed(known)}
        languages = tuple(language_of[text] for text in examples.texts)
        numbers = numbers_of(examples.labels, labels)
        found = {}
        vectors = load_encoder(encoder).encode(examples.texts)
        for name, folds in folds_of(examples.labels, examples.groups, vectors).items():
            found[name] = Decided(_held_out_decisions(pipeline, examples, folds), numbers, languages), folds
        decisions = pipeline.decisions([row.text for row in rows])
    asked_numbers = numbers_of([row.topic or "" for row in rows], labels)
    return found, Decided(decisions, asked_numbers, tuple(row.language for row in rows))


def try_ways(
    examples: Mapping[str, tuple[Decided, Folds]], asked: Decided
) -> tuple[list[Tried], dict[tuple[str, str], NDArray[np.float32]]]:
    """All ways with all kinds of folds: their errors, and their confidences in the first intents of the sentences."""
    tried, confidences = [], {}
    for name, (known, folds) in examples.items():
        accuracy = " ".join(f"{each} {known.hits[rows].mean():.3f}" for each, rows in groups(known.languages).items())
        print(f"accuracy on examples held out by {name}: {known.hits.mean():.3f} ({accuracy})", flush=True)
        for way, fit in WAYS.items():
            on_folds, on_asked = on_held_out_folds(fit, known, folds), fit(known)(asked)
            tried.append(Tried(name, way, _errors(known, on_folds), _errors(asked, on_asked)))
            confidences[name, way] = on_asked
    return tried, confidences


def _held_out_decisions(pipeline: "EnginePipeline", examples: "Examples", folds: Folds) -> NDArray[np.float32]:
    from benchmarks.language.engine_pipeline import decisions

    found = np.zeros((len(folds), len(pipeline.model.labels)), dtype=np.float32)
    for fold in np.unique(folds):
        inside = np.flatnonzero(folds != fold)
        model = pipeline.learn_uncalibrated(examples.features[inside], [examples.labels[row] for row in inside])
        places = numbers_of(model.labels, pipeline.model.labels)
        rows = np.flatnonzero(folds == fold)
        found[np.ix_(rows, places)] = decisions(model, examples.features[rows])
    return found


def _errors(of: Decided, confidences: NDArray[np.float32]) -> dict[str, float]:
    return {name: calibration_error(confidences[rows], of.hits[rows]) for name, rows in groups(of.languages).items()}


def _measured(of: Decided, rows: NDArray[np.bool_], shown: Mapping[str, NDArray[np.float32]]) -> Measured:
    hits = of.hits[rows]
    parts = {way: confidences[rows] for way, confidences in shown.items()}
    return Measured(
        sentences=int(rows.sum()),
        accuracy=share(hits),
        confidence={way: float(part.mean()) for way, part in parts.items()},
        errors={way: calibration_error_with_interval(part, hits) for way, part in parts.items()},
        by_chance={way: error_of_honest_confidences(part) for way, part in parts.items()},
        bins={way: reliability_bins(part, hits) for way, part in parts.items()},
    )


def _print_ways(tried: Sequence[Tried]) -> None:
    head = ("folds", "way", "examples: mean", "worst", "held-out: mean", "worst", f"languages within {WANTED}")
    print_table("Expected calibration error over languages", head, [_line(each) for each in tried])


def _line(each: Tried) -> Sequence[object]:
    language, worst = max(each.held_out.items(), key=lambda item: item[1])
    means = [f"{np.mean(list(errors.values())):.3f}" for errors in (each.on_examples, each.held_out)]
    within = sum(error <= WANTED for error in each.held_out.values())
    return each.folds, each.way, means[0], f"{each.worst:.3f}", means[1], f"{worst:.3f} ({language})", within


def _print_measured(title: str, measured: Mapping[str, Measured]) -> None:
    head = (title, "way", "sentences", "right", "mean confidence", "error", f"within {WANTED}", "by chance alone")
    lines = []
    for name, found in measured.items():
        for way, error in found.errors.items():
            within = "yes" if error.value <= WANTED else "no"
            sure = f"{found.confidence[way]:.3f}"
            lines.append((name, way, found.sentences, found.accuracy, sure, error, within, found.by_chance[way]))
    print_table(f"Expected calibration error by {title}", head, lines)


if __name__ == "__main__":
    sys.exit(main())
