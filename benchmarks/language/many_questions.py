"""Many questions out of few: our own sentences and entries again with typing errors, as a library that has grown."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import cycle
from pathlib import Path
from random import Random

from benchmarks.language.intervals import SEED
from knowledge_base.entry import Entry
from knowledge_base.index import questions_of
from knowledge_base.library import Library
from language.training.noise import with_slips, without_special_letters
from publishing.parallel_corpus import read_corpus
from publishing.training_data import read_examples

SLIPS = 0.08
"""Of a letter in a question; of a letter in an answer half of it."""


def own_sentences(content: Path) -> list[str]:
    """Examples, parallel corpus and entries' questions below `content`, each once."""
    examples = [example.text for example in read_examples(content / "nlu")]
    corpus = [text for row in read_corpus(content / "parallel") for text in row.texts.values()]
    _, questions = questions_of(Library.load(content / "faq").entries)
    return list(dict.fromkeys([*examples, *corpus, *questions]))


def multiplied(texts: Sequence[str], count: int) -> list[str]:
    """`count` texts: first these in a random order, then the same in turn, each time with other typing errors."""
    chance = Random(SEED)
    found = chance.sample(texts, min(count, len(texts)))
    again = cycle(found[:])
    while len(found) < count:
        found.append(_mistyped(next(again), chance))
    return found


def grown(library: Library, count: int) -> Library:
    """`count` entries: these, then copies in turn whose questions and answers have typing errors."""
    chance = Random(SEED)
    again = cycle(library.entries)
    copies = (_copy(next(again), number, chance) for number in range(count - len(library.entries)))
    return Library([*library.entries[:count], *copies])


def _copy(entry: Entry, number: int, chance: Random) -> Entry:
    questions = {
        variant: tuple(_mistyped(text, chance) for text in texts) for variant, texts in entry.questions.items()
    }
    answer = {variant: with_slips(text, chance, SLIPS / 2) for variant, text in entry.answer.items()}
    return replace(entry, id=f"{entry.id}-{number}", questions=questions, answer=answer)


def _mistyped(text: str, chance: Random) -> str:
    typed = with_slips(text, chance, SLIPS)
    return typed if chance.random() < 0.6 else without_special_letters(typed, chance)
