"""Gathers what the danger detector learns from: `data/danger/`, and the examples of harmless topics."""

from collections import defaultdict
from pathlib import Path

from guidance.danger import DangerDetector
from guidance.danger_examples import (
    OPEN_DOMAINS,
    DangerDataError,
    DangerExample,
    language_files,
    read_danger_file,
)
from guidance.danger_signs import Signs
from guidance.danger_training import train_danger
from language.encoder import Encoder
from publishing.training_data import read_examples

EVERY = 3
"""So many examples of the other topics are one lesson: they are everyday talk, and many are alike."""


def train_danger_from(content: Path, encoder: Encoder | None = None) -> DangerDetector:
    """Train on the content's danger files and training examples; raises `DangerDataError`."""
    try:
        signs = Signs.load(content / "danger")
    except ValueError as error:
        raise DangerDataError(str(error)) from error
    files = [read_danger_file(file, signs) for file in language_files(content / "danger")]
    phrases: dict[str, list[str]] = defaultdict(list)
    for phrase in (phrase for file in files for phrase in file.phrases):
        phrases[phrase.sign].append(phrase.text)
    examples = [example for file in files for example in file.examples]
    return train_danger([*examples, *_everyday(content / "nlu")], phrases, signs.levels, encoder)


def _everyday(folder: Path) -> list[DangerExample]:
    harmless = [example for example in read_examples(folder) if not example.intent.startswith(OPEN_DOMAINS)]
    return [DangerExample(each.text, each.language, "none", is_hard=False) for each in harmless[::EVERY]]
