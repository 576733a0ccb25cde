"""Intents of public sets with the engine's classifier: n-grams alone beside n-grams with sentence vectors.

python -m benchmarks.language.intents [--data FOLDER] [--encoder FOLDER] [--sets NAME ...]

Sets can be measured one after the other: a run replaces the figures of its own sets in var/bench/intents.json.
`intents_vanilla` measures Rasa's default pipeline.
"""

import json
import sys
import time
import warnings
from argparse import ArgumentParser
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from benchmarks.language.intent_sets import FOLDERS, OUT_OF_SCOPE, WANTED_RECALL, IntentSet, Row, read_sets
from benchmarks.language.intervals import Figure, share
from benchmarks.language.out_of_scope import OutOfScope, area_under_curve, by_first, rejection, scores, threshold_of
from benchmarks.language.public_sets import DATA, ENCODER, RESULTS, ROOT, is_absent, keep, print_table
from bot.engine import no_tensorflow

if TYPE_CHECKING:
    from benchmarks.language.engine_pipeline import EnginePipeline

NAME = "intents"
TIMED_MESSAGES = 300
ACCURACY_HEAD = (
    "set",
    "language",
    "features",
    "accuracy in scope",
    "wanted",
    "trained, s (processor)",
    "processor ms, p50 / p95",
)
REJECTION_HEAD = ("set", "features", "decided by", "recall", "accepts in scope", "AUROC")


@dataclass(frozen=True)
class Measured:
    """One set with one choice of features. Seconds are of the wall clock, `processor` of this process alone.

    Milliseconds are of the processor, for one message at a time.
    """

    features: str
    accuracy: dict[str, Figure]
    training_seconds: float
    training_processor_seconds: float
    milliseconds_median: float
    milliseconds_95: float
    out_of_scope: OutOfScope | None


def main() -> int:
    """Measure, print, keep."""
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=DATA, help="folder of the public data sets")
    parser.add_argument("--encoder", default=ENCODER, help="folder of the encoder")
    parser.add_argument("--sets", nargs="+", help="names of sets; all without it")
    options = parser.parse_args()
    if is_absent(options.data, *FOLDERS):
        return 0
    sets = read_sets(options.data / "eval")
    if unknown := set(options.sets or ()) - set(sets):
        parser.error(f"no set {', '.join(sorted(unknown))}; there are {', '.join(sets)}")
    chosen = {name: sets[name] for name in options.sets or sets}
    measured = {}
    for name, each in chosen.items():
        measured[name] = measure_set(each, options.encoder)
        print(f"{name}: kept in {_keep_beside_others(name, measured[name])}", flush=True)
    print_tables(chosen, measured)
    return 0


def measure_set(of: IntentSet, encoder: str) -> list[Measured]:
    """Both choices of features on one set, in this process."""
    no_tensorflow.install()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # Rasa's libraries warn of each other
        from benchmarks.language.engine_pipeline import VECTORS, EnginePipeline

        choices = {"n-grams": (VECTORS,), "n-grams and vectors": ()}
        config = ROOT / "config.yml"
        return [
            _measure(of, name, EnginePipeline(config, encoder, left_out, OUT_OF_SCOPE))
            for name, left_out in choices.items()
        ]


def print_tables(sets: dict[str, IntentSet], measured: dict[str, list[Measured]]) -> None:
    """Accuracy and time of all sets, then what is out of scope."""
    print_table("Intents", ACCURACY_HEAD, _accuracy_lines(sets, measured))
    with_rejection = [(sets[name], each) for name, found in measured.items() for each in found if each.out_of_scope]
    if with_rejection:
        title = (
            f"Out of scope, thresholds at 95 % acceptance of the validation part (wanted recall: {WANTED_RECALL:.2f})"
        )
        print_table(title, REJECTION_HEAD, _rejection_lines(with_rejection))


def _keep_beside_others(name: str, measured: list[Measured]) -> Path:
    file = RESULTS / f"{NAME}.json"
    before = json.loads(file.read_text("utf-8")) if file.is_file() else {}
    return keep(NAME, before | {name: measured})


