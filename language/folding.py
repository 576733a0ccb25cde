"""Folds what people type: one form for all ways of writing the same word; for understanding only, never shown."""

import re
import unicodedata
from functools import lru_cache

# Combining marks, invisible characters, halves of surrogate pairs.
_DROPPED_CATEGORIES = frozenset({"Mn", "Me", "Cf", "Cs", "Cn"})
_APOSTROPHES = dict.fromkeys(map(ord, "'`´ʻʼʽʹˈ‘’‛′‵＇"))
_WORD = re.compile(r"[^\W\d_]+")
_REPEATED = re.compile(r"([^\W\d_])\1{2,}")


def _in_both_cases(letters: dict[str, str]) -> dict[str, str]:
    return letters | {letter.upper(): plain.upper() for letter, plain in letters.items() if len(letter.upper()) == 1}


# What a phone without our letters puts in their place; ё ў ӣ ӯ lose their marks by decomposition.
_PLAIN = _in_both_cases(
    dict(zip("қғҳҷңөүұәіһєэ", "кгхчноууаихее", strict=True))
    | {"ъ": "", "ı": "i", "ə": "a", "ø": "o", "ł": "l", "đ": "d"}
)
_LATIN_LOOK_ALIKES = "aceopxykiABCEHKMOPTXYI"
_CYRILLIC_LOOK_ALIKES = "асеорхукиАВСЕНКМОРТХУИ"
_TO_CYRILLIC = str.maketrans(_LATIN_LOOK_ALIKES, _CYRILLIC_LOOK_ALIKES)
_TO_LATIN = str.maketrans(_CYRILLIC_LOOK_ALIKES.replace("и", "і").replace("И", "І"), _LATIN_LOOK_ALIKES)
_HAS_LATIN = re.compile("[A-Za-z]")
_HAS_CYRILLIC = re.compile("[\u0400-\u052f]")
_OWN_LATIN = re.compile(f"(?![{_LATIN_LOOK_ALIKES}])[A-Za-z]")
_OWN_CYRILLIC = re.compile(f"(?![{_CYRILLIC_LOOK_ALIKES.replace('и', 'і').replace('И', 'І')}])[\u0400-\u052f]")

# One Latin letter or digraph for each letter of our alphabets; й, ы, и and y meet in i.
_SKELETON = (
    dict(zip("абвгдежзийклмнопрстуфхыэ", "abvgdejziiklmnoprstufhie", strict=True))
    | dict(zip("ўқғҳҷӣӯңөүұәіһєї", "okghjiunouuaihei", strict=True))
    | {"ё": "io", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "sh", "ъ": "", "ь": "", "ю": "iu", "я": "ia"}
    | {"ş": "sh", "š": "sh", "ç": "ch", "č": "ch", "ž": "j", "ñ": "n", "ı": "i", "ə": "a"}
    | {"w": "sh", "y": "i", "q": "k", "x": "h"}
)
_FOUR_FOR_CH = re.compile(r"(?<=[a-z])4(?=[a-z]|\b)|(?<!\w)4(?=[aeiou]|to\b)")
# In Russian words ё is mostly typed as е; where it stands for yo in Uzbek and Tajik it seldom follows these.
_YO_TYPED_AS_YE = re.compile("(?<=[бвгджзклмпртфхцчшщ])ё|(?<=вс)ё")
_NOT_A_LETTER = re.compile(r"[\W_]+")
_DOUBLED = re.compile(r"([^\W\d_])\1+")
_SOFT_C = re.compile("c(?=[ei])")
_HARD_C = re.compile("c(?!h)")
_TS = re.compile("ts(?!h)")
_DIGRAPHS = (("sch", "sh"), ("zh", "j"), ("dj", "j"), ("kh", "h"), ("gh", "g"), ("ck", "k"), ("ng", "n"), ("ie", "e"))


def fold(text: str) -> str:
    """Return `text` in small letters, without marks, apostrophes, special letters, repeated letters; script kept.

    Never raises; `fold(fold(text)) == fold(text)`. Punctuation and digits stay, white space becomes one space.
    """
    plain = "".join(map(_plain, unicodedata.normalize("NFC", text))).translate(_APOSTROPHES)
    small = _in_one_script(plain).casefold()
    return " ".join(_REPEATED.sub(_shortened, small).split())


def skeleton(text: str) -> str:
    """Return one Latin form of `text` for every script and typing habit: letters, digits and single spaces only.

    "Чӣ хел", "chi khel" and "4i xel" meet; so do "ўзбек" and "o'zbek". `skeleton(skeleton(text)) == skeleton(text)`.
    """
    small = _in_one_script(unicodedata.normalize("NFC", text).translate(_APOSTROPHES)).casefold()
    latin = "".join(map(_skeletal, _YO_TYPED_AS_YE.sub("е", unicodedata.normalize("NFC", small))))
    latin = _NOT_A_LETTER.sub(" ", latin.translate(_APOSTROPHES)).strip()
    while (shorter := _without_digraphs(latin)) != latin:
        latin = shorter
    return latin


@lru_cache(maxsize=8192)
def _plain(char: str) -> str:
    """Return a character without marks and special shape, in its case."""
    if char in "йЙ" or "a" <= char <= "z":
        return char
    text = char
    while (plainer := "".join(map(_plain_once, text))) != text:
        text = plainer
    return text


def _plain_once(char: str) -> str:
    if unicodedata.category(char) == "Cc":
        return " "
    parts = unicodedata.normalize("NFKD", char)
    kept = "".join(_PLAIN.get(part, part) for part in parts if unicodedata.category(part) not in _DROPPED_CATEGORIES)
    return kept.casefold() if kept.islower() or len(kept.casefold()) > len(kept) else kept


@lru_cache(maxsize=8192)
def _skeletal(char: str) -> str:
    if char in _SKELETON:
        return _SKELETON[char]
    plain = _plain(char).casefold()
    return "".join(_SKELETON.get(letter, letter) for letter in plain)


def _without_digraphs(latin: str) -> str:
    latin = _DOUBLED.sub(r"\1", _FOUR_FOR_CH.sub("ch", latin))
    for digraph, letter in _DIGRAPHS:
        latin = latin.replace(digraph, letter)
    return _TS.sub("s", _HARD_C.sub("k", _SOFT_C.sub("s", latin)))


def _in_one_script(text: str) -> str:
    """Replace look-alikes of the other script inside words, so that "пасп\N{LATIN SMALL LETTER O}рт" is one script."""
    if not (_HAS_LATIN.search(text) and _HAS_CYRILLIC.search(text)):
        return text
    return _WORD.sub(_word_in_one_script, text)


def _word_in_one_script(match: re.Match[str]) -> str:
    word = match.group()
    if not (_HAS_LATIN.search(word) and _HAS_CYRILLIC.search(word)):
        return word
    if not _OWN_LATIN.search(word):
        return word.translate(_TO_CYRILLIC)
    return word if _OWN_CYRILLIC.search(word) else word.translate(_TO_LATIN)


def _shortened(match: re.Match[str]) -> str:
    """One letter for three and more; a word that is nothing else ("ООО", "www") keeps three."""
    start, end = match.span()
    neighbours = match.string[max(start - 1, 0) : start] + match.string[end : end + 1]
    return match.group(1) * (1 if any(char.isalnum() for char in neighbours) else 3)
