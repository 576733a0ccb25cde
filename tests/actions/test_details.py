"""Corrections in every language: "not Tajik, Uzbek" means Uzbek."""

from typing import Any

import pytest

from actions.details import named, remember_command, words_beside


@pytest.mark.parametrize(
    ("variant", "text", "wrong", "right"),
    [
        ("ru", "я не таджик, а узбек", "таджик", "узбек"),
        ("ru", "не из таджикистана из узбекистана", "таджикистана", "узбекистана"),
        ("ru", "узбек, не таджик", "таджик", "узбек"),
        ("uz", "tojik emas, oʻzbekman", "tojik", "oʻzbekman"),
        ("uz-Cyrl", "тожик эмас ўзбекман", "тожик", "ўзбекман"),
        ("tg", "тоҷик не, ӯзбекам", "тоҷик", "ӯзбекам"),
        ("tg", "ман тоҷик нестам, ӯзбек ҳастам", "тоҷик", "ӯзбек"),
        ("ky", "тажик эмес, өзбекмин", "тажик", "өзбекмин"),
        ("ky", "мен тажик эмесмин өзбекмин", "тажик", "өзбекмин"),
        ("kk", "тәжік емес, өзбекпін", "тәжік", "өзбекпін"),
        ("en", "not Tajik, Uzbek", "Tajik", "Uzbek"),
        ("en", "Uzbek, not Tajik", "Tajik", "Uzbek"),
    ],
)
def test_a_name_that_is_taken_back_does_not_count(hear: Any, variant: str, text: str, wrong: str, right: str) -> None:
    details = sorted([("citizenship", "TJ", wrong), ("citizenship", "UZ", right)], key=lambda d: text.find(d[2]))
    assert named(hear(text, "inform", *details, variant=variant)) == {"citizenship": "UZ"}


def test_a_name_that_is_only_taken_back_is_forgotten(hear: Any) -> None:
    heard = hear("я не из таджикистана", "inform", ("citizenship", "TJ", "таджикистана"))
    assert named(heard) == {"citizenship": None}


def test_the_last_of_several_names_counts(hear: Any) -> None:
    heard = hear("Казахстан ой Россия", "inform", ("country", "KZ", "Казахстан"), ("country", "RU", "Россия"))
    assert named(heard) == {"country": "RU"}


def test_only_places_are_remembered_beyond_the_dialogue() -> None:
    assert remember_command({"country": "RU", "entered_on": "2026-11-18"}) == (
        {"command": "remember", "country": "RU"},
    )
    assert remember_command({"citizenship": None}) == ()


def test_a_reply_has_few_words_beside_its_detail_and_a_question_many(hear: Any) -> None:
    reply = hear("я из Узбекистана", "inform", ("citizenship", "UZ", "Узбекистана"))
    question = hear("сколько стоит патент для граждан Узбекистана", "x", ("citizenship", "UZ", "Узбекистана"))
    assert (words_beside(reply, ()), words_beside(question, ())) == (2, 5)