def _measure(of: IntentSet, features: str, pipeline: "EnginePipeline") -> Measured:
    wall, processor = time.perf_counter(), time.process_time()
    pipeline.train([row.text for row in of.train], [row.intent for row in of.train])
    seconds, processor_seconds = time.perf_counter() - wall, time.process_time() - processor
    heard = {language: pipeline.hear([row.text for row in rows]) for language, rows in of.tests.items()}
    decisions = {language: pipeline.model.decide(each.features) for language, each in heard.items()}
    timed = list(of.tests.values())[-1][:TIMED_MESSAGES]
    median, high = np.percentile(pipeline.milliseconds([row.text for row in timed]), [50, 95])
    accuracy = {
        language: _accuracy(rows, decisions[language], pipeline.model.labels) for language, rows in of.tests.items()
    }
    rejected = _out_of_scope(of, pipeline) if of.valid else None
    return Measured(features, accuracy, seconds, processor_seconds, float(median), float(high), rejected)


def _accuracy(rows: Sequence[Row], decisions: NDArray[np.float32], labels: Sequence[str]) -> Figure:
    first = [labels[best] for best in decisions.argmax(axis=1)]
    pairs = [(found, row.intent) for found, row in zip(first, rows, strict=True) if row.intent != OUT_OF_SCOPE]
    return share(np.array([found == right for found, right in pairs]))


def _out_of_scope(of: IntentSet, pipeline: "EnginePipeline") -> OutOfScope:
    labels, calibration = pipeline.model.labels, pipeline.model.calibration
    inside = [row.text for row in of.valid if row.intent != OUT_OF_SCOPE]
    is_inside = np.array([row.intent != OUT_OF_SCOPE for row in of.tests["en"]])
    parts = []
    for texts in ([row.text for row in of.tests["en"]], inside):
        heard = pipeline.hear(texts)
        decisions = pipeline.model.decide(heard.features)
        confidences = calibration.confidences(decisions, heard.languages)
        parts.append((decisions, calibration.with_head_start(decisions, heard.languages), confidences))
    (tested, started, sure), (learnt, _, learnt_sure) = parts
    by_score, thresholds = scores(tested, sure, labels), scores(learnt, learnt_sure, labels)
    return OutOfScope(
        {way: rejection(of[is_inside], of[~is_inside], threshold_of(thresholds[way])) for way, of in by_score.items()},
        {way: area_under_curve(of[is_inside], of[~is_inside]) for way, of in by_score.items()},
        by_first(tested, is_inside, labels),
        by_first(started, is_inside, labels),
    )


def _accuracy_lines(sets: dict[str, IntentSet], measured: dict[str, list[Measured]]) -> Iterable[Sequence[Any]]:
    for name, found in measured.items():
        wanted = sets[name].wanted_accuracy
        for each in found:
            trained = f"{each.training_seconds:.0f} ({each.training_processor_seconds:.0f})"
            speed = f"{each.milliseconds_median:.2f} / {each.milliseconds_95:.2f}"
            for language, accuracy in each.accuracy.items():
                yield name, language, each.features, accuracy, wanted or "", trained, speed
        for other in sets[name].published:
            yield name, "en", f"published: {other.system}", f"{other.accuracy:.3f}", "", "", ""


def _rejection_lines(measured: Iterable[tuple[IntentSet, Measured]]) -> Iterable[Sequence[Any]]:
    published: dict[str, Iterable[Sequence[Any]]] = {}
    for of, each in measured:
        assert each.out_of_scope
        for way, rejected in each.out_of_scope.by_score.items():
            area = f"{each.out_of_scope.areas[way]:.3f}"
            yield of.name, each.features, way, rejected.recall, rejected.acceptance, area
        for way, rejected in (("class", each.out_of_scope.by_class), ("engine", each.out_of_scope.by_engine)):
            yield of.name, each.features, way, rejected.recall, rejected.acceptance, ""
        published[of.name] = [
            (of.name, f"published: {other.system}", "class", f"{other.out_of_scope_recall:.3f}", "", "")
            for other in of.published
        ]
    for lines in published.values():
        yield from lines


if __name__ == "__main__":
    sys.exit(main())
