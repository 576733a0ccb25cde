"""Checks of the entries: known topics and facts, citable sources, related entries that exist, no unsourced number."""

import re
from collections.abc import Collection, Iterator
from pathlib import Path

from knowledge_base.entry import Entry
from knowledge_base.library import Library
from publishing.facts import read_facts
from publishing.finding import Finding
from publishing.lines import line_of

MAX_SENTENCES = 3
PHONE = re.compile(r"\+\d[\d ()-]{6,}\d|\b8[ -]?\(?800\)?[\d -]{6,}|\b\d{3}-\d{2}-\d{2}\b")
_SENTENCE_END = re.compile(r"[.!?…]+(?:\s+(?=[A-ZА-ЯЁҲҚҒӢӮҶӨҮҢӘІҰҺЎʻ«“\"(])|$)")


def check_entries(library: Library, topics: Collection[str], facts: Collection[str], folder: Path) -> list[Finding]:
    """Everything wrong with the entries that loading them does not already refuse."""
    return [finding for entry in library.entries for finding in _of_entry(entry, library, topics, facts, folder)]


def usable_facts(folder: Path) -> set[str]:
    """The ids of facts that may be shown: with a source, confidence high or medium."""
    return {fact.id for fact in read_facts(folder).values() if fact.is_usable}


def _of_entry(
    entry: Entry, library: Library, topics: Collection[str], facts: Collection[str], folder: Path
) -> Iterator[Finding]:
    file = folder / f"{entry.id}.yml"
    if entry.topic not in topics:
        yield Finding(file, line_of(file, entry.topic), f"topic {entry.topic!r} is not in topics.yml")
    for fact in entry.facts:
        if fact not in facts:
            message = f"fact {fact!r} may not be shown: unknown, without source, or of low confidence"
            yield Finding(file, line_of(file, fact), message)
    for related in entry.related:
        if not library.has(related):
            yield Finding(file, line_of(file, related), f"related entry {related!r} does not exist")
    for language, text in entry.answer.items():
        yield from _of_answer(file, language, text)
    for language, steps in entry.steps.items():
        for step in steps:
            if PHONE.search(step):
                message = f"steps ({language}): a phone number without a verified source; take it out"
                yield Finding(file, line_of(file, step), message)


def _of_answer(file: Path, language: str, text: str) -> Iterator[Finding]:
    if PHONE.search(text):
        message = f"answer ({language}): a phone number without a verified source; take it out"
        yield Finding(file, line_of(file, text), message)
    sentences = len(_SENTENCE_END.findall(text.strip()))
    if sentences > MAX_SENTENCES:
        message = f"answer ({language}): {sentences} sentences; at most {MAX_SENTENCES}, the rest are steps"
        yield Finding(file, line_of(file, text), message)
