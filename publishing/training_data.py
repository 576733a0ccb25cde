"""The training examples of `data/nlu/<language>/<domain>.yml`, read with file and line."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import yaml

from foundation.yaml_text import parse_yaml


class TrainingDataError(Exception):
    """A file of training examples cannot be read; the message names file and reason."""


@dataclass(frozen=True)
class Example:
    """One way to ask: its text, intent, language, and where it stands."""

    text: str
    intent: str
    language: str
    file: Path
    line: int


def read_examples(folder: Path) -> tuple[Example, ...]:
    """All examples below `folder`; raises `TrainingDataError`."""
    return tuple(example for file in sorted(folder.rglob("*.yml")) for example in _of_file(file, folder))


def count_examples(folder: Path) -> int:
    """How many examples there are below `folder`."""
    return len(read_examples(folder))


def _of_file(file: Path, folder: Path) -> Iterator[Example]:
    text = file.read_text("utf-8")
    try:
        document = parse_yaml(text)
        blocks = {str(block["intent"]) for block in document["nlu"] if "intent" in block}
    except (yaml.YAMLError, KeyError, TypeError) as error:
        raise TrainingDataError(f"{file}: not a file of training examples ({error})") from error
    language, intent = file.relative_to(folder).parts[0], ""
    for number, line in enumerate(text.splitlines(), 1):
        stripped = line.strip()
        if stripped.startswith("- intent:"):
            intent = stripped.removeprefix("- intent:").strip().strip("\"'")
        elif line.startswith("    - ") and intent in blocks:
            yield Example(stripped.removeprefix("- ").strip(), intent, language, file, number)
