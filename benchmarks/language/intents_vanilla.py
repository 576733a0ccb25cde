"""CLINC150-small with Rasa's default pipeline and with the engine's, one after the other: accuracy and time to train.

python -m benchmarks.language.intents_vanilla --vanilla-python PATH [--data FOLDER] [--encoder FOLDER]

PATH is the python of an environment with rasa and TensorFlow, which `make .venv-vanilla/bin/rasa` installs. Its 100
epochs take more than an hour of the processor.
"""

import json
import subprocess
import sys
import tempfile
from argparse import ArgumentParser
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from benchmarks.language.intent_sets import FOLDERS, OUT_OF_SCOPE, IntentSet, read_sets
from benchmarks.language.intents import measure_set
from benchmarks.language.intervals import Figure, share
from benchmarks.language.public_sets import DATA, ENCODER, is_absent, keep, print_table

NAME, SET = "intents_vanilla", "CLINC150-small"
PEER = Path(__file__).with_name("intents_peer.py")


@dataclass(frozen=True)
class Beside:
    """Accuracy in scope, recall of the out-of-scope class, seconds of training by the wall clock and the processor."""

    accuracy: Figure
    recall: Figure
    seconds: float
    processor: float


def main() -> int:
    """Measure, print, keep."""
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("--vanilla-python", required=True, help="python of an environment with rasa and TensorFlow")
    parser.add_argument("--data", type=Path, default=DATA, help="folder of the public data sets")
    parser.add_argument("--encoder", default=ENCODER, help="folder of the encoder")
    options = parser.parse_args()
    if is_absent(options.data, *FOLDERS):
        return 0
    of = read_sets(options.data / "eval")[SET]
    measured = {"engine": _engine(of, options.encoder), "Rasa, default pipeline": _vanilla(of, options.vanilla_python)}
    head = ("pipeline", "accuracy in scope", "recall out of scope, by class", "trained, s (processor)")
    lines = [(name, m.accuracy, m.recall, f"{m.seconds:.0f} ({m.processor:.0f})") for name, m in measured.items()]
    print_table(SET, head, lines)
    print(f"\nkept in {keep(NAME, measured)}")
    return 0


def _engine(of: IntentSet, encoder: str) -> Beside:
    *_, found = measure_set(of, encoder)
    assert found.out_of_scope
    recall = found.out_of_scope.by_class.recall
    return Beside(found.accuracy["en"], recall, found.training_seconds, found.training_processor_seconds)


def _vanilla(of: IntentSet, python: str) -> Beside:
    asked = {"train": [[row.text, row.intent] for row in of.train], "test": [row.text for row in of.tests["en"]]}
    with tempfile.TemporaryDirectory() as folder:
        read, write = Path(folder) / "asked.json", Path(folder) / "found.json"
        read.write_text(json.dumps(asked), "utf-8")
        subprocess.run([python, str(PEER), str(read), str(write)], check=True)
        found = json.loads(write.read_text("utf-8"))
    return beside(of, [intent for intent, _ in found["found"]], found["seconds"], found["processor"])


def beside(of: IntentSet, found: Sequence[str], seconds: float, processor: float) -> Beside:
    """Judge the intents that were found for the English test sentences."""
    right = np.array([row.intent for row in of.tests["en"]])
    hits, outside = np.array(found) == right, right == OUT_OF_SCOPE
    return Beside(share(hits[~outside]), share(hits[outside]), seconds, processor)


if __name__ == "__main__":
    sys.exit(main())
