"""Ids on the messenger: no part twice, marks only forwards, and taken back with an erasure."""

from conversations.commands import Erase, QuickExit
from conversations.erasure import export_conversation, sweep
from conversations.outbox import Outbox, Outgoing
from conversations.platform_messages import DELETABLE, MAX_DELETION_TRIES, PlatformMessages
from conversations.reply import Reply
from tests.conversations.talk import Talk


def _due(talk: Talk) -> tuple[Outgoing, ...]:
    return Outbox(talk.database).due(talk.now, 10, ["telegram", "whatsapp"])


def _answered(talk: Talk, channel: str = "telegram") -> tuple[str, Outgoing, PlatformMessages]:
    one = talk.begin(channel)
    talk.write(one, "m1", platform_id="101")
    talk.turn(Reply("answer"))
    (due,) = _due(talk)
    return one, due, PlatformMessages(talk.database)


def test_the_parts_that_were_taken_are_known_at_the_next_attempt(talk: Talk) -> None:
    one, due, ids = _answered(talk)
    ids.taken(one, due.cursor, "102", talk.now)
    ids.taken(one, due.cursor, "102", talk.now)
    ids.taken(one, due.cursor, "103", talk.now)
    Outbox(talk.database).failed(due.cursor, "server_error", talk.now, talk.now)
    (again,) = _due(talk)
    assert (again.sent_parts, again.attempts) == (2, 2)


def test_marks_only_go_forwards(talk: Talk) -> None:
    one, due, ids = _answered(talk, "whatsapp")
    ids.taken(one, due.cursor, "wamid.1", talk.now)
    assert ids.mark("whatsapp", "wamid.1", "delivered", None, talk.now)
    assert not ids.mark("whatsapp", "wamid.1", "sent", None, talk.now)
    assert ids.mark("whatsapp", "wamid.1", "read", None, talk.now)
    assert not ids.mark("whatsapp", "wamid.1", "read", None, talk.now)
    assert not ids.mark("whatsapp", "wamid.2", "read", None, talk.now)
    assert not ids.mark("telegram", "wamid.1", "failed", "x", talk.now)
    assert not ids.mark("whatsapp", "wamid.1", "eaten", None, talk.now)
    document = export_conversation(talk.database, one)
    assert document is not None
    assert [row["status"] for row in document["platform_messages"]] == [None, "read"]


def test_a_message_that_failed_later_is_no_longer_called_delivered(talk: Talk) -> None:
    one, due, ids = _answered(talk, "whatsapp")
    ids.taken(one, due.cursor, "wamid.1", talk.now)
    Outbox(talk.database).delivered(due.cursor, talk.now)
    assert ids.mark("whatsapp", "wamid.1", "failed", "undeliverable", talk.now)
    with talk.database.read() as connection:
        row = connection.exec_driver_sql("SELECT outcome, reason FROM outbox").one()
    assert tuple(row) == ("failed", "undeliverable")


def test_a_quick_exit_has_both_sides_messages_taken_back(talk: Talk) -> None:
    one, due, ids = _answered(talk)
    ids.taken(one, due.cursor, "102", talk.now)
    Outbox(talk.database).delivered(due.cursor, talk.now)
    talk.write(one, "m2", platform_id="103")
    talk.turn(Reply("closed"), commands=[QuickExit()])
    (deletion,) = ids.due_deletions(talk.now, 9)
    assert (deletion.channel, deletion.address, deletion.platform_ids) == ("telegram", "1", ("101", "102", "103"))
    assert ids.due_deletions(talk.now, 9) == ()
    ids.deletion_done(deletion.id)
    talk.wait(3600)
    assert ids.due_deletions(talk.now, 9) == ()
    assert [each.text for each in _due(talk)] == ["closed"]


def test_what_is_too_old_to_be_taken_back_is_only_forgotten(talk: Talk) -> None:
    one, due, ids = _answered(talk)
    ids.taken(one, due.cursor, "102", talk.now)
    talk.wait(DELETABLE.total_seconds() + 1)
    talk.write(one, "m2", platform_id="103")
    talk.turn(Reply("erased"), commands=[Erase()])
    (deletion,) = ids.due_deletions(talk.now, 9)
    assert deletion.platform_ids == ("103",)


def test_a_message_that_was_erased_while_it_was_being_sent_is_taken_back(talk: Talk) -> None:
    one, due, ids = _answered(talk)
    talk.write(one, "m2", platform_id="102")
    talk.turn(Reply("closed"), commands=[QuickExit()])
    ids.taken(one, due.cursor, "103", talk.now)
    assert [each.platform_ids for each in ids.due_deletions(talk.now, 9)] == [("101", "102"), ("103",)]


def test_a_deletion_that_never_succeeds_is_given_up_in_the_end(talk: Talk) -> None:
    one = talk.begin("telegram")
    talk.write(one, "m1", platform_id="101")
    talk.turn(Reply("closed"), commands=[QuickExit()])
    ids = PlatformMessages(talk.database)
    tries = 0
    while ids.due_deletions(talk.now, 9):
        tries += 1
        talk.wait(3600)
    assert tries == MAX_DELETION_TRIES
    with talk.database.read() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM platform_deletions").scalar() == 0


def test_nothing_is_due_for_one_who_has_blocked_us_until_they_write_again(talk: Talk) -> None:
    one = talk.begin("telegram")
    talk.write(one, "m1")
    talk.turn(Reply("answer"))
    ids = PlatformMessages(talk.database)
    ids.reachable("telegram", talk.get(one).address, False, talk.now)
    assert _due(talk) == ()
    talk.write(one, "m2")
    assert [each.text for each in _due(talk)] == ["answer"]


def test_a_long_silence_takes_nothing_back(talk: Talk) -> None:
    one, due, ids = _answered(talk)
    ids.taken(one, due.cursor, "102", talk.now)
    talk.wait(86_400 * 91)
    assert sweep(talk.database, DELETABLE * 45, talk.now) == 1
    assert ids.due_deletions(talk.now, 9) == ()
    ids.taken(one, due.cursor, "103", talk.now)
    assert ids.due_deletions(talk.now, 9) == ()


def test_a_button_is_found_by_its_place_however_old(talk: Talk) -> None:
    one = talk.begin("telegram")
    talk.write(one, "m1")
    talk.turn(Reply("answer", (("A", "/meta.menu"), ("B", "/meta.human"))))
    cursor = talk.said(one)[-1].cursor
    assert talk.transcript.button(one, cursor, 1) == ("B", "/meta.human")
    assert talk.transcript.button(one, cursor, 2) is None
    assert talk.transcript.button(talk.begin("telegram"), cursor, 1) is None
    assert [button.title for button in talk.transcript.newest_buttons(one)] == ["A", "B"]
    talk.write(one, "m2")
    assert talk.transcript.newest_buttons(one) == ()


def test_the_pictures_of_an_album_are_one_message_and_all_taken_back(talk: Talk) -> None:
    one = talk.begin("telegram")
    assert talk.write(one, "g1", "(picture)", platform_id="101")
    assert not talk.write(one, "g1", "(picture)", platform_id="102")
    talk.turn(Reply("closed"), commands=[QuickExit()])
    assert [each.platform_ids for each in PlatformMessages(talk.database).due_deletions(talk.now, 9)] == [
        ("101", "102")
    ]
