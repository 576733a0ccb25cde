"""The inbox: stored once, claimed in order, one at a time per conversation, again after a lost lease."""

import pytest
from sqlalchemy import text

from conversations.conversation import UnknownConversationError
from conversations.database import Database
from conversations.reply import Reply
from tests.conversations.talk import Talk


def test_a_stored_message_stands_in_the_transcript_at_once(talk: Talk) -> None:
    one = talk.begin()
    assert talk.write(one, "m1", "Рӯзи ман", variant="tg", danger="concern", signs=("papers",), payload="/x")
    (message,) = talk.said(one)
    assert (message.sender, message.text, message.message_id, message.variant) == ("migrant", "Рӯзи ман", "m1", "tg")
    assert (message.danger, message.signs, message.payload) == ("concern", ("papers",), "/x")
    assert message.at == talk.now


def test_the_same_id_again_changes_nothing(talk: Talk) -> None:
    one = talk.begin()
    assert talk.write(one, "m1", "first")
    assert not talk.write(one, "m1", "second")
    assert talk.texts(one) == [("migrant", "first")]
    assert talk.inbox.pending_count() == 1


def test_the_same_id_again_after_its_turn_changes_nothing(talk: Talk) -> None:
    one = talk.begin()
    talk.write(one, "m1")
    talk.turn(Reply("javob"))
    assert not talk.write(one, "m1")
    assert talk.inbox.claim("worker", talk.now, 30) is None


def test_two_conversations_may_use_the_same_id(talk: Talk) -> None:
    assert talk.write(talk.begin(), "m1")
    assert talk.write(talk.begin(), "m1")


def test_a_message_to_an_unknown_conversation_is_an_error(talk: Talk) -> None:
    with pytest.raises(UnknownConversationError):
        talk.write("x", "m1")


@pytest.mark.parametrize("words", ["", "a\0b", "half \ud83d", "😀" * 3, "x" * 10_000, "‮شب"])
def test_any_text_can_be_stored_and_read_again(talk: Talk, words: str) -> None:
    one = talk.begin()
    assert talk.write(one, "m1", words)
    assert talk.claim().text == words.replace("\0", "\ufffd").replace("\ud83d", "\ufffd")


def test_a_claim_brings_the_message_and_its_conversation(talk: Talk) -> None:
    one = talk.begin("telegram")
    talk.write(one, "m1", "savol", variant="uz", danger="urgent", signs=("life",), payload="/affirm")
    claimed = talk.claim()
    assert (claimed.message_id, claimed.text, claimed.payload, claimed.variant) == ("m1", "savol", "/affirm", "uz")
    assert (claimed.danger, claimed.signs, claimed.attempts, claimed.is_answered) == ("urgent", ("life",), 1, False)
    assert claimed.conversation == talk.get(one)
    assert (claimed.conversation.variant, claimed.conversation.danger) == ("uz", "urgent")
    assert claimed.stored_at == talk.now


def test_the_oldest_message_of_any_conversation_comes_first(talk: Talk) -> None:
    first, second = talk.begin(), talk.begin()
    for conversation_id, message_id in ((second, "a"), (first, "b"), (second, "c")):
        talk.write(conversation_id, message_id)
        talk.wait(1)
    assert [talk.turn(Reply("x")).message_id for _ in range(3)] == ["a", "b", "c"]


def test_a_message_behind_others_of_its_conversation_keeps_its_own_age(talk: Talk) -> None:
    busy, other = talk.begin(), talk.begin()
    for conversation_id, message_id in ((busy, "a"), (busy, "b"), (other, "c"), (busy, "d")):
        talk.write(conversation_id, message_id)
        talk.wait(1)
    assert [talk.turn(Reply("x")).message_id for _ in range(4)] == ["a", "b", "c", "d"]


def test_a_conversation_in_work_is_left_alone_and_another_is_served(talk: Talk) -> None:
    first, second = talk.begin(), talk.begin()
    talk.write(first, "a")
    talk.write(first, "b")
    talk.write(second, "c")
    assert talk.claim().message_id == "a"
    assert talk.claim().message_id == "c"
    assert talk.inbox.claim("worker", talk.now, 30) is None


def test_a_lease_that_has_run_out_is_claimed_again_and_counted(talk: Talk) -> None:
    talk.write(talk.begin(), "m1")
    lost = talk.claim(lease_seconds=30)
    talk.wait(29)
    assert talk.inbox.claim("other", talk.now, 30) is None
    talk.wait(2)
    again = talk.claim()
    assert (again.message_id, again.attempts) == ("m1", 2)
    assert not talk.finish(lost, Reply("too late"))
    assert talk.finish(again, Reply("in time"))


