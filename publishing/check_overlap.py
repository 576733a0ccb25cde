"""Check that nothing is learnt from which is measured: no example, no question that is nearly a held-out sentence."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from knowledge_base.library import Library
from publishing.finding import Finding
from publishing.held_out import HeldOut
from publishing.overlap import near_duplicates
from publishing.training_data import Example

MIN_WORDS = 3
"""Greetings and the like are the same wherever they stand."""


def check_overlap(examples: Sequence[Example], held_out: Sequence[HeldOut]) -> Iterator[Finding]:
    """A finding for each example that is nearly the same as a held-out sentence of its language."""
    for language in sorted({row.language for row in held_out}):
        ours = {each.text: each for each in examples if each.language == language and _is_long(each.text)}
        theirs = [row.text for row in held_out if row.language == language and _is_long(row.text)]
        for text, other in near_duplicates(list(ours), theirs):
            example = ours[text]
            message = f"nearly the same as the held-out sentence “{other}”; word the example differently"
            yield Finding(example.file, example.line, message)


def check_questions(library: Library, folder: Path, held_out: Sequence[HeldOut]) -> Iterator[Finding]:
    """A finding for each question of an entry that is nearly the same as a held-out sentence of its language."""
    for language in sorted({row.language for row in held_out}):
        ours = {
            question: entry
            for entry in library.entries
            for question in entry.questions.get(language, ())
            if _is_long(question)
        }
        theirs = [row.text for row in held_out if row.language == language and _is_long(row.text)]
        for text, other in near_duplicates(list(ours), theirs):
            message = f"“{text}” is nearly the same as the held-out sentence “{other}”; word the question differently"
            yield Finding(folder / f"{ours[text].id}.yml", 0, message)


def _is_long(text: str) -> bool:
    return len(text.split()) >= MIN_WORDS
