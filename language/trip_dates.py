"""Finds in what people write when they came and left: dates in order, and “I am still here”."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from language.dates import FoundDate, find_dates
from language.folding import skeleton

_DAY_MONTH = r"\d{1,2}[./]\d{1,2}(?:[./]\d{2,4})?"
_ISO = r"\d{4}-\d{2}-\d{2}"
_RANGE = re.compile(rf"(?<![\d./-])({_DAY_MONTH}|{_ISO})(\s*[-–—]+\s*)(?={_DAY_MONTH}|{_ISO})|({_ISO})(/)(?={_ISO})")
_FIRST_OF_MONTH = re.compile(
    r"(?<![\d./])(\d{1,2})\s*(?:[-–—]|(?:-?го|числа)?\s*(?:по|до|то|to|till|until)|-?\s*(?:dan|дан|ден|дон|нан|нен|тан|тен)|-?(?:н?ч[иы]|ш[іы]))?\s*$"
)
"""The "10" of "10-20 March", "с 10 по 20 марта", "10dan 20 martgacha"."""
_WORD = re.compile(r"[^\W\d_]+(?:['’ʻʼ`‘]\w+)*")
_HERE = {
    "ru": "еще здесь, еще тут, всё еще там, до сих пор, по сей день, сейчас здесь, сейчас тут, и сейчас, до сегодня, "
    "по сегодня, по настоящее время, не выезжал, не выезжала, не уезжал, не уезжала, не уехал, не уехала, не выехал, "
    "не выехала, пока здесь, пока тут, здесь до сих пор, по сегодняшний день, до сегодняшнего дня, здесь, все еще тут",
    "uz": "hali shu yerda, hali shu yerdaman, hali ham shu yerda, hozir ham shu yerda, hozir shu yerda, shu yerdaman, "
    "hozirgacha, hali ketmadim, ketmadim, chiqmadim, ketganim yoʻq, chiqqanim yoʻq, bugungacha, hali shu yerdamiz, "
    "shu yerda, hali shu erdaman, shu erda, shu erdaman, hozirga qadar",
    "tg": "ҳоло ҳам ин ҷо, ҳоло ҳамин ҷо, ҳоло ин ҷо, ҳамин ҷо, ҳамин ҷоям, ҳаминҷоям, то ҳоло, то ҳозир, "
    "то имрӯз, ҳанӯз ин ҷо, нарафтаам, набаромадаам, ҳоло дар ин ҷо, ҳанӯз нарафтаам, инҷо ҳастам, ҳоло ҳам дар ин ҷо",
    "ky": "азыр да ушул жерде, азыр да ушул жердемин, азыр ушул жерде, ушул жердемин, дагы эле ушул жерде, "
    "азырга чейин, азыркыга чейин, бүгүнгө чейин, кете элекмин, чыга элекмин, кеткен жокмун, чыккан жокмун, ушул жерде",
    "kk": "әлі осында, әлі осындамын, осындамын, қазір де осында, осы жердемін, қазірге дейін, бүгінге дейін, "
    "кеткен жоқпын, шыққан жоқпын, әлі кеткен жоқпын, осы жерде, әлі күнге дейін, осында",
    "en": "still here, still there, i am here, im here, until now, till now, to this day, up to now, not left, "
    "have not left, havent left, did not leave, didnt leave, until today, till today, to the present, to now",
}
_TODAY = frozenset(
    skeleton(word).replace(" ", "") for word in "сегодня bugun имрӯз имруз бүгүн бүгін today now hozir сейчас".split()
)


@dataclass(frozen=True)
class TripMark:
    """One thing told of a trip: a day in its possible readings, none where there is no such day; or “still here”."""

    days: tuple[date, ...]
    is_still_here: bool
    start: int
    end: int


def find_trip_marks(text: str, language: str, today: date) -> tuple[TripMark, ...]:
    """Return the marks of `text` in order; never raises. Dates are read in `language`, then in Russian.

    A day without a year is the latest such day that is not after `today`. “Today” after another day is “still here”.
    """
    plain = _RANGE.sub(lambda found: found[1] + " " * len(found[2]) if found[1] else found[3] + " ", text)
    found = find_dates(plain, language, today) or find_dates(plain, "ru", today)
    marks = [*_days(plain, found, today), *_heres(plain)]
    marks.sort(key=lambda mark: mark.start)
    return tuple(
        TripMark((), True, mark.start, mark.end) if at and _is_today(mark, text) else mark
        for at, mark in enumerate(_without_overlaps(marks))
    )


def _days(text: str, found: tuple[FoundDate, ...], today: date) -> Iterator[TripMark]:
    end = 0
    for each in found:
        yield from _first_of_month(text, end, each)
        yield TripMark(_readings(each, today), False, each.start, each.end)
        end = each.end


def _first_of_month(text: str, after: int, found: FoundDate) -> Iterator[TripMark]:
    number = _FIRST_OF_MONTH.search(text[after : found.start].lower())
    if number is None or found.value is None or not re.match(r"\d{1,2}\D", found.text):
        return
    if 0 < int(number[1]) < found.value.day and any(map(str.isalpha, found.text)):
        day = found.value.replace(day=int(number[1]))
        yield TripMark((day,), False, after + number.start(1), after + number.end(1))


def _readings(found: FoundDate, today: date) -> tuple[date, ...]:
    """Day and month, and the other way round where both are possible (“03/04”) and have been."""
    if found.is_impossible or found.value is None:
        return ()
    value = found.value
    if not found.is_ambiguous or value.day > 12 or value.day == value.month:
        return (value,)
    both = (value, value.replace(month=value.day, day=value.month))
    return tuple(day for day in both if day <= today) or (value,)


def _heres(text: str) -> Iterator[TripMark]:
    """The longest phrases that say that one is still there."""
    words = [(skeleton(word.group()).replace(" ", ""), word.start(), word.end()) for word in _WORD.finditer(text)]
    at = 0
    while at < len(words):
        longest = min(_LONGEST, len(words) - at)
        length = next((n for n in range(longest, 0, -1) if tuple(w[0] for w in words[at : at + n]) in _PHRASES), 0)
        if length:
            yield TripMark((), True, words[at][1], words[at + length - 1][2])
        at += length or 1


def _without_overlaps(marks: list[TripMark]) -> Iterator[TripMark]:
    """“До сегодня” holds a date as well: the phrase stays; of two phrases in a row the first."""
    phrases = [mark for mark in marks if mark.is_still_here]
    was_here = False
    for mark in marks:
        is_inside = any(phrase.start <= mark.start and mark.end <= phrase.end for phrase in phrases)
        if (mark.is_still_here and was_here) or (is_inside and not mark.is_still_here):
            continue
        was_here = mark.is_still_here
        yield mark


def _is_today(mark: TripMark, text: str) -> bool:
    return bool(mark.days) and skeleton(text[mark.start : mark.end]).replace(" ", "") in _TODAY


_PHRASES = frozenset(
    tuple(skeleton(word).replace(" ", "") for word in phrase.split())
    for phrases in _HERE.values()
    for phrase in phrases.split(", ")
)
_LONGEST = max(map(len, _PHRASES))
