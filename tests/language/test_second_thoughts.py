"""“I do not know” and “that is wrong” are heard in short messages, with and without special letters."""

import pytest

from language.second_thoughts import is_all_told, is_taken_back, is_unsure


@pytest.mark.parametrize(
    "text",
    [
        "не помню",
        "точно не знаю",
        "bilmayman",
        "esimda yo'q",
        "билмайман",
        "намедонам",
        "билбейм",
        "есімде жоқ",
        "I don't know",
        "Not sure",
    ],
)
def test_one_who_does_not_know_is_heard(text: str) -> None:
    assert is_unsure(text)
    assert not is_taken_back(text)


@pytest.mark.parametrize(
    "text",
    [
        "это неправильно",
        "я ошибся",
        "noto'g'ri",
        "нотўғри",
        "ин нодуруст аст",
        "туура эмес",
        "дұрыс емес",
        "no, wrong",
        "my mistake",
    ],
)
def test_what_is_taken_back_is_heard(text: str) -> None:
    assert is_taken_back(text)
    assert not is_unsure(text)


@pytest.mark.parametrize("text", ["", "10.01-20.03", "как проверить запрет", "не знаю " + "и так далее " * 4])
def test_other_messages_and_long_ones_are_neither(text: str) -> None:
    assert not is_unsure(text)
    assert not is_taken_back(text)


@pytest.mark.parametrize(
    "text", ["больше не было", "нет, больше не было", "boshqa boʻlmagan", "дигар набуд", "no more", "No other trips"]
)
def test_who_has_told_all_is_heard(text: str) -> None:
    assert is_all_told(text)


@pytest.mark.parametrize("text", ["", "10.01-20.03", "больше не было денег на билет", "нет"])
def test_all_is_told_only_by_a_message_that_says_nothing_else(text: str) -> None:
    assert not is_all_told(text)
