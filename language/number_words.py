"""The numbers from one to thirty-nine as words, counting and ordinal, in every language."""

from collections.abc import Iterator, Sequence

from language.folding import skeleton
from language.tokens import Token, small_number

_ONES = {
    "ru": "один,одна,одну,одного,одной два,две,двух три,трех четыре,четырех пять,пяти шесть,шести семь,семи "
    "восемь,восьми девять,девяти десять,десяти одиннадцать двенадцать тринадцать четырнадцать пятнадцать "
    "шестнадцать семнадцать восемнадцать девятнадцать",
    "uz": "bir ikki uch to'rt besh olti yetti sakkiz to'qqiz o'n",
    "tg": "як,яки ду се,сэ чор,чаҳор,чахор панҷ,панч,панж шаш ҳафт ҳашт нӯҳ даҳ ёздаҳ,яздах дувоздаҳ,дувозда "
    "сездаҳ,сезда чордаҳ,чаҳордаҳ понздаҳ,понзда шонздаҳ,шонзда ҳабдаҳ,ҳафдаҳ,хабда ҳаждаҳ,ҳаҷдаҳ,ҳашдаҳ,хажда "
    "нуздаҳ,нузда",
    "ky": "бир эки үч төрт беш алты жети сегиз тогуз он",
    "kk": "бір екі үш төрт бес алты жеті сегіз тоғыз он",
    "en": "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen",
}
_TENS = {
    "ru": "двадцать,двадцати тридцать,тридцати",
    "uz": "yigirma o'ttiz",
    "tg": "бист,бисту сӣ,сию",
    "ky": "жыйырма отуз",
    "kk": "жиырма отыз",
    "en": "twenty thirty",
}
_ORDINAL_STEMS = {
    "ru": "перв втор трет,треть четверт пят шест седьм восьм девят десят одиннадцат двенадцат тринадцат четырнадцат "
    "пятнадцат шестнадцат семнадцат восемнадцат девятнадцат двадцат тридцат",
    "uz": "birinchi ikkinchi uchinchi to'rtinchi beshinchi oltinchi yettinchi sakkizinchi to'qqizinchi o'ninchi",
    "tg": "якум дуюм сеюм чорум,чаҳорум панҷум,панчум,панжум шашум ҳафтум ҳаштум нӯҳум даҳум ёздаҳум дувоздаҳум "
    "сездаҳум чордаҳум понздаҳум шонздаҳум ҳабдаҳум,ҳафдаҳум ҳаждаҳум,ҳаҷдаҳум нуздаҳум бистум сиюм",
    "ky": "биринчи экинчи үчүнчү төртүнчү бешинчи алтынчы жетинчи сегизинчи тогузунчу онунчу",
    "kk": "бірінші екінші үшінші төртінші бесінші алтыншы жетінші сегізінші тоғызыншы оныншы",
    "en": "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth "
    "fifteenth sixteenth seventeenth eighteenth nineteenth twentieth thirtieth",
}
_TWENTIETH = {
    "uz": "yigirmanchi,yigirmalanchi o'ttizinchi",
    "ky": "жыйырманчы отузунчу",
    "kk": "жиырмасыншы отызыншы",
}
_ORDINAL_ENDINGS = {
    "ru": "ого его ое ый ий ье ьего ому ьему ем",
    "tg": " и",
    "uz": " si sida sidan",
    "ky": " сү сы син дө ү",
    "kk": " сі сы інде",
    "en": "",
}
_COUNTED = {"uz": "ta та", "tg": "та то", "ky": "", "kk": "", "ru": "", "en": ""}
_ALSO_SPOKEN = {
    "ru": ("ru",),
    "uz": ("uz", "ru", "tg"),
    "tg": ("tg", "ru", "uz"),
    "ky": ("ky", "kk", "uz", "ru"),
    "kk": ("kk", "ky", "ru"),
    "en": ("en",),
}
"""Whose numbers may stand in a sentence of a language: people mix, but "он" is ten in one and "he" in another."""
_ORDINAL_MARKS = (
    "го е ое й ого его му th st nd rd чи нчи инчи inchi nchi chi чы нчы чу нчу үнчү унчу ші нші інші шы ншы юм ум уми "
    "юми ми інде ind"
)
ORDINAL_MARKS = frozenset(map(skeleton, _ORDINAL_MARKS.split()))
"""Endings that stand behind a number in digits, with or without a hyphen."""


def read_number(tokens: Sequence[Token], at: int, language: str) -> tuple[int, int] | None:
    """Return the number of at most two digits, or the number in words, that begins at `at`, and where it ends."""
    number = small_number(tokens[at])
    if number is not None:
        return number, at + 1
    if not tokens[at].is_word:
        return None
    for spoken in _ALSO_SPOKEN.get(language, ("ru",)):
        if found := _read_words(tokens, at, spoken):
            return found
    return None


def _read_words(tokens: Sequence[Token], at: int, language: str) -> tuple[int, int] | None:
    words, tens = _WORDS[language], _TEN_WORDS[language]
    following = tokens[at + 1].key if at + 1 < len(tokens) else ""
    behind_hyphen = tokens[at + 2].key if following == "-" and at + 2 < len(tokens) else ""
    ten = tens.get(tokens[at].key)
    if ten and 0 < words.get(following, 0) < 10:
        return ten + words[following], at + 2
    if ten and 0 < words.get(behind_hyphen, 0) < 10:
        return ten + words[behind_hyphen], at + 3
    number = words.get(tokens[at].key)
    return (number, at + 1) if number else None


def _rows(table: str) -> Iterator[tuple[int, str]]:
    for number, forms in enumerate(table.split(), 1):
        for form in forms.split(","):
            yield number, form


def _words_of(language: str) -> dict[str, int]:
    forms = [(number, form) for number, form in _rows(_ONES[language])]
    forms += [(number, form + end) for number, form in _rows(_ONES[language]) for end in _COUNTED[language].split()]
    forms += [(10 * number + 10, form) for number, form in _rows(_TENS[language])]
    ordinals = [(number, form) for number, form in _rows(_ORDINAL_STEMS[language])]
    ordinals = [(number if number < 20 else 10 * number - 180, form) for number, form in ordinals]
    ordinals += [(10 * number + 10, form) for number, form in _rows(_TWENTIETH.get(language, ""))]
    endings = _ORDINAL_ENDINGS[language].split(" ")
    forms += [(number, form + ending) for number, form in ordinals for ending in endings]
    return {skeleton(form): number for number, form in reversed(forms)}


def _ten_words_of(language: str) -> dict[str, int]:
    tens = {skeleton(form): 10 * number + 10 for number, form in _rows(_TENS[language])}
    if language in ("uz", "ky", "kk"):
        tens[skeleton("он" if language != "uz" else "o'n")] = 10
    return tens


_WORDS = {language: _words_of(language) for language in _ONES}
_TEN_WORDS = {language: _ten_words_of(language) for language in _ONES}
