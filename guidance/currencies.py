"""Currencies of transfers: their minor units by ISO 4217, and sums rounded to them."""

from collections.abc import Mapping
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal

MINOR_UNITS: Mapping[str, int] = {
    "RUB": 2,
    "UZS": 2,
    "TJS": 2,
    "KGS": 2,
    "KZT": 2,
    "USD": 2,
    "EUR": 2,
    "KRW": 0,
    "TRY": 2,
    "AED": 2,
    "CNY": 2,
    "TMT": 2,
}
"""Digits behind the point: ISO 4217, list one of its maintenance agency, https://www.six-group.com."""
CURRENCY_OF: Mapping[str, str] = {
    "RU": "RUB",
    "UZ": "UZS",
    "TJ": "TJS",
    "KG": "KGS",
    "KZ": "KZT",
    "KR": "KRW",
    "TR": "TRY",
    "AE": "AED",
    "CN": "CNY",
    "TM": "TMT",
}
"""The currency of a country (ISO 3166-1), where transfers in it are reckoned."""


class UnknownCurrencyError(ValueError):
    """A code that stands for no currency of ours."""


def minor_unit(currency: str) -> Decimal:
    """The smallest sum, such as 0.01; raises `UnknownCurrencyError`."""
    if currency not in MINOR_UNITS:
        raise UnknownCurrencyError(f"{currency!r} is none of {', '.join(MINOR_UNITS)}")
    return Decimal(1).scaleb(-MINOR_UNITS[currency])


def rounded(amount: Decimal, currency: str) -> Decimal:
    """The sum in whole minor units, half a unit up."""
    return amount.quantize(minor_unit(currency), ROUND_HALF_UP)


def paid_out(amount: Decimal, currency: str) -> Decimal:
    """The sum in whole minor units, rounded down: nobody is told more than arrives.

    What a division leaves behind the ninth digit is no part of the sum: 9,500 / 95 is 100, not 99.99.
    """
    return amount.quantize(_DUST, ROUND_HALF_UP).quantize(minor_unit(currency), ROUND_DOWN)


_DUST = Decimal("1e-9")
