"""What stands around the form of stay: plural forms, the offer under entries, the first step without a server."""

from typing import Any

import pytest

from actions.affirm import affirm
from actions.answer_question import show
from actions.answering import Answering
from actions.counted_days import counted_days
from actions.ground import Ground
from knowledge_base.library import Library
from tests.actions.conftest import DATA


@pytest.mark.parametrize(
    ("count", "form"), [(1, "1 день"), (2, "2 дня"), (5, "5 дней"), (11, "11 дней"), (21, "21 день"), (112, "112 дней")]
)
def test_days_have_the_right_plural_in_russian(ground: Ground, count: int, form: str) -> None:
    assert counted_days(ground, count, "ru") == form


def test_one_day_is_singular_in_english(ground: Ground) -> None:
    assert [counted_days(ground, n, "en") for n in (0, 1, 21)] == ["0 days", "1 day", "21 days"]


def test_every_entry_on_limits_of_stay_offers_to_count(ground: Ground, hear: Any) -> None:
    entries = [e for e in Library.load(DATA / "faq").entries if e.topic == "registration.stay_limits"]
    assert len(entries) >= 3
    for entry in entries:
        answered = show(ground, hear(), entry)
        assert answered.buttons[0].payload == "/start_stay"
        assert answered.slots["pending"] == "stay"


def test_yes_to_the_offer_begins_the_form(ground: Ground, hear: Any) -> None:
    assert affirm(ground, hear("да", "affirm", slots={"pending": "stay"})).next_action == "stay_form"


def test_the_first_step_without_a_server_is_the_first_open_question(ground: Ground, hear: Any) -> None:
    answered = Answering(ground).answer(hear("", "start_stay", slots={"country": "RU"}))
    assert answered.text.endswith(ground.wording.text("ask_citizenship", "ru"))
    assert answered.topic == "registration.stay_limits"
