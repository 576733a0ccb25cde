"""Where a rule or a number comes from."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Source:
    """A page: its title, its address on the net, its date as it states it (may be “undated”)."""

    title: str
    at: str
    date: str


def parse_sources(rows: list[Mapping[str, Any]]) -> tuple[Source, ...]:
    """The sources of one record; raises `ValueError` where there is none or one is not whole."""
    if not rows:
        raise ValueError("at least one source is needed")
    for row in rows:
        if not row.get("title") or not str(row.get("at", "")).startswith(("http://", "https://")):
            raise ValueError(f"a source needs a title and an address: {dict(row)}")
    return tuple(Source(str(row["title"]), str(row["at"]), str(row.get("date", "undated"))) for row in rows)
