"""Checks of the entries: known topics and facts, citable sources, related entries that exist, no unsourced number."""

import re
from collections.abc import Collection, Iterator
from pathlib import Path

import yaml

from knowledge_base.entry import Entry
from knowledge_base.library import Library
from publishing.finding import Finding

SHOWN_NUMBERS = {"101", "102", "103", "104", "112"}
MAX_SENTENCES = 3
_PHONE = re.compile(r"\+\d[\d ()-]{6,}\d|\b8[ -]?\(?800\)?[\d -]{6,}|\b\d{3}-\d{2}-\d{2}\b")
_SENTENCE_END = re.compile(r"[.!?…]+(?:\s+(?=[A-ZА-ЯЁҲҚҒӢӮҶӨҮҢӘІҰҺЎʻ«“\"(])|$)")


def check_entries(library: Library, topics: Collection[str], facts: Collection[str], folder: Path) -> list[Finding]:
    """Everything wrong with the entries that loading them does not already refuse."""
    return [finding for entry in library.entries for finding in _of_entry(entry, library, topics, facts, folder)]


def usable_facts(folder: Path) -> set[str]:
    """The ids of facts that may be shown: with a source, confidence high or medium."""
    found = set()
    for file in sorted(folder.glob("*.yml")):
        for fact in yaml.safe_load(file.read_text("utf-8")) or []:
            has_source = isinstance(fact.get("source"), list) and bool(fact["source"])
            if has_source and fact.get("confidence") in ("high", "medium"):
                found.add(str(fact["id"]))
    return found


def _of_entry(
    entry: Entry, library: Library, topics: Collection[str], facts: Collection[str], folder: Path
) -> Iterator[Finding]:
    file = folder / f"{entry.id}.yml"
    if entry.topic not in topics:
        yield Finding(file, 0, f"topic {entry.topic!r} is not in topics.yml")
    for fact in entry.facts:
        if fact not in facts:
            yield Finding(file, 0, f"fact {fact!r} may not be shown: unknown, without source, or of low confidence")
    for related in entry.related:
        if not library.has(related):
            yield Finding(file, 0, f"related entry {related!r} does not exist")
    for language, text in entry.answer.items():
        yield from _of_answer(file, language, text)
    for language, steps in entry.steps.items():
        for step in steps:
            if _PHONE.search(step):
                yield Finding(file, 0, f"steps ({language}): a phone number without a verified source; take it out")


def _of_answer(file: Path, language: str, text: str) -> Iterator[Finding]:
    if _PHONE.search(text):
        yield Finding(file, 0, f"answer ({language}): a phone number without a verified source; take it out")
    sentences = len(_SENTENCE_END.findall(text.strip()))
    if sentences > MAX_SENTENCES:
        yield Finding(
            file, 0, f"answer ({language}): {sentences} sentences; at most {MAX_SENTENCES}, the rest are steps"
        )
