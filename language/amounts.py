"""Finds the numbers of a transfer in what people write: sums, percentages, rates; with all that each can mean."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from decimal import Decimal

from language.folding import fold
from language.money import SIGNS, read_currency, read_factor
from language.round_numbers import read_words
from language.tokens import Token, split_tokens

MAX_CHARS = 1_000
MAX_DIGITS = 18
_GAPS = " \u00a0\u202f'’"
_NUMBER = re.compile(rf"(?<![\d.,])\d{{1,3}}(?:[{_GAPS}]\d{{3}})+(?:[.,]\d+)*(?!\d)|\d+(?:[.,]\d+)*")
_MINUS = re.compile(r"(?<![\w.,)])\s?[-−–]$")
_PERCENT = re.compile(r"^(%|проц|фоиз|foiz|пайыз|percent|protsent|foyiz)")
_EITHER_SOM = re.compile(r"^(сом|som)(ы|а|ов|ам|ами|ах|го|ду|дор|дук|га|ни|да|дан|лик|s|ga|ni|da|dan|lik)?$")
_SOM_OF = {"tg": ("TJS", "UZS", "KGS"), "uz": ("UZS", "KGS"), "ky": ("KGS", "UZS")}
_SOM = ("KGS", "UZS")
_SURE_LANGUAGES = frozenset({"uz", "ky"})
_UZBEK_LETTERS = re.compile(r"['`´ʻʼʽʹˈ‘’‛′＇ўЎ]")


@dataclass(frozen=True)
class Amount:
    """A number with what it can mean, likeliest first: “12.500” is 12500 or 12.5, “сом” is Kyrgyz or Uzbek.

    `currencies` (ISO 4217) is empty where none is named.
    """

    readings: tuple[Decimal, ...]
    currencies: tuple[str, ...]
    is_percent: bool
    is_negative: bool
    start: int
    end: int

    @property
    def value(self) -> Decimal:
        """As a sum of money: three digits behind a point are thousands; below zero where a minus stands."""
        return -self.readings[0] if self.is_negative else self.readings[0]


def find_amounts(text: str, language: str) -> tuple[Amount, ...]:
    """All numbers of a text in order, in digits or in words with what is counted; never raises."""
    text = text[:MAX_CHARS]
    tokens = split_tokens(text)
    digits = {match.start(): match for match in _NUMBER.finditer(text)}
    found: list[Amount] = []
    for at, token in enumerate(tokens):
        if found and token.start < found[-1].end:
            continue
        match = digits.get(token.start)
        before = text[found[-1].end if found else 0 : token.start]
        amount = _in_digits(before, tokens, at, match, language) if match else _in_words(tokens, at, language)
        if amount:
            found.append(amount)
    return tuple(found)


def sure_currency(candidates: Sequence[str], near: Collection[str], language: str) -> str | None:
    """The currency that is meant: the only one, the only one that is `near`, or the first of a writer's own language.

    None where it has to be asked back.
    """
    close = [code for code in candidates if code in near]
    if len(close) == 1 or len(candidates) == 1:
        return (close or list(candidates))[0]
    return candidates[0] if candidates and not close and language in _SURE_LANGUAGES else None


def _in_digits(before: str, tokens: Sequence[Token], at: int, match: re.Match[str], language: str) -> Amount | None:
    readings = _readings(match.group())
    if not readings:
        return None
    behind = at
    while behind < len(tokens) and tokens[behind].start < match.end():
        behind += 1
    is_negative = bool(_MINUS.search(before))
    sign = SIGNS.get(before.rstrip()[-1:])
    return _counted(tokens, behind, language, readings, (match.start(), match.end()), is_negative, sign)


def _in_words(tokens: Sequence[Token], at: int, language: str) -> Amount | None:
    """A number in words where a currency, a percentage or a thousand follows; “a thousand” too, but behind no word."""
    number = read_words(tokens, at, language)
    is_bare = number is None and (at == 0 or not tokens[at - 1].is_word) and read_factor(tokens[at].text)
    if not tokens[at].is_word or (number is None and not is_bare):
        return None
    value, behind = number or (1, at)
    place = (tokens[at].start, tokens[max(at, behind - 1)].end)
    amount = _counted(tokens, behind, language, (Decimal(value),), place, False, None)
    is_factor = amount.readings[0] != value
    return amount if amount.currencies or amount.is_percent or is_factor else None


def _counted(
    tokens: Sequence[Token],
    behind: int,
    language: str,
    readings: tuple[Decimal, ...],
    place: tuple[int, int],
    is_negative: bool,
    sign: str | None,
) -> Amount:
    start, end = place
    while behind < len(tokens) and tokens[behind].is_word and (factor := read_factor(tokens[behind].text)):
        readings = _multiplied(readings, factor)
        end = tokens[behind].end
        behind += 1
        if behind < len(tokens) - 1 and tokens[behind].text == "." and currencies_of(tokens[behind + 1].text, language):
            behind += 1
    word = tokens[behind].text if behind < len(tokens) else ""
    currencies = currencies_of(word, language)
    is_percent = not currencies and bool(_PERCENT.match(fold(word)))
    if currencies or is_percent:
        end = tokens[behind].end
    return Amount(readings, currencies or ((sign,) if sign else ()), is_percent, is_negative, start, end)


def _multiplied(readings: tuple[Decimal, ...], factor: int) -> tuple[Decimal, ...]:
    """“1.500 тыс” is one and a half thousand: before a factor a point stands before decimals."""
    return (readings[-1] * factor,)


def currencies_of(word: str, language: str) -> tuple[str, ...]:
    """The currencies (ISO 4217) that a word or sign can mean; none for every other word."""
    folded = fold(word)
    if _EITHER_SOM.match(folded):
        return ("UZS",) if _UZBEK_LETTERS.search(word) else _SOM_OF.get(language, _SOM)
    currency = read_currency(word, language) if word else None
    return (currency,) if currency else ()


def _readings(written: str) -> tuple[Decimal, ...]:
    """“10 000,50”, “1.234.567” and “0.0084” have one reading, “12.500” has two."""
    plain = written
    for gap in _GAPS:
        plain = plain.replace(gap, "")
    if len(plain) > MAX_DIGITS or not plain.isascii():
        return ()
    parts = re.split("[.,]", plain)
    separators = re.findall("[.,]", plain)
    if len(set(separators)) == 1 and len(separators) > 1:
        return (Decimal("".join(parts)),)
    *whole, last = parts
    decimal = Decimal(f"{''.join(whole)}.{last}") if whole else Decimal(last)
    is_either = len(separators) == 1 and len(last) == 3 and plain == written and 0 < len(whole[0].lstrip("0")) <= 3
    return (Decimal(whole[0] + last), decimal) if is_either else (decimal,)


def plain(amount: Decimal) -> str:
    """A number without exponent and without zeros behind the point."""
    text = f"{amount:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
