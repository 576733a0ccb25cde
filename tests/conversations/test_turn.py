"""The end of a turn: replies, commands and "done" together; one answer per message, whatever happens meanwhile."""

from dataclasses import replace

import pytest

from conversations.commands import (
    CloseHandover,
    OpenHandover,
    Remember,
    SafetySaid,
    SetLanguage,
)
from conversations.handover import Handovers
from conversations.reply import Button, Reply
from conversations.turn import finish_turn, say_notice
from tests.conversations.talk import Talk


def test_the_first_reply_of_the_bot_is_the_answer_and_the_rest_follow_it(talk: Talk) -> None:
    one = talk.begin()
    talk.write(one, "m1")
    talk.turn(
        Reply("safety", sender="system", answers_question=False), Reply("answer", (("Ha", "/affirm"),)), Reply("?")
    )
    _, block, answer, more = talk.said(one)
    assert [block.reply_to, answer.reply_to, more.reply_to] == [None, "m1", None]
    assert [block.answers, answer.answers, more.answers] == [(), ("m1",), ()]
    assert answer.buttons == (Button("Ha", "/affirm"),)
    assert [block.sender, answer.sender, answer.release] == ["system", "bot", "r1"]
    assert block.cursor < answer.cursor < more.cursor


def test_a_second_finish_of_the_same_message_changes_nothing(talk: Talk) -> None:
    one = talk.begin()
    talk.write(one, "m1")
    claimed = talk.claim()
    assert talk.finish(claimed, Reply("answer"))
    assert not talk.finish(claimed, Reply("answer"), commands=[OpenHandover("wish")])
    assert talk.texts(one) == [("migrant", "savol"), ("bot", "answer")]
    assert talk.get(one).state == "bot"


def test_a_failure_in_the_middle_leaves_nothing_behind_and_the_message_claimed(talk: Talk) -> None:
    one = talk.begin()
    talk.write(one, "m1")
    claimed = talk.claim()
    with pytest.raises(ValueError):
        talk.finish(claimed, Reply("answer"), commands=[SetLanguage("tg"), OpenHandover("wish", "panic")])
    assert talk.texts(one) == [("migrant", "savol")]
    assert talk.get(one).variant is None
    assert talk.finish(claimed, Reply("answer"))


def test_commands_are_carried_out_with_the_replies(talk: Talk) -> None:
    one = talk.begin()
    talk.write(one, "m1", danger="concern")
    commands = [SetLanguage("uz-Cyrl"), Remember(country="RU"), Remember(citizenship="UZ"), SafetySaid("concern")]
    talk.turn(Reply("answer"), commands=commands)
    kept = talk.get(one)
    assert (kept.variant, kept.is_language_chosen) == ("uz-Cyrl", True)
    assert (kept.country, kept.citizenship) == ("RU", "UZ")
    assert (kept.safety_level, kept.messages_since_safety, kept.is_greeted) == ("concern", 0, True)


def test_a_notice_that_settles_a_message_lists_it_and_replies_to_nothing(talk: Talk) -> None:
    one = talk.begin()
    talk.write(one, "m1")
    talk.turn(Reply("too many messages", sender="system"))
    notice = talk.said(one)[-1]
    assert (notice.sender, notice.reply_to, notice.answers) == ("system", None, ("m1",))
    assert talk.transcript.unanswered(one) == ()


def test_a_notice_of_slowness_is_said_once_however_often_the_turn_is_tried(talk: Talk) -> None:
    one = talk.begin()
    talk.write(one, "m1")
    slow = Reply("we are slow", (("Operator", "/meta.human"),))
    claimed = talk.claim()
    assert say_notice(talk.database, claimed, slow, talk.now)
    talk.inbox.put_back(claimed, talk.now)
    assert not say_notice(talk.database, claimed, slow, talk.now)
    again = talk.claim()
    assert not say_notice(talk.database, again, slow, talk.now)
    talk.finish(again, Reply("answer"))
    assert talk.texts(one) == [("migrant", "savol"), ("system", "we are slow"), ("bot", "answer")]
    assert talk.transcript.unanswered(one) == ()


def test_the_bot_falls_silent_even_when_its_turn_began_before_the_handover(talk: Talk) -> None:
    one = talk.begin()
    talk.write(one, "m1")
    claimed = talk.claim()
    handovers = Handovers(talk.database)
    handovers.open(one, "wish", "none", talk.now)
    assert talk.finish(claimed, Reply("answer"), Reply("notice", sender="system", answers_question=False))
    assert talk.texts(one) == [("migrant", "savol"), ("system", "notice")]
    assert talk.transcript.unanswered(one) == ("m1",)


def test_a_message_that_an_operator_has_answered_gets_no_second_answer(talk: Talk) -> None:
    one = talk.begin()
    talk.write(one, "m1")
    handovers = Handovers(talk.database)
    handovers.open(one, "wish", "none", talk.now)
    handovers.take(one, "Dilnoza", talk.now)
    handovers.answer(one, "Dilnoza", "Salom", talk.now)
    handovers.give_back(one, "Dilnoza", "I am back", talk.now)
    claimed = talk.claim()
    assert claimed.is_answered
    assert talk.finish(claimed, Reply("answer"))
    assert [message.reply_to for message in talk.said(one)] == [None, "m1", None]


def test_a_silent_turn_that_comes_too_late_gives_the_message_to_the_bot(talk: Talk) -> None:
    one = talk.begin()
    handovers = Handovers(talk.database)
    handovers.open(one, "wish", "none", talk.now)
    handovers.take(one, "Dilnoza", talk.now)
    talk.write(one, "m1")
    claimed = talk.claim()
    handovers.give_back(one, "Dilnoza", "I am back", talk.now)
    assert not talk.finish(claimed)
    again = talk.claim()
    assert (again.message_id, again.attempts, again.conversation.state) == ("m1", 1, "bot")
    talk.finish(again, Reply("answer"))
    assert talk.said(one)[-1].reply_to == "m1"


def test_going_back_to_the_bot_answers_what_waited(talk: Talk) -> None:
    one = talk.begin()
    Handovers(talk.database).open(one, "wish", "none", talk.now)
    talk.write(one, "m1")
    talk.turn()
    talk.write(one, "m2", payload="back_to_bot")
    talk.write(one, "m3")
    talk.turn(Reply("I am back"), commands=[CloseHandover()])
    answer = talk.said(one)[-1]
    assert (answer.reply_to, answer.answers) == ("m2", ("m1", "m2"))
    assert talk.get(one).state == "bot"
    talk.turn(Reply("answer"))
    assert talk.said(one)[-1].answers == ("m3",)


def test_a_claim_that_is_not_the_stored_one_finishes_nothing(talk: Talk) -> None:
    talk.write(talk.begin(), "m1")
    claimed = talk.claim()
    forged = replace(claimed, claim=claimed.claim + 1)
    assert not finish_turn(talk.database, forged, [Reply("x")], [], None, talk.now)
