"""The handover: one queue, danger first; one operator each; nothing that was asked stays unanswered."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from conversations.commands import OpenHandover
from conversations.conversation import UnknownConversationError
from conversations.handover import Handovers, NotHolderError
from conversations.reply import Reply
from tests.conversations.talk import Talk


@pytest.fixture
def handovers(talk: Talk) -> Handovers:
    return Handovers(talk.database)


def _held(talk: Talk, handovers: Handovers, operator: str = "Dilnoza") -> str:
    one = talk.begin()
    handovers.open(one, "wish", "none", talk.now)
    assert handovers.take(one, operator, talk.now)
    return one


def test_the_wish_for_a_person_puts_the_conversation_into_the_queue(talk: Talk, handovers: Handovers) -> None:
    one = talk.begin()
    talk.write(one, "m1", variant="tg")
    talk.turn(Reply("somebody will come"), commands=[OpenHandover("wish", "concern")])
    (waiting,) = handovers.queue()
    assert (waiting.conversation_id, waiting.reason, waiting.danger, waiting.variant) == (one, "wish", "concern", "tg")
    assert (waiting.since, waiting.unanswered, waiting.operator) == (talk.now, 0, None)
    assert talk.get(one).state == "waiting"


def test_danger_stands_in_front_and_then_the_longest_wait(talk: Talk, handovers: Handovers) -> None:
    order = {}
    for name, danger in (("early", "none"), ("grave", "concern"), ("late", "none"), ("urgent", "urgent")):
        order[name] = talk.begin()
        handovers.open(order[name], "wish", danger, talk.now)
        talk.wait(1)
    expected = [order[name] for name in ("urgent", "grave", "early", "late")]
    assert [waiting.conversation_id for waiting in handovers.queue()] == expected


def test_danger_in_a_later_message_moves_a_waiting_person_forward(talk: Talk, handovers: Handovers) -> None:
    first, second = talk.begin(), talk.begin()
    for each in (first, second):
        handovers.open(each, "wish", "none", talk.now)
        talk.wait(1)
    talk.write(second, "m1", danger="urgent")
    assert [waiting.conversation_id for waiting in handovers.queue()] == [second, first]
    assert handovers.queue()[0].unanswered == 1


def test_opening_twice_keeps_one_place_in_the_queue(talk: Talk, handovers: Handovers) -> None:
    one = talk.begin()
    assert handovers.open(one, "wish", "none", talk.now)
    assert not handovers.open(one, "danger", "urgent", talk.now)
    assert [waiting.danger for waiting in handovers.queue()] == ["urgent"]


def test_of_many_operators_at_once_one_takes_the_conversation(talk: Talk, handovers: Handovers) -> None:
    one = talk.begin()
    handovers.open(one, "wish", "none", talk.now)
    names = [f"operator {number}" for number in range(8)]
    barrier = threading.Barrier(len(names))

    def take(name: str) -> bool:
        barrier.wait()
        return handovers.take(one, name, talk.now)

    with ThreadPoolExecutor(len(names)) as threads:
        taken = list(threads.map(take, names))
    assert sum(taken) == 1
    assert talk.get(one).operator == names[taken.index(True)]
    assert [step.step for step in handovers.log(one)] == ["opened", "taken"]


def test_taking_again_is_fine_for_the_holder_and_refused_for_others(talk: Talk, handovers: Handovers) -> None:
    one = _held(talk, handovers)
    assert handovers.take(one, "Dilnoza", talk.now)
    assert not handovers.take(one, "Aziz", talk.now)
    assert not handovers.take("x", "Aziz", talk.now)
    assert not handovers.take(talk.begin(), "Aziz", talk.now)


def test_an_operators_answer_settles_all_that_was_asked(talk: Talk, handovers: Handovers) -> None:
    one = _held(talk, handovers)
    for message_id in ("a", "b"):
        talk.write(one, message_id)
    handovers.answer(one, "Dilnoza", "Salom", talk.now)
    answer = talk.said(one)[-1]
    assert (answer.sender, answer.operator, answer.reply_to, answer.answers) == ("operator", "Dilnoza", "b", ("a", "b"))
    handovers.answer(one, "Dilnoza", "Yana", talk.now)
    assert (talk.said(one)[-1].reply_to, talk.said(one)[-1].answers) == (None, ())


@pytest.mark.parametrize("step", ["answer", "give_back", "close"])
def test_who_does_not_hold_a_conversation_can_do_nothing_in_it(talk: Talk, handovers: Handovers, step: str) -> None:
    held, waiting = _held(talk, handovers), talk.begin()
    handovers.open(waiting, "wish", "none", talk.now)
    for conversation_id in (held, waiting, talk.begin(), "x"):
        with pytest.raises(NotHolderError):
            getattr(handovers, step)(conversation_id, "Aziz", "Salom", talk.now)
    assert talk.get(held).operator == "Dilnoza"
    assert talk.texts(held) == []


@pytest.mark.parametrize(("step", "state"), [("give_back", "bot"), ("close", "closed")])
def test_at_the_end_the_bot_answers_what_is_left(talk: Talk, handovers: Handovers, step: str, state: str) -> None:
    one = _held(talk, handovers)
    for message_id in ("a", "b"):
        talk.write(one, message_id)
        talk.turn()
    getattr(handovers, step)(one, "Dilnoza", "The assistant is back", talk.now)
    last = talk.said(one)[-1]
    assert (last.sender, last.reply_to, last.answers) == ("bot", "b", ("a", "b"))
    assert (talk.get(one).state, talk.get(one).operator) == (state, None)
    assert handovers.queue() == handovers.held() == ()


def test_what_the_bot_has_not_looked_at_yet_is_left_to_the_bot(talk: Talk, handovers: Handovers) -> None:
    one = _held(talk, handovers)
    talk.write(one, "m1")
    handovers.give_back(one, "Dilnoza", "The assistant is back", talk.now)
    last = talk.said(one)[-1]
    assert (last.sender, last.reply_to, last.answers) == ("system", None, ())
    talk.turn(Reply("answer"))
    assert talk.said(one)[-1].reply_to == "m1"


@pytest.mark.parametrize("is_taken", [False, True])
def test_the_migrant_can_always_go_back(talk: Talk, handovers: Handovers, is_taken: bool) -> None:
    one = talk.begin()
    handovers.open(one, "wish", "none", talk.now)
    if is_taken:
        handovers.take(one, "Dilnoza", talk.now)
    assert handovers.withdraw(one, "The assistant is back", talk.now)
    assert not handovers.withdraw(one, "The assistant is back", talk.now)
    assert talk.get(one).state == "bot"
    assert not handovers.take(one, "Dilnoza", talk.now)


def test_a_closed_conversation_is_the_bots_when_the_migrant_writes_again(talk: Talk, handovers: Handovers) -> None:
    one = _held(talk, handovers)
    handovers.close(one, "Dilnoza", "Goodbye", talk.now)
    talk.write(one, "m1")
    assert talk.claim().conversation.state == "bot"
    assert [step.step for step in handovers.log(one)] == ["opened", "taken", "closed", "reopened"]
    assert handovers.open(one, "wish", "none", talk.now)


def test_danger_that_an_operator_has_dealt_with_does_not_come_back(talk: Talk, handovers: Handovers) -> None:
    one = talk.begin()
    handovers.open(one, "danger", "urgent", talk.now)
    handovers.take(one, "Dilnoza", talk.now)
    handovers.give_back(one, "Dilnoza", "The assistant is back", talk.now)
    handovers.open(one, "wish", "none", talk.now)
    assert [waiting.danger for waiting in handovers.queue()] == ["none"]


def test_the_log_tells_who_did_what_when_and_why(talk: Talk, handovers: Handovers) -> None:
    one = talk.begin()
    handovers.open(one, "wish", "none", talk.now)
    talk.wait(5)
    handovers.take(one, "Dilnoza", talk.now)
    steps = handovers.log(one)
    assert [(step.step, step.who, step.why) for step in steps] == [
        ("opened", "migrant", "wish"),
        ("taken", "Dilnoza", ""),
    ]
    assert (steps[1].at - steps[0].at).total_seconds() == 5


def test_an_operator_sees_what_he_or_she_holds(talk: Talk, handovers: Handovers) -> None:
    mine, other = _held(talk, handovers), _held(talk, handovers, "Aziz")
    assert [each.conversation_id for each in handovers.held("Dilnoza")] == [mine]
    assert {each.conversation_id for each in handovers.held()} == {mine, other}


def test_a_handover_of_an_unknown_conversation_is_an_error(talk: Talk, handovers: Handovers) -> None:
    with pytest.raises(UnknownConversationError):
        handovers.open("x", "wish", "none", talk.now)
    assert not handovers.withdraw("x", "?", talk.now)
