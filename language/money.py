"""Finds amounts of money: "5000 руб", "5 минг сўм", "200$", "1,5 миллион сум"."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import TypeVar

from language.folding import fold
from language.number_words import read_number
from language.tokens import Token, split_tokens

MAX_DIGITS = 15
SIGNS = {"$": "USD", "₽": "RUB", "€": "EUR", "₸": "KZT", "₩": "KRW", "₺": "TRY", "¥": "CNY"}
_CURRENCIES = {
    "RUB": "руб р рубл* rub rubl* rur рупл* рубел* ruble rubles rouble roubles рубыл*",
    "UZS": "сум сума сумов сумы сумга сумни сумм sum sums uzs суми сумдан сомга@uz сомдан@uz сомлик@uz сом@uz so'm@uz "
    "som@uz somga@uz somni@uz somdan@uz somlik@uz somi@uz",
    "KGS": "сом сома сомов сомго сомду som somov kgs сомдон сомдук",
    "TJS": "сомони* somoni* сомон сомона tjs смн somon сом@tg som@tg самони*",
    "KZT": "тенге* теңге* тг tenge* kzt тнг тенга тенг",
    "USD": "доллар* dollar* долар* dolar* usd бакс* bucks дол долл",
    "EUR": "евро euro* eur евра",
    "KRW": "вон вона воны won krw вонов вонга",
    "TRY": "лир лира лиры лирасы lira* try турецких",
    "AED": "дирхам* dirham* aed дирҳам*",
    "CNY": "юан* yuan* cny",
    "TMT": "манат* manat* tmt",
}
_THOUSANDS = (
    "тыс тысяч* тыщ* тыр минг мингта ming mingta хазор хазорта hazor hazar мин миң мың thousand thousands k к тысячи"
)
_MILLIONS = "млн миллион* million* mln лям* мильон*"
_HUNDREDS = "юз yuz сад жуз hundred"
_FACTORS = {1000: _THOUSANDS, 1_000_000: _MILLIONS, 100: _HUNDREDS}
_GROUPED = re.compile(
    r"\d{1,3}(?:([ .,'\u00a0\u202f])\d{3})(?:\1\d{3})*(?!\d)(?:(?!\1)[.,]\d{1,2}(?!\d))?|\d+(?:[.,]\d{1,2}(?!\d))?"
)
_MINUS = re.compile(r"(?:^|\s)[-−–]\s?$")
_Value = TypeVar("_Value", int, str)


@dataclass(frozen=True)
class FoundMoney:
    """An amount with its currency ("1500 RUB") and where it stands."""

    value: str
    start: int
    end: int


def find_money(text: str, tokens: Sequence[Token], language: str) -> Iterator[FoundMoney]:
    """Yield the amounts of `text` whose currency is named, in order; never raises."""
    starts = {token.start: at for at, token in enumerate(tokens)}
    taken = 0
    for start, end, amount, at in _amounts(text, tokens, starts, language):
        if start < taken:
            continue
        found = _with_currency(tokens, at, language, amount)
        sign = SIGNS.get(text[start - 1 : start].strip()) if start else None
        if found is None and sign is None:
            continue
        value, stop = found or (f"{_plain(amount)} {sign}", end)
        taken = stop
        yield FoundMoney(value, start - 1 if found is None else start, stop)


@dataclass(frozen=True)
class Amount:
    """A number that may be a sum of money, with its currency where that is named and known, and where it stands."""

    value: Decimal
    currency: str | None
    start: int
    end: int


def find_amounts(text: str, language: str) -> tuple[Amount, ...]:
    """The sums of a reply to “how much?”, in order, also those without a currency; a minus sign makes one negative."""
    tokens = split_tokens(text)
    found = {money.start: money for money in find_money(text, tokens, language)}
    starts = {token.start: at for at, token in enumerate(tokens)}
    amounts: list[Amount] = []
    for start, end, number, at in _amounts(text, tokens, starts, language):
        if amounts and start < amounts[-1].end:
            continue
        money = found.get(start) or found.get(start - 1)
        value, stop = _scaled(tokens, at, number, end)
        value, currency = (Decimal(money.value.split()[0]), money.value.split()[1]) if money else (value, None)
        is_negative = bool(_MINUS.search(text[:start]))
        amounts.append(Amount(-value if is_negative else value, currency, start, max(stop, money.end if money else 0)))
    return tuple(amounts)


def _scaled(tokens: Sequence[Token], at: int, amount: Decimal, end: int) -> tuple[Decimal, int]:
    """A bare number with its “thousand” or “million”."""
    while at < len(tokens) and (factor := read_factor(tokens[at].text)):
        amount, end = amount * factor, tokens[at].end
        at += 1
    return amount, end


def _amounts(
    text: str, tokens: Sequence[Token], starts: dict[int, int], language: str
) -> Iterator[tuple[int, int, Decimal, int]]:
    """Yield start, end, number and the token behind, for numbers in digits and in words."""
    digits = {m.start(): m for m in _GROUPED.finditer(text)}
    for at, token in enumerate(tokens):
        if match := digits.get(token.start):
            amount = _decimal(match.group(), match.group(1))
            behind = starts.get(match.end(), _next_token(tokens, at, match.end()))
            if amount is not None:
                yield match.start(), match.end(), amount, behind
        elif token.is_word and (number := read_number(tokens, at, language)):
            yield token.start, tokens[number[1] - 1].end, Decimal(number[0]), number[1]


def _next_token(tokens: Sequence[Token], at: int, end: int) -> int:
    while at < len(tokens) and tokens[at].start < end:
        at += 1
    return at


def _decimal(digits: str, separator: str | None) -> Decimal | None:
    plain = (digits.replace(separator, "") if separator else digits).replace(",", ".")
    try:
        return Decimal(plain) if len(plain) <= MAX_DIGITS and plain.isascii() else None
    except InvalidOperation:
        return None


def _with_currency(tokens: Sequence[Token], at: int, language: str, amount: Decimal) -> tuple[str, int] | None:
    while at < len(tokens) and (factor := read_factor(tokens[at].text)):
        amount *= factor
        at += 1
        if (
            at < len(tokens)
            and tokens[at].text == "."
            and at + 1 < len(tokens)
            and read_currency(tokens[at + 1].text, language)
        ):
            at += 1
    if at >= len(tokens):
        return None
    currency = read_currency(tokens[at].text, language)
    return (f"{_plain(amount)} {currency}", tokens[at].end) if currency else None


def _plain(amount: Decimal) -> str:
    whole = amount.quantize(Decimal(1)) if amount == amount.to_integral_value() else amount.normalize()
    return f"{whole:f}"


def read_factor(word: str) -> int | None:
    """A thousand, a million or a hundred in any language; None for every other word."""
    return _look_up(_FACTOR_WORDS, _FACTOR_STEMS, fold(word))


def read_currency(word: str, language: str) -> str | None:
    """The likeliest currency (ISO 4217) of a word or sign for one who writes in `language`."""
    if word in SIGNS:
        return SIGNS[word]
    folded = fold(word)
    return _CURRENCY_WORDS.get(f"{folded}@{language}") or _look_up(_CURRENCY_WORDS, _CURRENCY_STEMS, folded)


def _look_up(words: dict[str, _Value], stems: dict[str, _Value], folded: str) -> _Value | None:
    if folded in words:
        return words[folded]
    return next((value for stem, value in stems.items() if folded.startswith(stem)), None)


def _words(table: dict[_Value, str], are_open: bool) -> dict[str, _Value]:
    rows = ((word, value) for value, words in table.items() for word in words.split())
    found = {}
    for word, value in rows:
        form, _, language = word.partition("@")
        if form.endswith("*") is are_open:
            folded = fold(form.rstrip("*"))
            found[f"{folded}@{language}" if language else folded] = value
    return found


CURRENCIES = tuple(_CURRENCIES)
"""The currencies that are known by name, ISO 4217."""
_CURRENCY_WORDS, _CURRENCY_STEMS = _words(_CURRENCIES, False), _words(_CURRENCIES, True)
_FACTOR_WORDS, _FACTOR_STEMS = _words(_FACTORS, False), _words(_FACTORS, True)
