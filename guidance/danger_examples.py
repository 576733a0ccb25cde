"""Reads what the danger detector learns from: `data/danger/<language>.yml`, by level and sign, with the phrases."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from foundation.yaml_text import parse_yaml
from guidance.danger_signs import FILE, Level, Signs

OPEN_DOMAINS = ("trafficking.", "asylum.", "family.violence", "health.mental", "health.emergency", "meta.human")
"""Topics whose questions may or may not hide danger: they teach the detector nothing, and are no everyday talk."""


class DangerDataError(Exception):
    """A file of danger examples is not as it must be; the message names it."""


@dataclass(frozen=True)
class DangerExample:
    """One text with its level and sign (none where harmless).

    `is_hard`: written to be near danger; the others are everyday questions of all topics.
    """

    text: str
    language: str
    level: Level
    sign: str | None = None
    is_hard: bool = True


@dataclass(frozen=True)
class DangerPhrase:
    """A few words that decide alone, where they stand anywhere in a message."""

    text: str
    sign: str


@dataclass(frozen=True)
class DangerFile:
    """The examples and phrases of one language."""

    file: Path
    language: str
    examples: tuple[DangerExample, ...]
    phrases: tuple[DangerPhrase, ...]


def language_files(folder: Path) -> list[Path]:
    """The files of examples in `folder`; the one that names the signs is none."""
    return [file for file in sorted(folder.glob("*.yml")) if file.name != FILE]


def read_danger_file(file: Path, signs: Signs) -> DangerFile:
    """The examples and phrases of one file; raises `DangerDataError`."""
    try:
        document = parse_yaml(file.read_text("utf-8"))
        harmless = [DangerExample(str(text), file.stem, "none") for text in document["none"]]
        told = [DangerExample(text, file.stem, level, sign) for level, sign, text in _by_sign(document, signs)]
        phrases = [DangerPhrase(text, sign) for _, sign, text in _by_sign(document["phrases"], signs)]
    except (OSError, yaml.YAMLError, KeyError, TypeError, AttributeError, ValueError) as error:
        raise DangerDataError(f"{file}: not a file of danger examples ({error})") from error
    return DangerFile(file, file.stem, (*told, *harmless), tuple(phrases))


def _by_sign(document: Mapping[str, Any], signs: Signs) -> Iterator[tuple[Level, str, str]]:
    levels = signs.levels
    for level in ("urgent", "concern"):
        for sign, texts in document[level].items():
            if levels.get(sign) != level:
                raise ValueError(f"{sign!r} is no sign of level {level}")
            yield from ((level, sign, str(text)) for text in texts or ())
