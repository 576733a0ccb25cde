"""Checks of the danger examples: form, enough of each sign, phrases that are sure, and nothing that is measured."""

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from guidance.danger_examples import DangerDataError, DangerFile, language_files, read_danger_file
from guidance.danger_phrases import MIN_PHRASE_CHARS, Phrases
from guidance.danger_signs import FILE, Signs
from language.folding import skeleton
from publishing.finding import Finding
from publishing.held_out import HeldOut
from publishing.overlap import near_duplicates

MIN_OF_A_SIGN, MIN_HARMLESS = 15, 120


def check_danger(folder: Path, held_out: Sequence[HeldOut]) -> Iterator[Finding]:
    """Everything wrong with the signs and with each `<language>.yml` below `folder`."""
    try:
        signs = Signs.load(folder)
    except ValueError as error:
        yield Finding(folder / FILE, 0, str(error))
        return
    for file in language_files(folder):
        try:
            read = read_danger_file(file, signs)
        except DangerDataError as error:
            yield Finding(file, 0, str(error))
            continue
        yield from (*_counts(read, signs), *_twice(read), *_phrases(read), *_overlap(read, held_out))


def _counts(read: DangerFile, signs: Signs) -> Iterator[Finding]:
    counted = Counter(example.sign for example in read.examples)
    for sign in (sign.id for sign in signs if counted[sign.id] < MIN_OF_A_SIGN):
        few = f"{counted[sign]} examples of {sign}; write at least {MIN_OF_A_SIGN}"
        yield Finding(read.file, 0, few, is_error=False)
    if counted[None] < MIN_HARMLESS:
        few = f"{counted[None]} harmless examples; write at least {MIN_HARMLESS}"
        yield Finding(read.file, 0, few, is_error=False)


def _twice(read: DangerFile) -> Iterator[Finding]:
    levels: dict[str, str] = {}
    for example in read.examples:
        known = levels.setdefault(skeleton(example.text), example.level)
        if known != example.level:
            yield _found(read, example.text, f"“{example.text}” stands under {known} and under {example.level}")
    counted = Counter(example.text.casefold().strip() for example in read.examples)
    for text in (text for text, count in counted.items() if count > 1):
        yield _found(read, text, f"“{text}” stands here twice; keep one", is_error=False)


def _phrases(read: DangerFile) -> Iterator[Finding]:
    for phrase in read.phrases:
        if len(skeleton(phrase.text)) < MIN_PHRASE_CHARS:
            yield _found(read, phrase.text, f"the phrase “{phrase.text}” is too short to be looked for", is_error=False)
    finder = Phrases({phrase.text: [phrase.text] for phrase in read.phrases})
    for text in (example.text for example in read.examples if example.level == "none"):
        for found in finder.found(skeleton(text)):
            yield _found(read, found, f"the phrase “{found}” stands in the harmless example “{text}”")


def _overlap(read: DangerFile, held_out: Sequence[HeldOut]) -> Iterator[Finding]:
    ours = [example.text for example in read.examples if len(example.text.split()) > 2]
    theirs = [row.text for row in held_out if row.language == read.language]
    for text, other in near_duplicates(ours, theirs):
        yield _found(read, text, f"nearly the same as the held-out sentence “{other}”; word the example differently")


def _found(read: DangerFile, text: str, message: str, is_error: bool = True) -> Finding:
    lines = enumerate(read.file.read_text("utf-8").splitlines(), 1)
    number = next((number for number, line in lines if text.casefold() in line.casefold()), 0)
    return Finding(read.file, number, message, is_error=is_error)
