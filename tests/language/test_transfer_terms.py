"""The terms of a transfer in people's own words: which number is the fee, the rate, what arrives."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from language.amounts import plain
from language.transfer_terms import is_bare_none, read_offers, read_terms


def told(text: str, language: str) -> dict[str, str]:
    terms = read_terms(text, language)
    found = {role: plain(amount.value) for role, amount in terms.by_role.items()}
    if terms.percent:
        found["percent"] = plain(terms.percent.value)
    if terms.pair:
        found["pair"] = "=".join(plain(amount.value) for amount in terms.pair)
    if terms.is_free:
        found["fee"] = "0"
    return found


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("ru", "10000 руб, комиссия 150, курс 0.0084", {"fee": "150", "rate": "0.0084"}),
        ("ru", "за 1000 рублей 12 сомони", {"pair": "1000=12"}),
        ("ru", "без комиссии, получат 1 390 000 сум", {"fee": "0", "received": "1390000"}),
        ("ru", "комиссия 150 руб 1 рубль = 140 сум", {"fee": "150", "pair": "1=140"}),
        (
            "ru",
            "отправляю 20000 руб, комиссия 1 %, получат 2,8 млн сум",
            {"sum": "20000", "percent": "1", "received": "2800000"},
        ),
        ("ru", "10 000 ₽ → 1 390 000 сум, комиссия 0", {"fee": "0", "pair": "10000=1390000"}),
        ("ru", "1 доллар = 95 рублей, комиссия 1%", {"percent": "1", "pair": "1=95"}),
        ("uz", "1 rubl = 140 so'm", {"pair": "1=140"}),
        ("uz", "150 rubl komissiya, 1390000 so'm oladi", {"fee": "150", "received": "1390000"}),
        ("uz", "komissiyasiz, kurs 140", {"fee": "0", "rate": "140"}),
        ("uz", "10000 rubl yuborsam 1390000 so'm oladi", {"sum": "10000", "received": "1390000"}),
        ("uz", "комиссия йўқ, 1,4 миллион сўм олади", {"fee": "0", "received": "1400000"}),
        ("tg", "комиссия 1 фоиз, дар хона 1200 сомонӣ мегиранд", {"percent": "1", "received": "1200"}),
        ("tg", "бе комиссия, қурб 0,12", {"fee": "0", "rate": "0.12"}),
        ("ky", "комиссия жок, үйдө 11000 сом алышат", {"fee": "0", "received": "11000"}),
        ("kk", "комиссия 200 рубль, бағам 5,6", {"fee": "200", "rate": "5.6"}),
        ("en", "fee 150, they get 84 dollars", {"fee": "150", "received": "84"}),
        ("en", "no fee, rate 140", {"fee": "0", "rate": "140"}),
        ("ru", "привет", {}),
    ],
)
def test_each_number_has_its_role(language: str, text: str, expected: dict[str, str]) -> None:
    assert told(text, language) == expected


@pytest.mark.parametrize("joint", ["\n", "; "])
def test_several_offers_in_one_message_are_told_apart(joint: str) -> None:
    first, second = read_offers(f"комиссия 100, курс 140{joint}без комиссии, получат 1350000 сум", "ru")
    assert plain(first.by_role["rate"].value) == "140"
    assert second.is_free


def test_numbers_of_a_list_are_no_amounts() -> None:
    offers = read_offers("1) комиссия 100, курс 140\n2) комиссия 0, курс 135", "ru")
    assert [plain(each.by_role["fee"].value) for each in offers] == ["100", "0"]


@pytest.mark.parametrize(
    ("text", "is_none"), [("нет", True), ("бесплатно", True), ("yo'q", True), ("no fee", True), ("150", False)]
)
def test_none_answers_the_question_for_the_fee(text: str, is_none: bool) -> None:
    assert is_bare_none(text) is is_none


@given(st.text(alphabet="0123456789 .,=%;₽$-комискурс\n", max_size=60))
def test_no_text_makes_it_fail(text: str) -> None:
    read_offers(text, "ru")
