"""The paths of the safety dialogue: which sign of danger leads where, and what each path names; from a file."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

FILE = "safety_paths.yml"
BY_LEVEL = ("urgent", "concern")
"""The paths of dangers whose sign is not known; there is one for each level."""


@dataclass(frozen=True)
class Saying:
    """A text's key, left out where the conversation has one of the signs in `unless`."""

    text: str
    unless: tuple[str, ...] = ()


@dataclass(frozen=True)
class SafetyPath:
    """One path; `numbers` are kinds of emergency numbers, `entries` names of entries by country or under `any`."""

    id: str
    signs: tuple[str, ...]
    numbers: tuple[str, ...]
    says: tuple[Saying, ...]
    entries: Mapping[str, str]
    has_contacts: bool

    def entry(self, country: str | None) -> str | None:
        """The entry that says more for this country, or None."""
        return self.entries.get(country or "") or self.entries.get("any")

    def texts(self, signs: Collection[str]) -> tuple[str, ...]:
        """The keys of what is said to somebody with these signs."""
        return tuple(each.text for each in self.says if not set(each.unless) & set(signs))


class SafetyPaths:
    """All paths, from `data/guidance/safety_paths.yml`."""

    def __init__(self, paths: Sequence[SafetyPath]) -> None:
        self._paths = {path.id: path for path in paths}

    @classmethod
    def load(cls, folder: Path) -> "SafetyPaths":
        """Read the paths; raises `ValueError` naming file and row."""
        path = folder / FILE
        document = yaml.safe_load(path.read_text("utf-8"))
        found = cls([_read(row, path) for row in document["paths"]])
        if missing := [each for each in BY_LEVEL if each not in found._paths]:
            raise ValueError(f"{path}: lacks the path {', '.join(missing)}")
        return found

    def ids(self) -> tuple[str, ...]:
        """All paths, in the order in which they are looked through."""
        return tuple(self._paths)

    def get(self, path_id: str) -> SafetyPath | None:
        """The path with this id, or None."""
        return self._paths.get(path_id)

    def path_of(self, level: str, signs: Collection[str], known_before: Collection[str] = ()) -> SafetyPath:
        """Where a danger leads: by its own signs, else by those known before, else by its level.

        What is urgent is never led to the path of mere concern.
        """
        by_level = self._paths["urgent" if level == "urgent" else "concern"]
        for each in (signs, known_before):
            found = next((path for path in self._paths.values() if set(path.signs) & set(each)), by_level)
            if found.id not in BY_LEVEL or (each is signs and found.id == "urgent"):
                return found
        return by_level


def _read(row: Mapping[str, Any], path: Path) -> SafetyPath:
    try:
        return _path(row)
    except (KeyError, TypeError, ValueError) as error:
        raise ValueError(f"{path}: {row.get('id', '?')}: {error!r}") from error


def _path(row: Mapping[str, Any]) -> SafetyPath:
    says = tuple(Saying(str(each["text"]), tuple(each.get("unless", ()))) for each in row["says"])
    return SafetyPath(
        id=str(row["id"]),
        signs=tuple(row["signs"]),
        numbers=tuple(row["numbers"]),
        says=says,
        entries=dict(row["entries"]),
        has_contacts=bool(row["has_contacts"]),
    )
