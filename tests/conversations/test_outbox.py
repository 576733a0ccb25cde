"""The outbox: what has to be pushed, in order within a conversation, again after a failure."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

from sqlalchemy import select

from conversations.erasure import erase
from conversations.outbox import Outbox, Outgoing
from conversations.platform_messages import PlatformMessages
from conversations.reply import Attachment, Button, Reply
from conversations.tables import attachments
from tests.conversations.talk import Talk


def _two_replies(talk: Talk) -> tuple[str, Outbox]:
    one = talk.begin("telegram")
    talk.write(one, "m1", variant="ky")
    talk.turn(Reply("first", (("Ооба", "/affirm"),)), Reply("second"))
    return one, Outbox(talk.database)


def test_the_web_needs_no_outbox(talk: Talk) -> None:
    talk.write(talk.begin("web"), "m1")
    talk.turn(Reply("answer"))
    assert Outbox(talk.database).pending_count() == 0


def test_a_reply_is_due_with_all_that_delivery_needs(talk: Talk) -> None:
    one, outbox = _two_replies(talk)
    (due,) = outbox.due(talk.now, 10, ["telegram"])
    assert due == Outgoing(
        cursor=due.cursor,
        conversation_id=one,
        channel="telegram",
        address="1",
        sender="bot",
        text="first",
        buttons=(Button("Ооба", "/affirm"),),
        variant="ky",
        reply_to="m1",
        attempts=1,
        heard_at=talk.now,
        sent_parts=0,
        attachments=(),
    )


def test_only_the_channels_that_are_on_are_served(talk: Talk) -> None:
    _, outbox = _two_replies(talk)
    assert outbox.due(talk.now, 10, ["whatsapp"]) == ()


def test_what_is_attached_is_due_with_its_message_and_erased_with_it(talk: Talk) -> None:
    one = talk.begin("telegram")
    talk.write(one, "m1")
    drawn = Attachment("days.png", "image/png", b"\x89PNG\0\xff")
    talk.turn(Reply("answer", attachments=(drawn,)))
    (due,) = Outbox(talk.database).due(talk.now, 10, ["telegram"])
    assert due.attachments == (drawn,)
    assert due.attachments[0].is_picture
    erase(talk.database, one, talk.now)
    with talk.database.read() as connection:
        assert connection.execute(select(attachments.c.name)).all() == []


def test_the_second_message_waits_until_the_first_is_delivered(talk: Talk) -> None:
    _, outbox = _two_replies(talk)
    (first,) = outbox.due(talk.now, 10, ["telegram"])
    assert outbox.due(talk.now, 10, ["telegram"]) == ()
    assert outbox.delivered(first.cursor, talk.now)
    assert not outbox.delivered(first.cursor, talk.now)
    assert [each.text for each in outbox.due(talk.now, 10, ["telegram"])] == ["second"]


def test_a_failure_is_tried_again_later_and_holds_the_rest_back(talk: Talk) -> None:
    _, outbox = _two_replies(talk)
    (first,) = outbox.due(talk.now, 10, ["telegram"])
    outbox.failed(first.cursor, "flood", talk.now + timedelta(seconds=30), talk.now)
    assert outbox.due(talk.now, 10, ["telegram"]) == ()
    talk.wait(30)
    (again,) = outbox.due(talk.now, 10, ["telegram"])
    assert (again.text, again.attempts) == ("first", 2)


def test_a_failure_for_good_lets_the_next_one_go(talk: Talk) -> None:
    _, outbox = _two_replies(talk)
    (first,) = outbox.due(talk.now, 10, ["telegram"])
    outbox.failed(first.cursor, "too_long", None, talk.now)
    assert [each.text for each in outbox.due(talk.now, 10, ["telegram"])] == ["second"]
    assert outbox.pending_count() == 1


def test_nothing_slips_out_to_one_who_has_blocked_us(talk: Talk) -> None:
    _, outbox = _two_replies(talk)
    (first,) = outbox.due(talk.now, 10, ["telegram"])
    outbox.failed(first.cursor, "blocked", None, talk.now, has_blocked=True)
    assert outbox.due(talk.now, 10, ["telegram"]) == ()
    assert outbox.pending_count() == 1


def test_what_a_dead_sender_had_is_due_again(talk: Talk) -> None:
    _, outbox = _two_replies(talk)
    outbox.due(talk.now, 10, ["telegram"], lease_seconds=60)
    talk.wait(60)
    assert [each.attempts for each in outbox.due(talk.now, 10, ["telegram"])] == [2]


def test_two_senders_at_once_never_get_the_same_message(talk: Talk) -> None:
    for _ in range(20):
        talk.write(talk.begin("whatsapp"), "m1")
        talk.turn(Reply("answer"))
    outbox = Outbox(talk.database)
    with ThreadPoolExecutor(4) as threads:
        taken = list(threads.map(lambda _: outbox.due(talk.now, 5, ["whatsapp"]), range(12)))
    cursors = [each.cursor for batch in taken for each in batch]
    assert len(cursors) == len(set(cursors)) == 20


def test_operators_and_notices_are_delivered_too_but_not_the_migrants_own_words(talk: Talk) -> None:
    one = talk.begin("telegram")
    talk.write(one, "m1")
    talk.transcript.say(one, "system", "notice", (), None, (), talk.now)
    assert [each.text for each in Outbox(talk.database).due(talk.now, 10, ["telegram"])] == ["notice"]


def _held(talk: Talk) -> tuple[str, Outbox]:
    one, outbox = _two_replies(talk)
    (first,) = outbox.due(talk.now, 10, ["telegram"])
    assert outbox.hold(first.cursor, "asked", talk.now)
    return one, outbox


def test_what_the_messenger_does_not_let_through_waits_until_the_person_writes(talk: Talk) -> None:
    one, outbox = _held(talk)
    talk.wait(7 * 86_400)
    assert outbox.due(talk.now, 10, ["telegram"]) == () and outbox.pending_count() == 2
    about = talk.get(one)
    assert (about.held_since, about.held_reason) == (talk.now - timedelta(days=7), "asked")
    talk.write(one, "m2")
    assert talk.get(one).held_since is None
    (first,) = outbox.due(talk.now, 10, ["telegram"])
    assert (first.text, first.attempts) == ("first", 1)
    outbox.delivered(first.cursor, talk.now)
    assert [each.text for each in outbox.due(talk.now, 10, ["telegram"])] == ["second"]


def test_a_new_message_tries_again_but_at_most_once_a_day(talk: Talk) -> None:
    one, outbox = _held(talk)
    talk.wait(23 * 3_600)
    talk.transcript.say(one, "operator", "soon", (), "Dilnoza", (), talk.now)
    assert outbox.due(talk.now, 10, ["telegram"]) == ()
    talk.wait(3_600)
    talk.transcript.say(one, "operator", "late", (), "Dilnoza", (), talk.now)
    (first,) = outbox.due(talk.now, 10, ["telegram"])
    assert first.text == "first"


def test_what_was_erased_cannot_be_held(talk: Talk) -> None:
    one, outbox = _two_replies(talk)
    (first,) = outbox.due(talk.now, 10, ["telegram"])
    erase(talk.database, one, talk.now)
    assert not outbox.hold(first.cursor, "asked", talk.now)


def test_a_late_word_that_the_window_was_closed_brings_the_message_back(talk: Talk) -> None:
    one, outbox = _two_replies(talk)
    ids = PlatformMessages(talk.database)
    (first,) = outbox.due(talk.now, 10, ["telegram"])
    ids.taken(one, first.cursor, "p1", talk.now)
    outbox.delivered(first.cursor, talk.now)
    assert ids.mark("telegram", "p1", "failed", "outside_window", talk.now)
    (again,) = outbox.due(talk.now, 10, ["telegram"])
    assert (again.text, again.sent_parts, again.heard_at) == ("first", 0, talk.now - timedelta(hours=24))


def test_who_has_written_since_is_not_taken_for_silent_by_a_late_word(talk: Talk) -> None:
    one, outbox = _two_replies(talk)
    ids = PlatformMessages(talk.database)
    (first,) = outbox.due(talk.now, 10, ["telegram"])
    ids.taken(one, first.cursor, "p1", talk.now)
    talk.wait(5)
    talk.write(one, "m2")
    assert ids.mark("telegram", "p1", "failed", "outside_window", talk.now)
    (again,) = outbox.due(talk.now + timedelta(seconds=60), 10, ["telegram"])
    assert again.heard_at == talk.now
