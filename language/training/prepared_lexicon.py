"""The lexicon as the encoder reads it: the words of each meaning in the form in which texts are cut into pieces."""

from collections.abc import Sequence

from language.static_encoder import prepared
from language.training.lexicon import Concept

PreparedConcept = dict[str, list[str]]
"""Prepared words and phrases of one meaning by language; in every language at least one."""


def prepare_lexicon(concepts: Sequence[Concept]) -> list[PreparedConcept]:
    """Each concept that has words in all its languages once they are prepared."""
    found = (
        {language: [text for word in words if (text := prepared(word))] for language, words in concept.words.items()}
        for concept in concepts
    )
    return [concept for concept in found if all(concept.values())]
