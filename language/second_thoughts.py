"""Hears that a person is not sure, takes back what was said, or has told all, in every language."""

import re

from language.folding import skeleton

_UNSURE = {
    "ru": "не знаю, не помню, не уверен, не уверена, забыл, забыла, точно не скажу",
    "uz": "bilmayman, bilmadim, eslolmayman, esimda yoʻq, esimda emas, unutdim, aniq bilmayman, yodimda yoʻq",
    "tg": "намедонам, дар ёдам нест, ёдам нест, фаромӯш кардам, аниқ намедонам, дар хотирам нест, ёдам рафт",
    "ky": "билбейм, эсимде жок, эстей албайм, унутуп калдым, так билбейм, эсимде эмес",
    "kk": "білмеймін, есімде жоқ, ұмытып қалдым, нақты білмеймін, есімде емес",
    "en": "dont know, do not know, not sure, dont remember, do not remember, forgot, no idea, cant remember",
}
_TAKEN_BACK = {
    "ru": "неправильно, неверно, не так, ошибся, ошиблась, ошибка, это не то, убери, удали, перепутал, перепутала",
    "uz": "notoʻgʻri, xato, adashdim, adashib ketdim, unday emas, oʻchir, oʻchiring, chalkashtirdim",
    "tg": "нодуруст, хато, хато кардам, хато шуд, ин тавр не, нест кунед, иштибоҳ",
    "ky": "туура эмес, ката, жаңылдым, жаңылып калдым, андай эмес, өчүр, өчүрүңүз",
    "kk": "дұрыс емес, қате, қателестім, жаңылдым, олай емес, өшір, өшіріңіз, жаңылыстым",
    "en": "wrong, that is not right, thats not right, my mistake, mistake, incorrect, not correct, remove it",
}
_ALL_TOLD = {
    "ru": "больше не было, больше нет, это все, других не было, все, не было, не был, не была, больше не ездил, "
    "больше не ездила, поездок не было, не было поездок, не ездил, не ездила",
    "uz": "boshqa boʻlmagan, boshqa yoʻq, hammasi shu, boshqa bormadim, boʻlmagan, bormaganman, safar boʻlmagan, "
    "shu xolos",
    "tg": "дигар набуд, дигар нест, ҳамин, ҳамааш ҳамин, набудам, нарафтаам, сафар набуд, дигар набудам, дигар не",
    "ky": "башка болгон жок, башка жок, ушул эле, баары ушул, болгон эмесмин, барган эмесмин, "
    "сапар болгон жок, болгон жок",
    "kk": "басқа болған жоқ, басқа жоқ, осы ғана, бәрі осы, болған емеспін, барған емеспін, "
    "сапар болған жоқ, болған жоқ",
    "en": "no more, no other trips, thats all, that is all, nothing else, none, no other, no trips, never been, "
    "only that, no more trips, i have not been there",
}
_WORD = re.compile(r"[^\W_]+(?:['’ʻʼ`‘]\w+)*")
MAX_WORDS = 8
"""A longer message is a story or a question of its own."""


def is_unsure(text: str) -> bool:
    """Whether a short message says that one does not know or remember; never raises."""
    return _holds(text, _UNSURE_PHRASES)


def is_taken_back(text: str) -> bool:
    """Whether a short message says that what was told last is wrong; never raises."""
    return _holds(text, _TAKEN_BACK_PHRASES)


def is_all_told(text: str) -> bool:
    """Whether a message says, and nothing beside it, that there were no other trips, or none; never raises."""
    words = _keys(text)
    return any(words[skipped:] in _ALL_TOLD_PHRASES for skipped in (0, 1))


def _holds(text: str, phrases: frozenset[tuple[str, ...]]) -> bool:
    words = _keys(text)
    if not 0 < len(words) <= MAX_WORDS:
        return False
    spans = (words[at:end] for at in range(len(words)) for end in range(at + 1, len(words) + 1))
    return any(span in phrases for span in spans)


def _keys(text: str) -> tuple[str, ...]:
    return tuple(skeleton(word).replace(" ", "") for word in _WORD.findall(text))


def _phrases(rows: dict[str, str]) -> frozenset[tuple[str, ...]]:
    return frozenset(_keys(phrase) for row in rows.values() for phrase in row.split(", "))


_UNSURE_PHRASES = _phrases(_UNSURE)
_TAKEN_BACK_PHRASES = _phrases(_TAKEN_BACK)
_ALL_TOLD_PHRASES = _phrases(_ALL_TOLD)
