"""Finds dates as people write them, in all our languages and scripts."""

from collections.abc import Callable, Sequence
from datetime import date

from language.calendar_days import FoundDate, day_before, day_of, full_year, latest_day_of_month
from language.date_words import (
    AGO,
    APPROXIMATE,
    ARTICLES,
    BARE_UNITS,
    DAY_OF_MONTH,
    DAYS_AGO,
    DAYTIME,
    PHRASES,
    SINCE,
    UNIT_AFTER,
    UNITS,
    YEAR_MARKS,
    month_of,
)
from language.number_words import ORDINAL_MARKS, read_number
from language.numeric_dates import find_numeric
from language.tokens import Token, small_number, split_tokens

__all__ = ["FoundDate", "find_dates", "read_dates"]

_Found = tuple[date | None, int]
_Reader = Callable[[Sequence[Token], int, str, date], _Found | None]
_DASHES = frozenset("-–—")
_YEAR_DIGITS = 4
_NOT_MONTHS_FIRST = frozenset({"may", "mayda", "майда"})
"""The English verb, and "small" in Uzbek, which stand before numbers as well."""


def find_dates(text: str, language: str, today: date) -> tuple[FoundDate, ...]:
    """Return the dates of `text` in order, none overlapping; never raises.

    Without a year it is the latest such day that is not after `today`. What is not exact ("last week", "in March",
    "about three days ago") is left out.
    """
    return read_dates(text, split_tokens(text), language, today)


def read_dates(text: str, tokens: Sequence[Token], language: str, today: date) -> tuple[FoundDate, ...]:
    """As `find_dates`, for a text that is already cut into tokens."""
    numeric = {first: (end, found) for first, end, found in find_numeric(text, tokens, today)}
    dates, at = [], 0
    while at < len(tokens):
        if at in numeric:
            at, found_date = numeric[at]
            dates.append(found_date)
            continue
        found = _read(tokens, at, language.partition("-")[0], today)
        if found is None:
            at += 1
            continue
        value, end = found
        start, stop = tokens[at].start, tokens[end - 1].end
        dates.append(FoundDate(value, start, stop, text[start:stop], False, value is None))
        at = end
    return tuple(dates)


def _read(tokens: Sequence[Token], at: int, language: str, today: date) -> _Found | None:
    for reader in _READERS:
        if found := reader(tokens, at, language, today):
            return found
    return None


def _phrase(tokens: Sequence[Token], at: int, language: str, today: date) -> _Found | None:
    for length in (4, 3, 2):
        keys = tuple(token.key for token in tokens[at : at + length])
        if keys in PHRASES:
            return day_before(today, PHRASES[keys], "day"), at + len(keys)
    return None


def _named_day(tokens: Sequence[Token], at: int, language: str, today: date) -> _Found | None:
    """Today, yesterday and the like."""
    days = DAYS_AGO.get(tokens[at].key) if tokens[at].is_word else None
    if days is None or (days == 1 and _has_key(tokens, _skip_dash(tokens, at + 1), DAYTIME)):
        return None
    return day_before(today, days, "day"), at + 1


def _ago(tokens: Sequence[Token], at: int, language: str, today: date) -> _Found | None:
    """So many days, weeks, months ago."""
    if _is_approximate(tokens, at):
        return None
    counted = _count_and_unit(tokens, at, language)
    if counted is None:
        return None
    count, unit, end = counted
    has_count = tokens[at].key not in BARE_UNITS
    if _has_key(tokens, end, frozenset({"tomu"})):
        end += 1
    is_ago = _has_key(tokens, end, AGO) or (has_count and unit != "month" and _has_key(tokens, end, SINCE))
    value = day_before(today, count, unit) if is_ago else None
    return (value, end + 1) if value else None


def _count_and_unit(tokens: Sequence[Token], at: int, language: str) -> tuple[int, str, int] | None:
    if tokens[at].key in BARE_UNITS:
        return 1, BARE_UNITS[tokens[at].key], at + 1
    if language == "en" and tokens[at].key in ARTICLES:
        number: tuple[int, int] | None = (1, at + 1)
    else:
        number = _three_digits(tokens, at) or read_number(tokens, at, language)
    if number is None:
        return None
    count, end = number
    end = _skip_dash(tokens, end)
    unit = UNITS.get(tokens[end].key) if end < len(tokens) else None
    return (count, unit, end + 1) if unit else None


def _three_digits(tokens: Sequence[Token], at: int) -> tuple[int, int] | None:
    number = small_number(tokens[at], 3)
    return None if number is None else (number, at + 1)


