"""Finds dates written in digits: "12.03", "12/03/2026", "2026-03-12"; no times, amounts or paragraphs of laws."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from language.calendar_days import FoundDate, day_of, full_year
from language.date_words import CLOCK_BEFORE, DATE_AFTER, DATE_BEFORE, FORBIDS_DATE, UNIT_AFTER
from language.tokens import Token

_SEPARATORS = frozenset("./-")
_DASHES = frozenset("-–")
_NOT_AFTER = frozenset("–—+*=:")
_LAST_MINUTE, _LAST_HOUR, _LAST_DAY, _LAST_MONTH = 59, 24, 31, 12


@dataclass(frozen=True)
class _Parts:
    numbers: tuple[str, ...]
    separator: str
    at: int
    end: int


def find_numeric(text: str, tokens: Sequence[Token], today: date) -> Iterator[tuple[int, int, FoundDate]]:
    """Yield (first token, token after the last, date) for each date in digits."""
    at = 0
    while at < len(tokens):
        parts = _parts(tokens, at)
        if parts is None:
            at += 1
            continue
        at = parts.end
        reading = _reading(parts, tokens, today)
        if reading is not None:
            value, is_ambiguous = reading
            start, end = tokens[parts.at].start, tokens[parts.end - 1].end
            yield parts.at, parts.end, FoundDate(value, start, end, text[start:end], is_ambiguous, value is None)


def _parts(tokens: Sequence[Token], at: int) -> _Parts | None:
    """Digits joined by one and the same separator, or three groups with spaces that end in a year."""
    if not tokens[at].is_number:
        return None
    numbers, separator, end = [tokens[at].text], "", at + 1
    while end + 1 < len(tokens) and tokens[end].text in _SEPARATORS and tokens[end + 1].is_number:
        if separator and tokens[end].text != separator:
            break
        if _gap(tokens, end) > 1 or _gap(tokens, end + 1) > 1:
            break
        separator = tokens[end].text
        numbers.append(tokens[end + 1].text)
        end += 2
    if separator:
        return _Parts(tuple(numbers), separator, at, end)
    spaced = tokens[at : at + 3]
    if [len(token.text) for token in spaced] == [2, 2, 4] and all(token.is_number for token in spaced):
        return _Parts(tuple(token.text for token in spaced), " ", at, at + 3)
    return None


def _gap(tokens: Sequence[Token], at: int) -> int:
    return tokens[at].start - tokens[at - 1].end


def _reading(parts: _Parts, tokens: Sequence[Token], today: date) -> tuple[date | None, bool] | None:
    """Return value and ambiguity; None when this is no date at all."""
    lengths = [len(number) for number in parts.numbers]
    before = tokens[parts.at - 1] if parts.at else None
    after = tokens[parts.end] if parts.end < len(tokens) else None
    if before and before.end == tokens[parts.at].start and (before.text in "/.,-–+_#@№" or before.is_word):
        return None
    if len(lengths) == 3:
        return _with_year(parts, lengths, today)
    if len(lengths) != 2 or max(lengths) > 2 or _is_something_else(parts, before, after):
        return None
    return _without_year(parts, lengths, before, after, len(tokens), today)


def _with_year(parts: _Parts, lengths: list[int], today: date) -> tuple[date | None, bool] | None:
    first, second, third = parts.numbers
    if lengths[0] == 4 and max(lengths[1:]) <= 2:
        return day_of(int(third), int(second), int(first), today), False
    if max(lengths[:2]) > 2 or lengths[2] not in (2, 4):
        return None
    if parts.separator == "-" and lengths[2] == 2 and lengths[:2] != [2, 2]:
        return None
    if parts.separator == " " and (int(first) > _LAST_DAY or int(second) > _LAST_MONTH):
        return None
    return _day_and_month(int(first), int(second), full_year(third), parts.separator, today)


def _is_something_else(parts: _Parts, before: Token | None, after: Token | None) -> bool:
    if before and (before.key in FORBIDS_DATE or before.text in "№§+("):
        return True
    return bool(after and (after.key in UNIT_AFTER or after.text in _NOT_AFTER))


def _without_year(
    parts: _Parts, lengths: list[int], before: Token | None, after: Token | None, count: int, today: date
) -> tuple[date | None, bool] | None:
    day, month = map(int, parts.numbers)
    is_called = bool((before and before.key in DATE_BEFORE) or (after and after.key in DATE_AFTER))
    if parts.separator in _DASHES:
        return _day_and_month(day, month, None, "-", today) if parts.numbers[1][0] == "0" and month else None
    is_alone = count == parts.end - parts.at
    if lengths[1] == 1 and not (month and (is_called or (is_alone and parts.separator == "."))):
        return None
    is_time = _LAST_MONTH < month <= _LAST_MINUTE and day <= _LAST_HOUR
    if parts.separator == "." and before and (before.key in CLOCK_BEFORE or (is_time and before.key in ("v", "u"))):
        return None
    if month > _LAST_MONTH and day > _LAST_MONTH and day <= _LAST_HOUR and is_time and not (is_called or is_alone):
        return None
    return _day_and_month(day, month, None, parts.separator, today)


def _day_and_month(first: int, second: int, year: int | None, separator: str, today: date) -> tuple[date | None, bool]:
    day_first = day_of(first, second, year, today)
    if separator != "/":
        return day_first, False
    month_first = day_of(second, first, year, today)
    if day_first and month_first:
        return day_first, day_first != month_first
    return day_first or month_first, False
