"""Held-out sentences, never trained on: `tests/evaluation/<set>/<language>.yml`, and any file of the same form."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from foundation.yaml_text import parse_yaml
from guidance.danger import CONTEXT_TEXTS


@dataclass(frozen=True)
class HeldOut:
    """One sentence. `topic` is what it asks for (None where only the danger counts); `danger` None where not judged.

    `sign` is the sign of danger where the set names it. `before` are the messages before it, oldest first, as many as
    the gateway looks at; `thread` names the thread that they make. `written` names the set: each was written by another
    hand.
    """

    language: str
    text: str
    style: str
    topic: str | None = None
    danger: str | None = None
    written: str = ""
    sign: str | None = None
    before: tuple[str, ...] = ()
    thread: str | None = None


def read_held_out(folder: Path) -> tuple[HeldOut, ...]:
    """All sentences below `folder`; the file's name is the language, its folder the set."""
    return tuple(row for file in sorted(folder.rglob("*.yml")) for row in _of_file(file))


def _of_file(file: Path) -> list[HeldOut]:
    document = parse_yaml(file.read_text("utf-8"))
    rows = [
        HeldOut(file.stem, str(text), str(style), topic)
        for topic, styles in document["topics"].items()
        for style, text in styles.items()
    ]
    rows += [
        HeldOut(file.stem, row["text"], "danger", danger=row["level"], sign=row.get("sign"))
        for row in document["danger"]
    ]
    rows += [HeldOut(file.stem, text, "not_danger", danger="none") for text in document["not_danger"]]
    rows += [step for number, row in enumerate(document.get("threads") or ()) for step in _steps(file, number, row)]
    rows += [HeldOut(file.stem, text, "out_of_scope", "meta.out_of_scope") for text in document["out_of_scope"]]
    rows += [HeldOut(file.stem, text, "human", "meta.human") for text in document["human"]]
    return [replace(row, written=file.parent.name) for row in rows]


def _steps(file: Path, number: int, row: Mapping[str, Any]) -> Iterator[HeldOut]:
    """The messages of a thread; only the last one, of style `thread`, carries its level."""
    messages, thread = tuple(map(str, row["messages"])), f"{file.parent.name}/{file.stem}/{number}"
    for place, text in enumerate(messages):
        before = messages[max(0, place - CONTEXT_TEXTS) : place]
        if place < len(messages) - 1:
            yield HeldOut(file.stem, text, "thread_begin", before=before, thread=thread)
        else:
            yield HeldOut(
                file.stem, text, "thread", danger=row["level"], sign=row.get("sign"), before=before, thread=thread
            )
