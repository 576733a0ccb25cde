"""Check that sentences are short: 12 words on average in each language, none of more than 25."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from publishing.finding import Finding
from publishing.said import LANGUAGES, Said
from publishing.sentences import count_words, parts, sentences

MOST_WORDS_ON_AVERAGE = 12
MOST_WORDS = 25


@dataclass(frozen=True)
class Length:
    """Of one language's answers and steps: mean words of a sentence, and of a part (up to a colon or semicolon)."""

    language: str
    sentences: int
    words_per_sentence: float
    words_per_part: float
    long_sentences: int


def lengths(texts: Iterable[Said]) -> list[Length]:
    """One row a language that has texts of entries."""
    rows = [said for said in texts if said.entry is not None]
    by_language = {name: [said.text for said in rows if said.language == name] for name in LANGUAGES}
    return [_length(name, found) for name, found in by_language.items() if found]


def check_sentences(texts: Iterable[Said], folder: Path) -> Iterator[Finding]:
    """A warning for each sentence of more than `MOST_WORDS`, and for each language that is too long on average."""
    rows = [said for said in texts if said.entry is not None]
    for said in rows:
        for sentence in sentences(said.text):
            if (words := count_words(sentence)) > MOST_WORDS:
                start = " ".join(sentence.split()[:5])
                yield said.finding(
                    f"“{start} …” has {words} words; split what has more than {MOST_WORDS}", is_error=False
                )
    for length in lengths(rows):
        if length.words_per_sentence > MOST_WORDS_ON_AVERAGE:
            mean = f"{length.words_per_sentence:.1f} words a sentence on average ({length.words_per_part:.1f} a part)"
            yield Finding(folder, 0, f"{length.language}: {mean}; at most {MOST_WORDS_ON_AVERAGE}", is_error=False)


def _length(language: str, texts: Sequence[str]) -> Length:
    whole = [count_words(sentence) for text in texts for sentence in sentences(text)]
    pieces = [count_words(part) for text in texts for part in parts(text)]
    return Length(
        language=language,
        sentences=len(whole),
        words_per_sentence=sum(whole) / max(1, len(whole)),
        words_per_part=sum(pieces) / max(1, len(pieces)),
        long_sentences=sum(words > MOST_WORDS for words in whole),
    )
