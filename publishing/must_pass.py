"""Questions of the greatest weight that every release must understand: `tests/must_pass.yml`."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from language.variants import LANGUAGES


@dataclass(frozen=True)
class MustPass:
    """One plain question in a variant, and its only right topic."""

    variant: str
    text: str
    topic: str


@dataclass(frozen=True)
class Passed:
    """What a release made of it."""

    row: MustPass
    topic: str

    @property
    def is_right(self) -> bool:
        """The right topic came first."""
        return self.topic == self.row.topic


def read_must_pass(file: Path) -> tuple[MustPass, ...]:
    """All rows, by variant; raises `ValueError` where the file has another form."""
    try:
        document = yaml.safe_load(file.read_text("utf-8"))
        rows = [
            MustPass(str(variant), str(row["text"]), str(row["topic"]))
            for variant, found in document.items()
            for row in found
        ]
    except (AttributeError, KeyError, TypeError, yaml.YAMLError) as error:
        raise ValueError(f"{file}: write a list of {{text, topic}} under each language ({error})") from error
    if unknown := {row.variant for row in rows} - set(LANGUAGES):
        raise ValueError(f"{file}: {', '.join(sorted(unknown))} is none of our languages: {', '.join(LANGUAGES)}")
    return tuple(rows)


def try_rows(rows: Iterable[MustPass], answer: Callable[[MustPass], Mapping[str, Any]]) -> list[Passed]:
    """Ask for every row."""
    return [Passed(row, str(answer(row)["topic"])) for row in rows]


def summary(passed: Sequence[Passed]) -> str:
    """How many are right, then each that is not."""
    wrong = [item for item in passed if not item.is_right]
    lines = [f"{len(passed) - len(wrong)} of {len(passed)} right."]
    lines += [f"* {item.row.variant}: {item.row.topic}, taken for {item.topic}: {item.row.text}" for item in wrong]
    return "\n".join(lines)
