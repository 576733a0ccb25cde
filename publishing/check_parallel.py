"""Checks of the parallel corpus: right languages and letters, nothing missing, no copies, no frames, evenly spread."""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterator, Sequence
from statistics import median

from language.alphabets import strange_words
from language.identify import Identifier
from publishing.finding import Finding
from publishing.frames import MAX_ROWS_PER_FRAME, MIN_FRAME_WORDS, frame
from publishing.near_copies import near_copies_within
from publishing.parallel_corpus import LANGUAGES, SPEAKERS, STYLES, Row

SURE = 0.9
"""From this confidence on the language model is believed against the column."""
MIN_WORDS = 4
"""Shorter cells say too little about their language, and their lengths vary."""
LONGEST_RATIO = 2.0
"""A cell that is so many times longer or shorter than its language's usual share of the row has lost a part."""
FEWEST_SHARE = 0.5
"""A topic must have at least this share of the rows of an average topic."""
_ID = re.compile(r"[a-z_]+\.[a-z_]+-\d{3}|[a-z_]+-\d{3}")


def check_parallel(rows: Sequence[Row], topics: Collection[str], places: Collection[str]) -> list[Finding]:
    """Everything wrong with the corpus; nothing for one that has no rows."""
    if not rows:
        return []
    checks: tuple[Callable[[Sequence[Row]], Iterator[Finding]], ...] = (
        _marks,
        _empty,
        _letters,
        _wrong_language,
        _copies,
        _lengths,
        _near_copies,
    )
    found = [finding for check in checks for finding in check(rows)]
    return [*found, *_frames(rows, places), *_balance(rows, topics)]


def _at(row: Row, message: str, *, is_error: bool = True) -> Finding:
    return Finding(row.file, row.line, message, is_error)


def _marks(rows: Sequence[Row]) -> Iterator[Finding]:
    firsts: dict[str, Row] = {}
    for row in rows:
        if not _ID.fullmatch(row.id):
            yield _at(row, f"the id “{row.id}” must be a topic, a hyphen and three digits")
        if row.is_second:
            continue
        if row.style not in STYLES or row.speaker not in SPEAKERS:
            yield _at(row, f"style must be one of {sorted(STYLES)}, speaker one of {sorted(SPEAKERS)}")
        first = firsts.setdefault(row.id, row)
        if first is not row:
            yield _at(row, f"the id {row.id} stands in line {first.line} too")
    for row in rows:
        if row.is_second and row.id not in firsts:
            yield _at(row, f"there is no row {row.id} of which this is a second wording")


def _empty(rows: Sequence[Row]) -> Iterator[Finding]:
    for row in rows:
        for language in LANGUAGES:
            if not any(char.isalpha() for char in row.texts[language]):
                yield _at(row, f"{language} is empty; write the sentence")


def _letters(rows: Sequence[Row]) -> Iterator[Finding]:
    for row in rows:
        for language, text in row.texts.items():
            if strange := strange_words(text, language):
                yield _at(row, f"{language}: letters of another alphabet in “{', '.join(strange)}”")


def _wrong_language(rows: Sequence[Row]) -> Iterator[Finding]:
    identifier = Identifier.load()
    for row in rows:
        for language, text in row.texts.items():
            if len(text.split()) < MIN_WORDS:
                continue
            found = identifier.identify(text, None)
            if found.language not in (language, "other") and found.confidence >= SURE:
                yield _at(row, f"{language} reads like {found.language} ({found.confidence:.2f}): “{text}”")


def _copies(rows: Sequence[Row]) -> Iterator[Finding]:
    for row in rows:
        seen: dict[str, str] = {}
        for language, text in row.texts.items():
            other = seen.setdefault(" ".join(re.findall(r"\w+", text.lower())), language)
            if other != language and len(text.split()) >= MIN_WORDS:
                yield _at(row, f"{language} is a copy of {other}")


def _lengths(rows: Sequence[Row]) -> Iterator[Finding]:
    shares = {language: median(_share(row, language) for row in rows) for language in LANGUAGES}
    for row in rows:
        if len(row.texts["en"].split()) < 2 * MIN_WORDS:
            continue
        for language in LANGUAGES:
            ratio = _share(row, language) / shares[language]
            if not 1 / LONGEST_RATIO <= ratio <= LONGEST_RATIO:
                kind = "longer" if ratio > 1 else "shorter"
                yield _at(row, f"{language} is much {kind} than the row lets expect; is a part missing?")


def _share(row: Row, language: str) -> float:
    return len(row.texts[language]) / max(1, sum(map(len, row.texts.values())))


def _near_copies(rows: Sequence[Row]) -> Iterator[Finding]:
    for language in LANGUAGES:
        texts = [row.texts[language] for row in rows]
        for first, second in near_copies_within(texts):
            where = f"{rows[first].file.name}:{rows[first].line}"
            yield _at(rows[second], f"{language} is nearly the same as {where}; word one of them differently")


def _frames(rows: Sequence[Row], places: Collection[str]) -> Iterator[Finding]:
    for language in LANGUAGES:
        found: dict[str, list[Row]] = defaultdict(list)
        for row in rows:
            pattern = frame(row.texts[language], places)
            if len(pattern.split()) >= MIN_FRAME_WORDS:
                found[pattern].append(row)
        for pattern, crowd in found.items():
            if len(crowd) > MAX_ROWS_PER_FRAME:
                yield _at(crowd[0], f"{language}: the frame “{pattern}” stands in {len(crowd)} rows (at most 3)")


def _balance(rows: Sequence[Row], topics: Collection[str]) -> Iterator[Finding]:
    counts = Counter(row.topic for row in rows if not row.is_second and row.topic in topics)
    folder = rows[0].file.parent
    if not counts:
        return
    fewest = FEWEST_SHARE * sum(counts.values()) / len(counts)
    for topic in topics:
        if counts[topic] < fewest and not topic.startswith("meta."):
            file = folder / f"{topic.partition('.')[0]}.tsv"
            yield Finding(
                file, 0, f"{topic} has only {counts[topic]} rows; write at least {fewest:.0f}", is_error=False
            )
