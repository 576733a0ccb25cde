"""The letters of each language: what does not belong to its alphabet was typed by mistake or in another language."""

import re

_CYRILLIC = "абвгдеёжзийклмнопрстуфхцчшщъыьэюя"
_LATIN = "abcdefghijklmnopqrstuvwxyz"
ALPHABETS = {
    "ru": frozenset(_CYRILLIC),
    "uz": frozenset(_LATIN) - {"w"} | {"ʻ", "ʼ"},
    "uz-Cyrl": frozenset(_CYRILLIC) - {"ы", "щ"} | frozenset("ўқғҳ"),
    "tg": frozenset(_CYRILLIC) - {"ц", "щ", "ы", "ь"} | frozenset("ғӣқӯҳҷ"),
    "ky": frozenset(_CYRILLIC) | frozenset("ңөү"),
    "kk": frozenset(_CYRILLIC) | frozenset("әғқңөұүһі"),
    "en": frozenset(_LATIN) | {"é"},
}
"""Lower-case letters by language variant: Uzbek law of 1995, Tajik rules of 1998, Kyrgyz and Kazakh Cyrillic."""
_WORD = re.compile(r"[^\W\d_]+")


def strange_words(text: str, variant: str) -> tuple[str, ...]:
    """The words of `text` that hold a letter from outside the alphabet of `variant`.

    Borrowed names (WhatsApp, SIM) pass: words in which every letter is Latin.
    """
    alphabet = ALPHABETS[variant]
    return tuple(word for word in _WORD.findall(text) if _is_strange(word, alphabet))


def _is_strange(word: str, alphabet: frozenset[str]) -> bool:
    letters = {char for char in word.lower() if char.isalpha()}
    return not letters <= alphabet and not letters <= ALPHABETS["en"]
