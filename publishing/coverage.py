"""What answers each topic: topics by countries by languages, and whether an entry tells the rule or only the way."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from knowledge_base.entry import ANY, Entry
from knowledge_base.library import Library
from knowledge_base.topics import Topics
from language.variants import LANGUAGES
from publishing.facts import Fact

COUNTRIES = (ANY, "RU", "KZ", "KG", "TJ", "UZ")
"""Columns that are always shown; others follow where they have entries."""
LEGAL, PARTLY, ORIENTATION = "legal", "partly", "orientation"
META = "meta"
_REGIONS = {"Central Asia": "KZ KG TJ UZ", "CIS": "RU KZ KG TJ UZ", "EAEU": "RU KZ KG"}
_CODE = re.compile(r"\b[A-Z]{2}\b")
_UNCHECKED = re.compile(
    r"\bwe (have|do not have|have not yet)\b[^.;]*\b(no|not|an exact|checked|verified|exact)\b", re.IGNORECASE
)
"""How the English answer of an entry says that a part of it is not known."""


@dataclass(frozen=True)
class Cell:
    """The entries of one topic for one country. `lacking` are the variants that one of them does not speak."""

    kinds: tuple[str, ...]
    citizenships: tuple[str, ...]
    lacking: tuple[str, ...]

    def __str__(self) -> str:
        """Such as “legal (KG, UZ)”; how many where there are several; what is lacking."""
        kinds = [
            f"{kind} {count}" if (count := self.kinds.count(kind)) > 1 else kind for kind in sorted(set(self.kinds))
        ]
        whose = f" ({', '.join(self.citizenships)})" if self.citizenships else ""
        lacking = f", not in {', '.join(self.lacking)}" if self.lacking else ""
        return " + ".join(kinds) + whose + lacking


@dataclass(frozen=True)
class Row:
    """One topic and its cells by country."""

    topic: str
    cells: Mapping[str, Cell]


def coverage(library: Library, topics: Topics, facts: Mapping[str, Fact]) -> list[Row]:
    """A row for each topic but those about Safar itself; one without entries has no cells."""
    ids = [topic for topic in topics.ids if topic.partition(".")[0] != META]
    return [Row(topic, _cells(library.of_topic(topic), facts)) for topic in ids]


def gaps(rows: Sequence[Row]) -> list[str]:
    """What is empty: topics without any entry, and cells that lack a language."""
    empty = [f"{row.topic}: no entry" for row in rows if not row.cells]
    lacking = (
        f"{row.topic}, {country}: not in {', '.join(cell.lacking)}"
        for row in rows
        for country, cell in row.cells.items()
        if cell.lacking
    )
    return [*empty, *lacking]


def table(rows: Sequence[Row]) -> str:
    """The rows as Markdown; the last line counts the topics that have an entry for each country."""
    more = sorted({country for row in rows for country in row.cells} - set(COUNTRIES))
    countries = (*COUNTRIES, *more)
    lines = [f"| topic | {' | '.join(countries)} |", "|---" * (len(countries) + 1) + "|"]
    lines += [f"| {row.topic} | {' | '.join(str(row.cells.get(name, '')) for name in countries)} |" for row in rows]
    counts = [sum(name in row.cells for row in rows) for name in countries]
    return "\n".join([*lines, f"| **{len(rows)} topics** | {' | '.join(map(str, counts))} |"])


def kind_of(entry: Entry, facts: Mapping[str, Fact]) -> str:
    """*Legal* where a usable fact that it cites holds in its country, *partly* where it calls a part unchecked itself.

    Else it only shows the way: *orientation*. An entry for any country is legal where a fact of some country stands
    behind it, or of international law.
    """
    held = {code for name in entry.facts if name in facts and facts[name].is_usable for code in _countries(facts[name])}
    if not held or entry.country not in (ANY, *held):
        return ORIENTATION
    return PARTLY if _UNCHECKED.search(entry.answer.get("en", "")) else LEGAL


def _countries(fact: Fact) -> set[str]:
    of_regions = " ".join(codes for region, codes in _REGIONS.items() if region in fact.country)
    return {*_CODE.findall(f"{fact.country} {of_regions}"), *(["international"] if "intern" in fact.country else [])}


def _cells(entries: Sequence[Entry], facts: Mapping[str, Fact]) -> Mapping[str, Cell]:
    found = dict.fromkeys(entry.country for entry in entries)
    return {name: _cell([entry for entry in entries if entry.country == name], facts) for name in found}


def _cell(entries: Sequence[Entry], facts: Mapping[str, Fact]) -> Cell:
    is_for_all = any(entry.citizenship == ANY for entry in entries)
    codes = sorted({code for entry in entries if entry.citizenship != ANY for code in entry.citizenship})
    return Cell(
        kinds=tuple(kind_of(entry, facts) for entry in entries),
        citizenships=() if is_for_all else tuple(codes),
        lacking=tuple(name for name in LANGUAGES if any(name not in entry.answer for entry in entries)),
    )
