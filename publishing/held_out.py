"""Held-out sentences, never trained on: `tests/evaluation/<set>/<language>.yml`, and any file of the same form."""

from dataclasses import dataclass
from pathlib import Path

import yaml


@dataclass(frozen=True)
class HeldOut:
    """One sentence. `topic` is what it asks for (None where only the danger counts); `danger` None where not judged.

    `written` names the set: each was written by another hand.
    """

    language: str
    text: str
    style: str
    topic: str | None = None
    danger: str | None = None
    written: str = ""


def read_held_out(folder: Path) -> tuple[HeldOut, ...]:
    """All sentences below `folder`; the file's name is the language, its folder the set."""
    return tuple(row for file in sorted(folder.rglob("*.yml")) for row in _of_file(file))


def _of_file(file: Path) -> list[HeldOut]:
    document = yaml.safe_load(file.read_text("utf-8"))
    rows: list[tuple[str, str, str | None, str | None]] = [
        (str(text), str(style), topic, None)
        for topic, styles in document["topics"].items()
        for style, text in styles.items()
    ]
    rows += [(row["text"], "danger", None, row["level"]) for row in document["danger"]]
    rows += [(text, "not_danger", None, "none") for text in document["not_danger"]]
    rows += [(text, "out_of_scope", "meta.out_of_scope", None) for text in document["out_of_scope"]]
    rows += [(text, "human", "meta.human", None) for text in document["human"]]
    return [HeldOut(file.stem, *row, written=file.parent.name) for row in rows]