def _is_approximate(tokens: Sequence[Token], at: int) -> bool:
    if not at:
        return False
    before = tokens[at - 1]
    is_range = before.text in _DASHES and at > 1 and tokens[at - 2].is_number
    is_decimal = before.text in ".,/" and at > 1 and tokens[at - 2].is_number and before.end == tokens[at].start
    return before.key in APPROXIMATE or is_range or is_decimal or (before.is_number and tokens[at].is_number)


def _day_then_month(tokens: Sequence[Token], at: int, language: str, today: date) -> _Found | None:
    """A day and the name of a month, perhaps a year behind; or the day of a month alone ("3 числа")."""
    number = read_number(tokens, at, language)
    if number is None or _is_part_of_number(tokens, at):
        return None
    day, end = number
    end = _skip_marks(tokens, end)
    has_number_sign = _has_key(tokens, end, DAY_OF_MONTH)
    end = _skip_dash(tokens, end + has_number_sign)
    if end < len(tokens) and tokens[end].key == "of":
        end += 1
    month = month_of(tokens[end].key) if end < len(tokens) and tokens[end].is_word else None
    if month:
        year, stop = _year(tokens, end + 1)
        year = year or _year_before(tokens, at)
        if language == "uz" and not year and _is_times(tokens, at, tokens[end]):
            return None
        return day_of(day, month, year, today), stop
    if has_number_sign and _has_key(tokens, end - 1, DAY_OF_MONTH):
        return (latest_day_of_month(day, today), end) if 0 < day <= 31 else None
    return None


def _is_times(tokens: Sequence[Token], at: int, word: Token) -> bool:
    """In Uzbek "marta" is also "times": "ikki marta" is twice, but "5 марта" may be the fifth of March in Russian."""
    return word.key == "marta" and (not tokens[at].is_number or int(tokens[at].text) < 4)


def _month_then_day(tokens: Sequence[Token], at: int, language: str, today: date) -> _Found | None:
    """ "March 3, 2026", "марттын 3ү"."""
    month = month_of(tokens[at].key) if tokens[at].is_word else None
    behind = _skip_dash(tokens, at + 1)
    if month is None or behind >= len(tokens) or tokens[at].text.lower() in _NOT_MONTHS_FIRST:
        return None
    number = read_number(tokens, behind, "en") if language == "en" or tokens[behind].is_number else None
    if number is None:
        return None
    day, end = number
    if not 0 < day <= 31 or (end < len(tokens) and (tokens[end].key in UNITS or tokens[end].key in UNIT_AFTER)):
        return None
    if (
        end + 1 < len(tokens)
        and tokens[end].text in ".:,/"
        and tokens[end + 1].is_number
        and len(tokens[end + 1].text) < 4
    ):
        return None
    year, stop = _year(tokens, _skip_marks(tokens, end))
    return day_of(day, month, year or _year_before(tokens, at), today), stop


def _year(tokens: Sequence[Token], at: int) -> tuple[int | None, int]:
    """The year that stands at `at`, after a comma or "соли", and where it ends."""
    end = at
    while end < len(tokens) and (tokens[end].text in ",-" or tokens[end].key in YEAR_MARKS):
        end += 1
    if end == len(tokens) or not tokens[end].is_number or len(tokens[end].text) != _YEAR_DIGITS:
        return None, at
    year = full_year(tokens[end].text)
    return (year, end + 1) if 1900 <= year <= 2100 else (None, at)


def _year_before(tokens: Sequence[Token], at: int) -> int | None:
    """The year of "2026 yil 3 mart"."""
    before = at - 1
    while before >= 0 and (
        tokens[before].key in YEAR_MARKS or tokens[before].text in _DASHES or tokens[before].text == ","
    ):
        before -= 1
    if at - 1 == before or before < 0 or len(tokens[before].text) != _YEAR_DIGITS or not tokens[before].is_number:
        return None
    return full_year(tokens[before].text)


def _is_part_of_number(tokens: Sequence[Token], at: int) -> bool:
    return (
        at > 1 and tokens[at - 1].text in ".,:/" and tokens[at - 1].end == tokens[at].start and tokens[at - 2].is_number
    )


def _skip_marks(tokens: Sequence[Token], at: int) -> int:
    """Past the endings that make a number ordinal, with or without a hyphen."""
    after = _skip_dash(tokens, at)
    return after + 1 if _has_key(tokens, after, ORDINAL_MARKS) else after


def _skip_dash(tokens: Sequence[Token], at: int) -> int:
    return at + 1 if at < len(tokens) and tokens[at].text in _DASHES else at


def _has_key(tokens: Sequence[Token], at: int, keys: frozenset[str]) -> bool:
    return at < len(tokens) and tokens[at].key in keys


_READERS: tuple[_Reader, ...] = (_phrase, _ago, _day_then_month, _month_then_day, _named_day)
