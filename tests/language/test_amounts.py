"""Numbers of a transfer as people write them: sums, thousands, decimals, percentages, words, “сом”."""

from decimal import Decimal

import pytest
from babel.numbers import format_decimal
from hypothesis import given
from hypothesis import strategies as st

from guidance.currencies import MINOR_UNITS
from language.amounts import find_amounts, plain, sure_currency

D = Decimal


@pytest.mark.parametrize(
    ("language", "text", "value", "currencies"),
    [
        ("ru", "10000 руб", "10000", ("RUB",)),
        ("ru", "10 000,50 ₽", "10000.5", ("RUB",)),
        ("ru", "10.000 рублей", "10000", ("RUB",)),
        ("ru", "1.234.567,50 сум", "1234567.5", ("UZS",)),
        ("en", "$1,234.50", "1234.5", ("USD",)),
        ("ru", "5к", "5000", ()),
        ("ru", "15 тыс. руб", "15000", ("RUB",)),
        ("ru", "пятьдесят тысяч рублей", "50000", ("RUB",)),
        ("ru", "сорок пять тысяч", "45000", ()),
        ("ru", "сто тысяч", "100000", ()),
        ("ru", "тысяча рублей", "1000", ("RUB",)),
        ("ru", "1,5 млн сум", "1500000", ("UZS",)),
        ("uz", "10 ming so'm", "10000", ("UZS",)),
        ("uz", "ellik ming rubl", "50000", ("RUB",)),
        ("uz", "ikki yuz ming soʻm", "200000", ("UZS",)),
        ("uz", "10 минг сўм", "10000", ("UZS",)),
        ("tg", "панҷсад ҳазор сомонӣ", "500000", ("TJS",)),
        ("tg", "500 сомонӣ", "500", ("TJS",)),
        ("ky", "элүү миң сом", "50000", ("KGS", "UZS")),
        ("kk", "бес жүз мың теңге", "500000", ("KZT",)),
        ("en", "two hundred dollars", "200", ("USD",)),
        ("ru", "5000 сом", "5000", ("KGS", "UZS")),
        ("ru", "-500 руб", "-500", ("RUB",)),
    ],
)
def test_a_sum_is_read_as_it_is_written(language: str, text: str, value: str, currencies: tuple[str, ...]) -> None:
    (amount,) = find_amounts(text, language)
    assert (amount.value, amount.currencies) == (D(value), currencies)


@pytest.mark.parametrize(
    ("text", "value"), [("1 %", "1"), ("0,5 процента", "0.5"), ("1 foiz", "1"), ("1 фоиз", "1"), ("2 пайыз", "2")]
)
def test_a_percentage_is_no_sum(text: str, value: str) -> None:
    (amount,) = find_amounts(text, "ru")
    assert amount.is_percent
    assert amount.value == D(value)


def test_the_sign_behind_one_sum_is_not_that_of_the_next() -> None:
    assert [amount.currencies for amount in find_amounts("комиссия 150 ₽ 1400", "ru")] == [("RUB",), ()]


def test_three_digits_behind_a_point_may_be_thousands_or_decimals() -> None:
    assert find_amounts("12.500", "ru")[0].readings == (D(12500), D("12.5"))
    assert find_amounts("0.084", "ru")[0].readings == (D("0.084"),)
    assert find_amounts("12 500", "ru")[0].readings == (D(12500),)


@pytest.mark.parametrize("text", ["", "привет", "один вопрос", "сколько это стоит", "1" * 40])
def test_what_is_no_amount_is_left_alone(text: str) -> None:
    assert find_amounts(text, "ru") == ()


@pytest.mark.parametrize(
    ("candidates", "near", "language", "sure"),
    [
        (("KGS", "UZS"), {"RUB", "UZS"}, "ru", "UZS"),
        (("KGS", "UZS"), {"RUB", "KGS"}, "ru", "KGS"),
        (("KGS", "UZS"), {"RUB"}, "ru", None),
        (("KGS", "UZS"), {"KGS", "UZS"}, "ky", None),
        (("KGS", "UZS"), set(), "ky", "KGS"),
        (("UZS", "KGS"), set(), "uz", "UZS"),
        (("TJS", "UZS", "KGS"), {"TJS"}, "tg", "TJS"),
        (("USD",), {"RUB"}, "ru", "USD"),
    ],
)
def test_som_is_the_money_that_is_near_or_is_asked_back(
    candidates: tuple[str, ...], near: set[str], language: str, sure: str | None
) -> None:
    assert sure_currency(candidates, near, language) == sure


@given(st.decimals(D(0), D(10) ** 9, places=2), st.sampled_from(["ru", "uz", "uz_Cyrl", "tg", "ky", "kk", "en"]))
def test_every_sum_that_we_show_is_read_back(amount: Decimal, locale: str) -> None:
    written = f"{format_decimal(amount, '#,##0.00', locale)} USD"
    (found,) = find_amounts(written, locale[:2])
    assert (found.value, found.currencies) == (amount, ("USD",))


@given(st.text(max_size=80))
def test_no_text_makes_it_fail(text: str) -> None:
    assert all(amount.start < amount.end <= len(text) for amount in find_amounts(text, "ru"))


@given(st.decimals(D("1e-20"), D(10) ** 15, allow_nan=False))
def test_a_number_is_kept_as_it_is(amount: Decimal) -> None:
    assert D(plain(amount)) == amount


@pytest.mark.parametrize("code", MINOR_UNITS)
@pytest.mark.parametrize("language", ["ru", "uz", "tg", "ky", "kk", "en"])
def test_the_code_of_each_money_of_transfers_names_it(language: str, code: str) -> None:
    assert [each.currencies for each in find_amounts(f"1500 {code}", language)] == [(code,)]
