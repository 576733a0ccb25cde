"""Checks of the training examples: every topic, enough of each, no doubles, no frames, nothing Rasa would misread."""

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path

from language.folding import fold
from publishing.finding import Finding
from publishing.frames import crowded_frames
from publishing.training_data import Example

MIN_EXAMPLES = {"ru": 25, "uz": 25, "tg": 25, "ky": 25, "kk": 25, "en": 12}
MIN_OUT_OF_SCOPE = 60
ERROR_SHARE = 1 / 3
"""With less than this share of what a topic needs, it cannot be learnt at all."""
OUT_OF_SCOPE = "meta.out_of_scope"
_MISREAD = re.compile(r"[\[\]{}]")


def check_examples(examples: Sequence[Example], topics: Collection[str], places: Collection[str]) -> list[Finding]:
    """Everything wrong with the examples."""
    return [*_too_few(examples, topics), *_doubles(examples), *_misread(examples), *_frames(examples, places)]


def _too_few(examples: Sequence[Example], topics: Collection[str]) -> Iterator[Finding]:
    counts = Counter((example.language, example.intent) for example in examples)
    folder = examples[0].file.parents[1] if examples else Path("nlu")
    for language, minimum in MIN_EXAMPLES.items():
        for topic in topics:
            fewest = MIN_OUT_OF_SCOPE if topic == OUT_OF_SCOPE else minimum
            if counts[language, topic] < fewest:
                file = folder / language / f"{topic.split('.')[0]}.yml"
                message = f"{topic} has {counts[language, topic]} examples; write at least {fewest}"
                yield Finding(file, 0, message, is_error=counts[language, topic] < ERROR_SHARE * fewest)


def _doubles(examples: Sequence[Example]) -> Iterator[Finding]:
    seen: dict[tuple[str, str], Example] = {}
    for example in examples:
        key = (example.language, " ".join(re.findall(r"\w+", fold(example.text))))
        first = seen.setdefault(key, example)
        if first is not example:
            is_error = first.intent != example.intent
            where = f"{first.file.name}:{first.line} ({first.intent})"
            yield Finding(example.file, example.line, f"the same words stand in {where}; keep one of the two", is_error)


def _misread(examples: Sequence[Example]) -> Iterator[Finding]:
    for example in examples:
        if _MISREAD.search(example.text) or example.text.startswith("/"):
            yield Finding(
                example.file, example.line, "brackets and a leading “/” mean something to Rasa; leave them out"
            )
        if not any(char.isalnum() for char in example.text):
            yield Finding(example.file, example.line, "an example without a letter or digit teaches nothing; remove it")


def _frames(examples: Sequence[Example], places: Collection[str]) -> Iterator[Finding]:
    by_language: dict[str, list[Example]] = defaultdict(list)
    for example in examples:
        by_language[example.language].append(example)
    for rows in by_language.values():
        for pattern, crowd in crowded_frames(rows, places).items():
            message = (
                f"the frame “{pattern}” stands in {len(crowd)} examples (at most 3); word some of them differently"
            )
            yield Finding(crowd[0].file, crowd[0].line, message)
