"""Turns Uzbek from one of its scripts into the other, word by word, case kept."""

import re
from collections.abc import Mapping

_APOSTROPHE = "[‘’ʻʼ'`´ʹ′]"
_PAYLOAD = r"(?<!\S)/[a-z_]+(?:\.[a-z_]+)*(?:\{[^{}\n]*\})?"
_ADDRESS = (
    r"https?://\S+|www\.\S+|(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+|(?<!\w)@\w+"
    r"|(?<![A-Za-z0-9.-])(?:[A-Za-z0-9-]+\.)+(?:ru|uz|tj|kg|kz|com|org|net|int|info|me|su|kr|gov|io)\b(?:/[^\s,;)]*)?"
)
_STAYS = rf"{_PAYLOAD}|{_ADDRESS}|\{{[^{{}}\n]*\}}|<[^<>\n]+>"
# A final tutuq belgisi looks like a closing quotation mark: it is taken only where a known word ends in it.
_ENDING_IN_TUTUQ = ("man", "Man", "jam", "Jam", "shar", "Shar", "naf", "Naf", "daf", "raf", "qat", "tab")
_FINAL_TUTUQ = "|".join(rf"(?<=\b{word})" for word in _ENDING_IN_TUTUQ)
_OF_ANOTHER_ALPHABET = r"[A-Za-z]*[çğışöüÇĞİŞÖÜ][A-Za-zçğışöüÇĞİŞÖÜ]*"
_LATIN_WORD = re.compile(
    rf"({_STAYS}|{_OF_ANOTHER_ALPHABET})|[A-Za-z]+(?:{_APOSTROPHE}{{1,2}}[A-Za-z]+)*(?:(?:(?<=[oOgG])|{_FINAL_TUTUQ}){_APOSTROPHE}(?!\w))?"
)
_CYRILLIC_WORD = re.compile(rf"({_STAYS})|[\u0400-\u052f]+")
_ROMAN_NUMBER = re.compile("(?=..)X{0,3}(?:IX|IV|V?I{0,3})")
# Uzbek has no w and no c without h; such words and names in camel case are foreign and stay as they are.
_FOREIGN = re.compile(r"(?i:w|c(?!h))|[a-z][A-Z]|\A(?i:play|imo|sms|pdf|qr|id|imei|eps|topik|izni)\Z")
_NAMES = "google|android|iphone|telegram|instagram|viber|online"

# Stems whose spelling the rules do not give. A soft sign at their end falls away before an ending.
_SPELLINGS = """
сентябрь=sentabr октябрь=oktabr апрель=aprel июль=iyul июнь=iyun ноябрь=noyabr декабрь=dekabr январь=yanvar
февраль=fevral компьютер=kompyuter альбом=albom бюджет=budjet район=rayon майор=mayor пароль=parol рубль=rubl
нуқтаи=nuqtayi мавзуи=mavzuyi мавқеи=mavqeyi авзои=avzoyi обрўи=obro’yi хатои=xatoyi парвои=parvoyi
абзац=abzas концерт=konsert концерн=konsern француз=fransuz лицей=litsey офицер=ofitser доцент=dotsent
рецепт=retsept процент=protsent процесс=protsess лицензия=litsenziya пациент=patsiyent цемент=sement цирк=sirk
цех=sex центр=sentr цензура=senzura акцент=aksent медицина=meditsina вакцина=vaksina медальон=medalyon
батальон=batalyon павильон=pavilyon бульвар=bulvar фильм=film факультет=fakultet культур=kultur
мультфильм=multfilm пальто=palto контроль=kontrol автомобиль=avtomobil профиль=profil модель=model роль=rol
мебель=mebel результат=rezultat консульт=konsult премьера=premyera съезд=syezd мўъжиза=mo’jiza мўътадил=mo’tadil
мўъмин=mo’min мўътабар=mo’tabar миллиционер=militsioner полиция=politsiya аэропорт=aeroport
"""
_PAIRS = dict(pair.split("=", 1) for pair in _SPELLINGS.split())
_MIN_STEM_CHARS = 5
_VOWELS = "аеёиоуэюяўы"

