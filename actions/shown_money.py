"""Writes sums, percentages and rates as one writes them in each language."""

from decimal import Decimal

from babel.numbers import format_decimal, format_percent

from actions.ground import Ground

_RATE_DIGITS = 5
"""Digits of a rate that are shown: more say nothing to a person."""


def shown_money(ground: Ground, amount: Decimal, currency: str, variant: str) -> str:
    """A sum with the name of its money; its minor unit only where it is not zero."""
    pattern = "#,##0" if amount == amount.to_integral_value() else "#,##0.00"
    return _with_money(ground, format_decimal(amount, pattern, _locale(variant)), currency, variant)


def shown_percent(percent: Decimal, variant: str) -> str:
    """A percentage with at most two digits behind the point."""
    return format_percent(percent / 100, locale=_locale(variant), decimal_quantization=False)


def shown_rate(ground: Ground, rate: Decimal, sends: str, receives: str, variant: str) -> str:
    """ "1 ₽ = 140 сум", or "1 $ = 95 ₽" where one unit sent is worth less than one that arrives."""
    if rate < 1:
        rate, sends, receives = 1 / rate, receives, sends
    return worth_of_one(ground, round(rate, _RATE_DIGITS - len(f"{rate:.0f}")), sends, receives, variant)


def worth_of_one(ground: Ground, worth: Decimal, of: str, in_money: str, variant: str) -> str:
    """ "1 ₽ = 0,115 сомонӣ": the number as it was told, whichever way round."""
    number = format_decimal(worth, "#,##0.######", _locale(variant))
    return f"{_with_money(ground, '1', of, variant)} = {_with_money(ground, number, in_money, variant)}"


def _with_money(ground: Ground, number: str, currency: str, variant: str) -> str:
    return ground.wording.text(f"money_{currency}", variant, amount=number)


def _locale(variant: str) -> str:
    return variant.replace("-", "_")
