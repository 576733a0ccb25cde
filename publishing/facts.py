"""The facts that entries cite: what each states, how sure it is, and what the content team has yet to check."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from foundation.yaml_text import parse_yaml

SHOWN_CONFIDENCE = ("high", "medium")


@dataclass(frozen=True)
class Fact:
    """One fact. `recheck` is empty where nothing is open; `country` may be a code, several, or “all”."""

    id: str
    statement: str
    country: str
    confidence: str
    has_source: bool
    recheck: str

    @property
    def is_usable(self) -> bool:
        """May it be shown to a migrant?"""
        return self.has_source and self.confidence in SHOWN_CONFIDENCE


def read_facts(folder: Path) -> Mapping[str, Fact]:
    """All facts of `<folder>/*.yml` by id; raises `ValueError` naming the file. No folder is no fact."""
    found: dict[str, Fact] = {}
    for file in sorted(folder.glob("*.yml")):
        try:
            rows = [_fact(row) for row in parse_yaml(file.read_text("utf-8")) or []]
        except (KeyError, TypeError, yaml.YAMLError) as error:
            raise ValueError(f"{file}: not a list of facts ({error})") from error
        found |= {fact.id: fact for fact in rows}
    return found


def _fact(row: Mapping[str, Any]) -> Fact:
    return Fact(
        id=str(row["id"]),
        statement=str(row["statement"]),
        country=str(row.get("jurisdiction", "")),
        confidence=str(row.get("confidence", "")),
        has_source=isinstance(row.get("source"), list) and bool(row["source"]),
        recheck=str(row.get("recheck") or ""),
    )