_LATIN_OF = (
    dict(zip("абвгджзийклмнопрстуфхқҳэыі", "abvgdjziyklmnoprstufxqheii", strict=True))
    | {"ё": "yo", "ч": "ch", "ш": "sh", "щ": "sh", "ъ": "’", "ь": "", "ю": "yu", "я": "ya", "ў": "o‘", "ғ": "g‘"}
    | {"ң": "ng", "ц": "s", "е": "e", "сҳ": "s’h"}
)
_CYRILLIC_OF = (
    dict(zip("abdefghijklmnopqrstuvxyz", "абдефгҳижклмнопқрстувхйз", strict=True))
    | {"sh": "ш", "ch": "ч", "yo": "ё", "yu": "ю", "ya": "я", "ye": "е", "o’": "ў", "g’": "ғ", "’": "ъ"}
    | {"yo’": "йў", "s’h": "сҳ", "tsiya": "ция", "tsion": "цион", "siya": "ция"}
)
_CYRILLIC_UNIT = re.compile("сҳ|[ъь](?=[еёюя])|.", re.DOTALL)
_LATIN_UNIT = re.compile("tsiya|tsion|(?<=[kpn])(?<!pen)siya|yo’|s’h|sh|ch|yo|yu|ya|ye|o’|g’|.", re.DOTALL)


def uzbek_to_latin(text: str) -> str:
    """Return `text` with its Cyrillic words in Latin letters (o‘, g‘, tutuq belgisi ’)."""
    return _CYRILLIC_WORD.sub(lambda found: found.group() if found.group(1) else _word_to_latin(found.group()), text)


def uzbek_to_cyrillic(text: str) -> str:
    """Return `text` with its Latin words in Cyrillic letters; foreign words and Roman numbers stay."""
    return _LATIN_WORD.sub(lambda found: found.group() if found.group(1) else _word_to_cyrillic(found.group()), text)


def _word_to_latin(word: str) -> str:
    small, shouted = word.lower(), _is_shouted(word)
    stem, latin = _stem_of(small, _TO_LATIN_STEMS)
    parts = [_cased(latin.replace("o’", "o‘"), word[: len(stem)], shouted)]
    for unit in _CYRILLIC_UNIT.finditer(small, len(stem)):
        parts.append(_cased(_latin_unit(unit.group(), small, unit.start()), word[unit.start() : unit.end()], shouted))
    return "".join(parts)


def _latin_unit(unit: str, word: str, at: int) -> str:
    before, after = word[at - 1 : at], word[at + 1 : at + 2]
    if unit == "е" and (not before or before in _VOWELS or before in "ъь"):
        return "ye"
    if unit == "ц" and before in _VOWELS and before:
        return "ts"
    if unit == "ь" and after == "о":
        return "y"
    if unit == "ъ" and after and after in "еёюя" and before not in _VOWELS:
        return ""
    return _LATIN_OF.get(unit, unit)


def _word_to_cyrillic(word: str) -> str:
    if _FOREIGN.search(word) or _ROMAN_NUMBER.fullmatch(word):
        return word
    small, shouted = re.sub(_APOSTROPHE, "’", word.lower()), _is_shouted(word)
    if name := _NAME.match(small):
        stem, parts = name.group(), [word[: name.end()]]
    else:
        stem, cyrillic = _stem_of(small, _TO_CYRILLIC_STEMS)
        parts = [_cased(cyrillic, word[: len(stem)], shouted)]
    for unit in _LATIN_UNIT.finditer(small, len(stem)):
        before = parts[-1][-1:].lower()
        parts.append(_cased(_cyrillic_unit(unit.group(), before), word[unit.start() : unit.end()], shouted))
    return "".join(parts)


def _cyrillic_unit(unit: str, before: str) -> str:
    if unit == "e" and (not before or before in _VOWELS):
        return "э"
    if unit == "ye" and before and before not in _VOWELS and before not in "ъьй":
        return "ъе"
    return _CYRILLIC_OF.get(unit, unit)


def _stem_of(word: str, stems: Mapping[str, str]) -> tuple[str, str]:
    """Return the stem that `word` is or begins with, and its other spelling; two empty strings if there is none."""
    if word in stems:
        return word, stems[word]
    for length in range(min(len(word) - 1, _LONGEST_STEM), _MIN_STEM_CHARS - 1, -1):
        if found := stems.get(word[:length]):
            return word[:length], found.removesuffix("ь")
    return "", ""


def _cased(letters: str, source: str, shouted: bool) -> str:
    if not source[:1].isupper():
        return letters
    return letters.upper() if shouted else letters[:1].upper() + letters[1:]


def _is_shouted(word: str) -> bool:
    return word.isupper() and sum(map(str.isalpha, word)) > 1


def _also_without_soft_sign(pairs: dict[str, str]) -> dict[str, str]:
    return pairs | {cyrillic.removesuffix("ь"): latin for cyrillic, latin in pairs.items()}


_TO_LATIN_STEMS = _also_without_soft_sign(_PAIRS)
_TO_CYRILLIC_STEMS = {latin: cyrillic for cyrillic, latin in _PAIRS.items()}
_LONGEST_STEM = max(map(len, [*_TO_LATIN_STEMS, *_TO_CYRILLIC_STEMS]))
_NAME = re.compile(_NAMES)
