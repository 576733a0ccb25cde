"""How many months a short reply names: in digits or words, a half year, years; in every language."""

from collections.abc import Iterator, Sequence

from language.folding import skeleton
from language.number_words import read_number
from language.tokens import Token, split_tokens

_YEARS = "год года году лет годовой yil yilga yillik йил сол сола солро солона жыл жылга жылдык жылға жылдық year years"
_HALVES = "пол yarim ярим ним жарым жарты half"
_HALF_YEARS = "полгода полугода полугодие"
MONTHS_IN_YEAR = 12


def _keys(words: str) -> frozenset[str]:
    return frozenset(skeleton(word).replace(" ", "") for word in words.split())


_YEAR_WORDS, _HALF_WORDS, _HALF_YEAR_WORDS = _keys(_YEARS), _keys(_HALVES), _keys(_HALF_YEARS)
_MINUS = frozenset("-–—−")


def find_months(text: str, language: str) -> tuple[int | None, ...]:
    """Return the counts of months that `text` names, in order; None for one that is no whole positive number."""
    tokens = split_tokens(text)
    return tuple(_counts(tokens, language.partition("-")[0]))


def _counts(tokens: Sequence[Token], language: str) -> Iterator[int | None]:
    at = 0
    while at < len(tokens):
        number = _number(tokens, at, language)
        if number is None:
            yield from _without_number(tokens, at)
            at += 1
            continue
        value, end = number
        if _is_cut(tokens, at, end):
            yield None
            end += 1 + (end + 1 < len(tokens) and tokens[end + 1].is_number)
        else:
            yield value * MONTHS_IN_YEAR if _has(tokens, end, _YEAR_WORDS) else value
            end += _has(tokens, end, _YEAR_WORDS)
        at = end


def _without_number(tokens: Sequence[Token], at: int) -> Iterator[int]:
    """A year or half of one by its word alone."""
    if tokens[at].key in _HALF_YEAR_WORDS:
        yield MONTHS_IN_YEAR // 2
    elif tokens[at].key in _YEAR_WORDS:
        yield MONTHS_IN_YEAR // 2 if at and tokens[at - 1].key in _HALF_WORDS else MONTHS_IN_YEAR


def _number(tokens: Sequence[Token], at: int, language: str) -> tuple[int, int] | None:
    if tokens[at].is_number:
        return int(tokens[at].text[:6]), at + 1
    return read_number(tokens, at, language)


def _is_cut(tokens: Sequence[Token], at: int, end: int) -> bool:
    """Negative ("-3"), or the whole part of a fraction ("1,5")."""
    is_negative = at > 0 and tokens[at - 1].text in _MINUS and (at < 2 or not tokens[at - 2].is_number)
    is_fraction = end + 1 < len(tokens) and tokens[end].text in ",." and tokens[end + 1].is_number
    return is_negative or (is_fraction and tokens[end].end == tokens[end + 1].start)


def _has(tokens: Sequence[Token], at: int, words: frozenset[str]) -> bool:
    return at < len(tokens) and tokens[at].key in words
