"""Held-out sentences, never trained on: `tests/evaluation/<language>.yml`, and any file of the same form."""

from dataclasses import dataclass
from pathlib import Path

import yaml


@dataclass(frozen=True)
class HeldOut:
    """One sentence. `topic` is what it asks for (None where only the danger counts); `danger` None where not judged."""

    language: str
    text: str
    style: str
    topic: str | None = None
    danger: str | None = None


def read_held_out(folder: Path) -> tuple[HeldOut, ...]:
    """All sentences below `folder`; the file's name is the language."""
    return tuple(row for file in sorted(folder.glob("*.yml")) for row in _of_file(file))


def _of_file(file: Path) -> list[HeldOut]:
    document = yaml.safe_load(file.read_text("utf-8"))
    language = file.stem
    rows = [
        HeldOut(language, str(text), str(style), topic)
        for topic, styles in document["topics"].items()
        for style, text in styles.items()
    ]
    rows += [HeldOut(language, row["text"], "danger", danger=row["level"]) for row in document["danger"]]
    rows += [HeldOut(language, text, "not_danger", danger="none") for text in document["not_danger"]]
    rows += [HeldOut(language, text, "out_of_scope", "meta.out_of_scope") for text in document["out_of_scope"]]
    rows += [HeldOut(language, text, "human", "meta.human") for text in document["human"]]
    return rows