def test_a_lease_can_be_extended_while_it_is_held(talk: Talk) -> None:
    talk.write(talk.begin(), "m1")
    claimed = talk.claim(lease_seconds=30)
    talk.wait(29)
    assert talk.inbox.extend(claimed, talk.now, 30)
    talk.wait(29)
    assert talk.inbox.claim("other", talk.now, 30) is None
    assert talk.finish(claimed, Reply("x"))
    assert not talk.inbox.extend(claimed, talk.now, 30)


def test_a_message_put_back_waits_and_keeps_its_place_in_its_conversation(talk: Talk) -> None:
    one, other = talk.begin(), talk.begin()
    talk.write(one, "a")
    talk.write(one, "b")
    claimed = talk.claim()
    assert talk.inbox.put_back(claimed, talk.now.replace(minute=1))
    talk.write(other, "c")
    assert talk.claim(lease_seconds=600).message_id == "c"
    assert talk.inbox.claim("worker", talk.now, 30) is None
    talk.wait(60)
    again = talk.claim()
    assert (again.message_id, again.attempts) == ("a", 2)
    assert not talk.inbox.put_back(claimed, talk.now)


def test_a_message_put_back_unharmed_does_not_count_as_tried(talk: Talk) -> None:
    talk.write(talk.begin(), "m1")
    for _ in range(9):
        first = talk.claim()
        assert talk.inbox.put_back(first, talk.now, is_try=False)
    assert talk.claim().attempts == 1
    assert not talk.finish(first, Reply("the claim was given back"))


def test_after_five_tries_a_message_is_worn_out_and_set_aside_with_a_word(talk: Talk) -> None:
    one = talk.begin()
    talk.write(one, "bad")
    talk.write(one, "good")
    for _ in range(5):
        claimed = talk.claim()
        assert not claimed.is_worn_out
        talk.wait(31)
    claimed = talk.claim()
    assert claimed.is_worn_out
    assert talk.inbox.set_aside(claimed, "engine_failed", [Reply("Kechirasiz")], talk.now)
    assert not talk.inbox.set_aside(claimed, "engine_failed", [Reply("Kechirasiz")], talk.now)
    assert talk.said(one)[-1].reply_to == "bad"
    assert talk.claim().message_id == "good"


def test_at_a_lone_start_everything_in_work_is_due_at_once(talk: Talk) -> None:
    for message_id in ("a", "b"):
        talk.write(talk.begin(), message_id)
    lost = talk.claim(lease_seconds=3600)
    assert talk.inbox.recover(talk.now) == 1
    assert {talk.claim().message_id, talk.claim().message_id} == {"a", "b"}
    assert not talk.finish(lost, Reply("from a dead process"))
    assert talk.inbox.recover(talk.now) == 2


def test_messages_of_the_last_while_are_counted_per_conversation(talk: Talk) -> None:
    one, other = talk.begin(), talk.begin()
    talk.write(one, "a")
    talk.wait(60)
    since = talk.now
    talk.wait(1)
    talk.write(one, "b")
    talk.write(other, "c")
    assert talk.inbox.received_since(one, since) == 1


def test_danger_only_rises_and_the_language_follows_until_it_is_chosen(talk: Talk) -> None:
    one = talk.begin()
    talk.write(one, "a", danger="concern", variant="tg")
    talk.write(one, "b", danger="none", variant="ru")
    assert (talk.get(one).danger, talk.get(one).variant, talk.get(one).messages_since_safety) == ("concern", "ru", 2)
    talk.conversations.remember(one, variant="ky", is_language_chosen=True)
    talk.write(one, "c", variant="ru")
    assert talk.get(one).variant == "ky"


def test_finding_the_next_turn_among_many_uses_an_index(database: Database) -> None:
    query = (
        "SELECT id FROM conversations WHERE turn_ready_at <= '2026-01-01' ORDER BY turn_ready_at, turn_number LIMIT 1"
    )
    with database.begin() as connection:
        if database.is_sqlite:
            plan = connection.execute(text(f"EXPLAIN QUERY PLAN {query}")).all()
        else:
            connection.execute(text("SET LOCAL enable_seqscan = off"))
            plan = connection.execute(text(f"EXPLAIN {query}")).all()
    assert "ix_conversations_turns" in str(plan)
    assert "TEMP B-TREE" not in str(plan)
    assert "Sort" not in str(plan)
