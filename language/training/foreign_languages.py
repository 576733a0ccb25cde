"""Reads texts in languages that Safar does not speak, so that they are told from ours."""

import csv
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from random import Random

from language.folding import fold
from language.letter_pieces import words_of
from language.training.labelled_text import LabelledText

_FOLDER = Path(__file__).parent
_SENTENCES = _FOLDER / "other_languages.tsv"
_WORDS = _FOLDER / "other_words.tsv"
_PROGRAMS = _FOLDER / "other_programs.tsv"
_NEAR = frozenset("tr az tk tt".split())
_MIN_OWN_TEXTS = 3
"""A word that stands in so many of our own sentences is one of ours, also where others write it the same."""

# One class of the model for each family: near languages share their pieces and need no telling apart.
_LATIN = {
    "tr": "tr crh", "az": "az", "tk": "tk", "de": "de lb", "nl": "nl af fy", "sv": "sv da nb nn is", "fr": "fr ht",
    "es": "es pt gl ca ast", "it": "it la", "ro": "ro", "pl": "pl hsb dsb", "cs": "cs sk", "hr": "hr bs sr-Latn sl",
    "lt": "lt lv", "fi": "fi et", "hu": "hu", "sq": "sq", "eu": "eu", "cy": "cy ga gd br", "id": "id ms tet tl mi",
    "sw": "sw ig yo so ha", "eo": "eo ia io", "vi": "vi", "kab": "kab", "hi": "hi fa-Latn ar-Latn ku ka-Latn hy-Latn",
}  # fmt: skip
_CYRILLIC = {
    "uk": "uk", "be": "be", "bg": "bg mk", "sr": "sr", "mn": "mn", "tt": "tt ba", "os": "os udm ce av cv sah",
}  # fmt: skip
_CLASS_OF = {
    (language, script): f"{family}-{script}"
    for script, families in (("Latn", _LATIN), ("Cyrl", _CYRILLIC))
    for family, languages in families.items()
    for language in languages.split()
}
FOREIGN_CLASSES = (*dict.fromkeys(_CLASS_OF.values()), "other-Latn", "other-Cyrl")


def foreign_class_of(language: str, script: str) -> str:
    """Return the class of a text in a foreign language; "other" for what is not written so, and for random letters."""
    return _CLASS_OF.get((language, script), f"other-{script}")


def read_foreign_texts(own: Sequence[LabelledText]) -> Iterator[LabelledText]:
    """Yield sentences, words and texts of programs in other languages, but none that is also a text of our `own`."""
    ours = {fold(each.text) for each in own} | _common_words(own)
    for each in (*_sentences(), *_words(), *_programs()):
        if fold(each.text) not in ours:
            yield each


def gibberish(random: Random, count: int = 1500) -> Iterator[LabelledText]:
    """Yield rows of random letters, as a child or a pocket types them."""
    for letters in ("qwertyuiopasdfghjklzxcvbnm", "йцукенгшщзхфывапролджэячсмитьбю"):
        for _ in range(count):
            words = ["".join(random.choices(letters, k=random.randint(3, 12))) for _ in range(random.randint(1, 4))]
            yield LabelledText(" ".join(words), "other", 1)


def _sentences() -> Iterator[LabelledText]:
    yield from (LabelledText(text, language, 12) for language, text in _rows(_SENTENCES))


def _words() -> Iterator[LabelledText]:
    for language, words in _rows(_WORDS):
        yield from (LabelledText(word, language, 4) for word in dict.fromkeys(words.split()))


def _programs() -> Iterator[LabelledText]:
    yield from (LabelledText(text, language, 8 if language in _NEAR else 4) for language, text in _rows(_PROGRAMS))


def _common_words(own: Sequence[LabelledText]) -> set[str]:
    texts_with = Counter(word for each in own for word in set(words_of(fold(each.text))))
    return {word for word, count in texts_with.items() if count >= _MIN_OWN_TEXTS}


def _rows(path: Path) -> list[tuple[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        _, *rows = csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
    return [(language, text) for language, text in rows]
