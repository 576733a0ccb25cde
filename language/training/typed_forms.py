"""Writes labelled texts in the forms in which people type them, and keeps as many of each class as it is worth."""

from collections import Counter
from collections.abc import Iterable, Iterator
from random import Random

from language.folding import fold
from language.training import noise
from language.training.foreign_languages import FOREIGN_CLASSES, foreign_class_of
from language.training.labelled_text import LabelledText, script_of
from language.training.own_texts import LANGUAGES
from language.transliteration import uzbek_to_cyrillic, uzbek_to_latin

# How many texts of each class are kept: about in the proportion in which people write in it.
_MAX_TEXTS = {f"{language}-Cyrl": 34_000 for language in ("ru", "tg", "ky", "kk")}
_MAX_TEXTS |= {"uz-Cyrl": 24_000, "uz-Latn": 34_000, "en-Latn": 34_000}
_MAX_TEXTS |= {f"{language}-Latn": 20_000 for language in ("ru", "tg", "ky", "kk")}
_MAX_TEXTS |= dict.fromkeys(FOREIGN_CLASSES, 12_000)
CLASSES = tuple(_MAX_TEXTS)
"""Language, or family of foreign languages, and script."""


def class_of(text: str, language: str) -> str:
    """Return the class of `text`, which need not be one of `CLASSES`: nobody writes English in Cyrillic letters."""
    script = script_of(text)
    return f"{language}-{script}" if language in LANGUAGES else foreign_class_of(language, script)


def typed_forms(texts: Iterable[LabelledText], random: Random) -> list[tuple[str, str]]:
    """Return (text, class) of the forms of all `texts` in random order, no class with more than it is worth."""
    forms = [form for labelled in texts for form in _forms_of(labelled, random)]
    random.shuffle(forms)
    seen: Counter[str] = Counter()
    kept = []
    for text, name in forms:
        seen[name] += 1
        if seen[name] <= _MAX_TEXTS.get(name, 0):
            kept.append((text, name))
    return kept


def _forms_of(labelled: LabelledText, random: Random) -> Iterator[tuple[str, str]]:
    """Yield (text, class) of the text itself and of as many noisy forms as it is worth."""
    yield labelled.text, class_of(labelled.text, labelled.language)
    for _ in range(labelled.forms - 1):
        text = noise.piece_of(labelled.text, random) if random.random() < 0.5 else labelled.text
        is_ours = labelled.language in LANGUAGES
        text = _typed(text, labelled.language, random) if is_ours else _typed_abroad(text, random)
        text = noise.with_slips(text, random) if random.random() < 0.4 else text
        if any(map(str.isalpha, text)):
            yield text, class_of(text, labelled.language)


def _typed_abroad(text: str, random: Random) -> str:
    return fold(text) if random.random() < 0.6 else text


def _typed(text: str, language: str, random: Random) -> str:
    if language == "uz":
        text = uzbek_to_cyrillic(text) if random.random() < 0.5 else uzbek_to_latin(text)
    if language != "ru" and len(text.split()) > 3 and random.random() < 0.25:
        text = noise.with_russian_words(text, random, is_latin=script_of(text) == "Latn")
    if random.random() < 0.2:
        text = fold(text)
    elif script_of(text) == "Cyrl" and random.random() < 0.5:
        text = noise.without_special_letters(text, random)
    elif language == "uz" and random.random() < 0.7:
        text = noise.in_uzbek_habits(text, random)
    if language in ("ru", "tg", "ky", "kk") and random.random() < 0.5:
        text = noise.romanised(text, random)
    return noise.with_a_foreign_name(text, random) if random.random() < 0.1 else text
