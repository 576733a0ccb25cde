"""The second failure in a row brings the offer of a person."""

from typing import Any

import pytest

from actions.answering import Answering
from actions.ground import Ground
from language.variants import LANGUAGES

GOOD, BAD, ALIEN = ("ban", "bans.check"), ("", "documents.driving"), ("weather", "meta.out_of_scope")
NOT_HELPED, HELPED = ("", "not_helped"), ("", "helped")


def converse(ground: Ground, hear: Any, *messages: tuple[str, str], variant: str = "ru") -> list[bool]:
    """For each message: whether a person was offered as the second failure in a row."""
    slots: dict[str, Any] = {}
    offers = []
    for text, intent in messages:
        answered = Answering(ground).answer(hear(text, intent, slots=slots, variant=variant))
        slots = {**slots, **answered.slots}
        offers.append(ground.wording.text("offer_human", variant) in answered.text)
        if offers[-1]:
            assert answered.buttons[0].payload == "/meta.human"
            assert slots["pending"] == "human"
    return offers


@pytest.mark.parametrize("variant", LANGUAGES)
def test_two_failures_of_any_kind_in_a_row_offer_a_person(ground: Ground, hear: Any, variant: str) -> None:
    assert converse(ground, hear, BAD, ALIEN, variant=variant) == [False, True]


def test_an_answer_between_breaks_the_row(ground: Ground, hear: Any) -> None:
    assert converse(ground, hear, BAD, GOOD, BAD) == [False, False, False]


def test_an_answer_that_does_not_help_continues_the_row(ground: Ground, hear: Any) -> None:
    assert converse(ground, hear, BAD, GOOD, NOT_HELPED) == [False, False, True]


def test_two_answers_that_do_not_help_offer_a_person(ground: Ground, hear: Any) -> None:
    assert converse(ground, hear, GOOD, NOT_HELPED, GOOD, NOT_HELPED) == [False, False, False, True]


def test_an_answer_that_helps_ends_the_row(ground: Ground, hear: Any) -> None:
    assert converse(ground, hear, BAD, GOOD, HELPED, BAD) == [False] * 4


def test_yes_to_the_offer_calls_a_person_and_no_does_not(ground: Ground, hear: Any) -> None:
    slots = {"pending": "human"}
    yes = Answering(ground).answer(hear("да", "affirm", slots=slots))
    assert yes.handover
    assert yes.commands == ({"command": "open_handover", "reason": "asked for a person"},)
    no = Answering(ground).answer(hear("нет", "deny", slots=slots))
    assert not no.handover
    assert no.commands == ()


def test_yes_and_no_under_an_answer_are_feedback(ground: Ground, hear: Any) -> None:
    slots = {"pending": "feedback", "entry": "bans/check"}
    assert Answering(ground).answer(hear("да", "affirm", slots=slots)).text == ground.wording.text("helped", "ru")
    no = Answering(ground).answer(hear("нет", "deny", slots=slots))
    assert no.text.startswith(ground.wording.text("not_helped", "ru"))
