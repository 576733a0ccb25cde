"""Checks of the lexicon: no empty cell, the letters of each language, no meaning twice, short cells."""

from collections.abc import Iterator, Sequence

from language.alphabets import strange_words
from language.training.lexicon import BETWEEN, Concept
from publishing.finding import Finding

MOST_WORDS = 5
"""In one cell; more make a list of forms, not a lexicon."""
LONGEST_CHARS = 60


def check_lexicon(concepts: Sequence[Concept]) -> list[Finding]:
    """Everything wrong with the lexicon; nothing for an empty one."""
    found = [finding for concept in concepts for finding in _of_concept(concept)]
    return [*found, *_twice(concepts)]


def _of_concept(concept: Concept) -> Iterator[Finding]:
    for language, words in concept.words.items():
        for word in words:
            if not any(char.isalpha() for char in word) or "|" in word:
                yield _at(concept, f"{language}: “{word}” is no word; part words by “{BETWEEN}”")
            elif len(word) > LONGEST_CHARS:
                yield _at(concept, f"{language}: “{word}” is too long for a lexicon")
            elif strange := strange_words(word, language):
                yield _at(concept, f"{language}: letters of another alphabet in “{', '.join(strange)}”")
        if len(words) > MOST_WORDS:
            yield _at(concept, f"{language}: {len(words)} words in one cell, at most {MOST_WORDS}")


def _twice(concepts: Sequence[Concept]) -> Iterator[Finding]:
    firsts: dict[tuple[tuple[str, ...], ...], Concept] = {}
    for concept in concepts:
        first = firsts.setdefault(tuple(concept.words.values()), concept)
        if first is not concept:
            yield _at(concept, f"stands in {first.file.name}:{first.line} too; delete one")


def _at(concept: Concept, message: str) -> Finding:
    return Finding(concept.file, concept.line, message)
