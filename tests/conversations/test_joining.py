"""Several messages as one question: joined at the claim, asked the same way at each try, answered together."""

from datetime import timedelta

import pytest

from conversations.handover import Handovers
from conversations.reply import Reply
from tests.conversations.talk import Talk

PAUSE = timedelta(seconds=1.5)


def part(talk: Talk, conversation_id: str, message_id: str, text: str, pause: timedelta | None = None) -> None:
    ready_at = talk.now + pause if pause else None
    assert talk.write(conversation_id, message_id, text, is_joinable=True, ready_at=ready_at)


@pytest.fixture
def one(talk: Talk) -> str:
    """A conversation with three parts of a question."""
    conversation_id = talk.begin()
    for message_id, text in (("a", "Салом"), ("b", "савол дорам"), ("c", "патент чанд пул?")):
        part(talk, conversation_id, message_id, text)
    return conversation_id


def test_parts_are_one_question_under_the_id_of_the_last_and_get_one_answer(talk: Talk, one: str) -> None:
    claimed = talk.turn(Reply("javob"))
    assert (claimed.message_id, claimed.joined) == ("c", ("a", "b"))
    assert claimed.text == "Салом\nсавол дорам\nпатент чанд пул?"
    (answer,) = [message for message in talk.said(one) if message.sender == "bot"]
    assert (answer.reply_to, answer.answers) == ("c", ("a", "b", "c"))
    assert talk.inbox.claim("worker", talk.now, 30) is None
    assert talk.inbox.pending_count() == 0


def test_a_further_try_asks_the_same_question_whatever_has_come_since(talk: Talk, one: str) -> None:
    first = talk.claim()
    part(talk, one, "d", "ва боз")
    assert talk.inbox.put_back(first, talk.now, reason="timeout")
    second = talk.claim()
    assert (second.message_id, second.text, second.joined) == (first.message_id, first.text, first.joined)
    assert (second.attempts, second.reason) == (2, "timeout")
    talk.finish(second, Reply("javob"))
    assert talk.turn(Reply("yana")).message_id == "d"
    answers = [message.answers for message in talk.said(one) if message.sender == "bot"]
    assert answers == [("a", "b", "c"), ("d",)]


def test_after_a_lost_lease_another_worker_asks_the_same_and_the_first_writes_nothing(talk: Talk, one: str) -> None:
    first = talk.claim(lease_seconds=5)
    talk.wait(6)
    second = talk.inbox.claim("another", talk.now, 30)
    assert second is not None and second.text == first.text
    assert not talk.finish(first, Reply("twice"))
    assert talk.finish(second, Reply("once"))
    assert [message.text for message in talk.said(one) if message.sender == "bot"] == ["once"]


def test_what_is_no_part_is_taken_by_itself_and_in_order(talk: Talk) -> None:
    one = talk.begin()
    part(talk, one, "a", "Салом")
    part(talk, one, "b", "ман")
    talk.write(one, "c", "Меню", payload="/meta.menu")
    part(talk, one, "d", "патент")
    talk.write(one, "e", "маро мекушад", danger="urgent")
    part(talk, one, "f", "ёрӣ")
    turns = [talk.turn(Reply("x")) for _ in range(5)]
    assert [each.message_id for each in turns] == ["b", "c", "d", "e", "f"]
    assert [each.text for each in turns][:1] == ["Салом\nман"]


def test_the_variant_is_that_of_the_longest_part(talk: Talk) -> None:
    one = talk.begin()
    talk.write(one, "a", "Салом", variant="tg", is_joinable=True)
    talk.write(one, "b", "patent qancha turadi hozir", variant="uz", is_joinable=True)
    talk.write(one, "c", "ok", variant="en", is_joinable=True)
    assert talk.claim().variant == "uz"


def test_who_is_waiting_for_an_operator_is_not_joined(talk: Talk, one: str) -> None:
    Handovers(talk.database).open(one, "asked", "none", talk.now)
    assert [talk.turn().message_id for _ in range(3)] == ["a", "b", "c"]


def test_a_beginning_waits_for_more_and_no_longer_than_a_whole_sentence_wants(talk: Talk) -> None:
    one = talk.begin()
    part(talk, one, "a", "Салом", PAUSE)
    assert talk.inbox.claim("worker", talk.now, 30) is None
    talk.wait(1)
    part(talk, one, "b", "савол дорам", PAUSE)
    talk.wait(1)
    assert talk.inbox.claim("worker", talk.now, 30) is None
    part(talk, one, "c", "патент чанд пул?")
    assert talk.claim().joined == ("a", "b")


def test_a_lone_beginning_is_due_when_its_pause_is_over(talk: Talk) -> None:
    one = talk.begin()
    part(talk, one, "a", "Салом", PAUSE)
    talk.wait(1.5)
    assert talk.claim().joined == ()


def test_beginnings_without_end_are_asked_after_five_seconds(talk: Talk) -> None:
    one = talk.begin()
    for number in range(7):
        part(talk, one, f"m{number}", "ва", PAUSE)
        assert talk.inbox.claim("worker", talk.now, 30) is None
        talk.wait(0.75)
    assert len(talk.claim().joined) == 6


@pytest.mark.parametrize("more", [{"payload": "/meta.menu"}, {"danger": "urgent"}], ids=["button", "danger"])
def test_a_button_or_danger_ends_the_wait_at_once(talk: Talk, more: dict[str, str]) -> None:
    one = talk.begin()
    part(talk, one, "a", "Салом", PAUSE)
    talk.write(one, "b", "ба ман кумак", **more)
    assert [talk.turn(Reply("x")).message_id for _ in range(2)] == ["a", "b"]


def test_a_beginning_behind_another_turn_still_waits_for_more(talk: Talk) -> None:
    one = talk.begin()
    part(talk, one, "a", "патент чанд пул?")
    first = talk.claim()
    part(talk, one, "b", "ва", PAUSE)
    talk.finish(first, Reply("x"))
    assert talk.inbox.claim("worker", talk.now, 30) is None
    part(talk, one, "c", "боз як савол")
    assert talk.claim().joined == ("b",)


def test_at_most_ten_messages_are_one_question(talk: Talk) -> None:
    one = talk.begin()
    for number in range(12):
        part(talk, one, f"m{number}", f"{number}")
    assert len(talk.turn(Reply("x")).joined) == 9
    assert talk.turn(Reply("x")).joined == ("m10",)


def test_an_operator_who_takes_over_meanwhile_answers_all_parts(talk: Talk, one: str) -> None:
    claimed = talk.claim()
    handovers = Handovers(talk.database)
    handovers.open(one, "asked", "none", talk.now)
    handovers.take(one, "anna", talk.now)
    talk.finish(claimed, Reply("too late"))
    handovers.answer(one, "anna", "Салом, ман Анна", talk.now)
    (answer,) = [message for message in talk.said(one) if message.answers]
    assert (answer.sender, answer.answers) == ("operator", ("a", "b", "c"))


def test_a_question_that_is_set_aside_takes_its_parts_along(talk: Talk, one: str) -> None:
    claimed = talk.claim()
    assert talk.inbox.set_aside(claimed, "timeout", [Reply("узр")], talk.now)
    (apology,) = [message for message in talk.said(one) if message.sender == "bot"]
    assert apology.answers == ("a", "b", "c")
    assert talk.inbox.pending_count() == 0
