"""The transcript: cursors only grow, readers miss nothing, notices settle what they list."""

import threading

import pytest

from conversations.conversation import UnknownConversationError
from conversations.reply import Reply
from tests.conversations.talk import Talk


def test_reading_goes_on_behind_the_cursor(talk: Talk) -> None:
    one = talk.begin()
    for number in range(5):
        talk.transcript.say(one, "system", str(number), (), None, (), talk.now)
    first = talk.transcript.after(one, 0, limit=2)
    rest = talk.transcript.after(one, first[-1].cursor)
    assert [message.text for message in (*first, *rest)] == ["0", "1", "2", "3", "4"]


def test_only_changed_conversations_are_told(talk: Talk) -> None:
    one, other = talk.begin(), talk.begin()
    assert talk.transcript.newest_cursor() == 0
    talk.write(one, "m1")
    seen = talk.transcript.newest_cursor()
    talk.write(other, "m1")
    assert talk.transcript.changed_since(seen) == {other}
    assert talk.transcript.changed_since(talk.transcript.newest_cursor()) == set()


def test_a_notice_settles_the_messages_that_it_lists(talk: Talk) -> None:
    one = talk.begin()
    for message_id in ("a", "b", "c"):
        talk.write(one, message_id)
    assert talk.transcript.unanswered(one) == ("a", "b", "c")
    talk.transcript.say(one, "system", "too many", [("Menu", "/menu")], None, ["a", "b"], talk.now)
    assert talk.transcript.unanswered(one) == ("c",)


def test_speaking_in_an_unknown_conversation_is_an_error(talk: Talk) -> None:
    with pytest.raises(UnknownConversationError):
        talk.transcript.say("x", "system", "?", (), None, (), talk.now)


def test_the_title_of_a_button_is_found_by_its_payload(talk: Talk) -> None:
    one = talk.begin()
    talk.write(one, "m1")
    talk.turn(Reply("?", (("Ҳа", "/affirm"), ("Не", "/deny"))))
    assert talk.transcript.button_title(one, "/deny") == "Не"
    assert talk.transcript.button_title(one, "/restart") is None


def test_a_cursor_is_never_used_again_after_an_erasure(talk: Talk) -> None:
    from conversations.erasure import erase

    one, other = talk.begin(), talk.begin()
    talk.write(one, "m1")
    newest = talk.transcript.newest_cursor()
    erase(talk.database, one, talk.now)
    talk.write(other, "m1")
    assert talk.transcript.newest_cursor() > newest


def test_a_reader_who_only_goes_forward_misses_nothing_while_many_write(talk: Talk) -> None:
    conversation_ids = [talk.begin() for _ in range(8)]
    threads = [threading.Thread(target=_write_many, args=(talk, each)) for each in conversation_ids]
    seen: set[str] = set()
    cursor = 0
    for thread in threads:
        thread.start()
    while any(thread.is_alive() for thread in threads):
        cursor = _read_on(talk, cursor, seen)
    _read_on(talk, cursor, seen)
    assert seen == {f"{each}/{number}" for each in conversation_ids for number in range(25)}


def _read_on(talk: Talk, cursor: int, seen: set[str]) -> int:
    newest = talk.transcript.newest_cursor()
    for changed in talk.transcript.changed_since(cursor):
        seen.update(f"{changed}/{each.message_id}" for each in talk.transcript.after(changed, cursor))
    return newest


def _write_many(talk: Talk, conversation_id: str) -> None:
    for number in range(25):
        talk.write(conversation_id, str(number))
