"""References to what people have sent: kept for a purpose, claimed by one worker, ended once, gone with all else."""

from dataclasses import replace

import pytest

from conversations.commands import Erase
from conversations.conversation import Conversation
from conversations.database import Database
from conversations.erasure import erase
from conversations.export import export_conversation
from conversations.handover import Handovers
from conversations.hearing import hear
from conversations.inbox import NewMessage
from conversations.received import LEASE_SECONDS, Received, ReceivedMedia
from conversations.received_steps import MAX_FILES, Media
from conversations.reply import Attachment, Reply
from conversations.versions import note_taken_back
from tests.conversations.talk import Talk

PICTURE = Attachment("picture.jpg", "image/jpeg", b"\xff\xd8\xff a face")
SAID = Reply("passed on", sender="system")
VOICE = {"payload": "unreadable.voice", "kind": "voice", "wants_text": True}
PHOTO = {"payload": "unreadable.picture", "kind": "picture"}


@pytest.fixture
def received(database: Database) -> ReceivedMedia:
    return ReceivedMedia(database)


def _held(talk: Talk) -> str:
    """Somebody on Telegram with whom an operator talks."""
    one = talk.begin("telegram")
    handovers = Handovers(talk.database)
    handovers.open(one, "wish", "none", talk.now)
    assert handovers.take(one, "Madina", talk.now)
    return one


def _sends(talk: Talk, one: str, name: str = "m1", **more: object) -> Received | None:
    talk.write(one, name, "(came)", media=Media(f"file-{name}", 5, 2), platform_id=f"p{name}", **more)
    due = ReceivedMedia(talk.database).due(talk.now, 10)
    return due[0] if due else None


def _now(talk: Talk, one: str) -> Conversation:
    return talk.get(one)


def test_a_picture_is_remembered_only_while_an_operator_is_there(talk: Talk, received: ReceivedMedia) -> None:
    bot = talk.begin("telegram")
    waiting = talk.begin("telegram")
    Handovers(talk.database).open(waiting, "wish", "none", talk.now)
    for one in (bot, waiting):
        assert _sends(talk, one, **PHOTO) is None
    found = _sends(talk, _held(talk), **PHOTO)
    assert found and (found.purpose, found.kind, found.reference, found.size_bytes) == ("file", "picture", "file-m1", 5)


def test_a_reference_is_claimed_by_one_worker_until_its_lease_ends(talk: Talk, received: ReceivedMedia) -> None:
    first = _sends(talk, talk.begin("telegram"), **VOICE)
    assert first and first.tries == 1
    assert received.due(talk.now, 10) == ()
    talk.wait(LEASE_SECONDS + 1)
    (again,) = received.due(talk.now, 10)
    assert again.tries == 2
    received.recover(talk.now)
    (at_once,) = received.due(talk.now, 10)
    assert at_once.tries == 3


def test_two_workers_that_have_the_same_picture_attach_it_once(talk: Talk, received: ReceivedMedia) -> None:
    one = _held(talk)
    found = _sends(talk, one, **PHOTO)
    assert found
    assert received.pass_on(found, PICTURE, SAID, talk.now)
    assert not received.pass_on(found, PICTURE, SAID, talk.now)
    assert [text for _, text in talk.texts(one)] == ["(came)", "passed on"]
    assert received.pending_count() == 0 and received.was_taken(found.cursor)
    exported = export_conversation(talk.database, one)
    assert exported and exported["received_media"][0]["reference"] == ""


def test_the_pictures_of_an_album_are_one_message_and_a_repeated_one_is_no_further(
    talk: Talk, received: ReceivedMedia
) -> None:
    one = _held(talk)
    for number in (1, 2, 2, 3):
        message = NewMessage(one, "g1", "(came)", **PHOTO, media=Media(f"f{number}"), platform_id=f"p{number}")
        talk.inbox.store(message, talk.now)
    assert [(each.reference, each.position) for each in received.due(talk.now, 10)] == [("f1", 0), ("f2", 1), ("f3", 2)]
    for number in range(10, 10 + MAX_FILES):
        message = NewMessage(one, "g1", "(came)", **PHOTO, media=Media(f"f{number}"), platform_id=f"p{number}")
        talk.inbox.store(message, talk.now)
    assert received.pending_count() == MAX_FILES


def test_a_voice_becomes_a_text_once_and_raises_the_danger(talk: Talk, received: ReceivedMedia) -> None:
    one = talk.begin("telegram")
    found = _sends(talk, one, **VOICE)
    assert found and received.standing(found.cursor) == "pending"
    text = NewMessage(one, "m1", "он меня убьёт", danger="urgent", signs=("violence",), variant="ru")
    assert hear(talk.database, found, text, Reply("понял"), talk.now)
    assert not hear(talk.database, found, text, Reply("понял"), talk.now)
    assert talk.texts(one) == [("migrant", "он меня убьёт"), ("system", "понял")]
    assert talk.said(one)[0].is_speech and received.standing(found.cursor) == "heard"
    now = _now(talk, one)
    assert (now.danger, now.signs, now.variant) == ("urgent", ("violence",), "ru")
    assert talk.claim().text == "он меня убьёт"
    exported = export_conversation(talk.database, one)
    assert exported and exported["received_media"] == []


def test_what_was_spoken_raises_the_danger_of_who_waits(talk: Talk) -> None:
    one = talk.begin("telegram")
    handovers = Handovers(talk.database)
    handovers.open(one, "wish", "none", talk.now)
    found = _sends(talk, one, **VOICE)
    assert found
    text = NewMessage(one, "m1", "паспорт забрал", danger="concern", signs=("papers_kept",), variant="ru")
    assert hear(talk.database, found, text, None, talk.now)
    (waiting,) = handovers.queue()
    assert (waiting.danger, waiting.signs) == ("concern", ("papers_kept",))


def test_nothing_is_shown_to_somebody_beside_whom_another_may_be_reading(talk: Talk, received: ReceivedMedia) -> None:
    one = talk.begin("telegram")
    talk.conversations.remember(one, is_disguised=True)
    found = _sends(talk, one, **VOICE)
    assert found
    assert hear(talk.database, found, NewMessage(one, "m1", "слова", variant="ru"), Reply("понял"), talk.now)
    assert talk.texts(one) == [("migrant", "слова")]


def test_a_file_that_comes_after_the_operator_has_left_is_kept_by_nobody(talk: Talk, received: ReceivedMedia) -> None:
    one = _held(talk)
    found = _sends(talk, one, **PHOTO)
    assert found
    Handovers(talk.database).give_back(one, "Madina", "Бот", talk.now)
    assert not received.pass_on(found, PICTURE, SAID, talk.now)
    assert not received.has_kept(one) and not received.was_taken(found.cursor)


@pytest.mark.parametrize("way", ["erase", "wish"])
def test_erasure_takes_reference_and_file_along_and_a_worker_then_writes_nothing(
    talk: Talk, received: ReceivedMedia, way: str
) -> None:
    one = _held(talk)
    first = _sends(talk, one, "m1", **PHOTO)
    assert first and received.pass_on(first, PICTURE, SAID, talk.now)
    second = _sends(talk, one, "m2", **PHOTO)
    assert second
    if way == "erase":
        assert erase(talk.database, one, talk.now)
    else:
        talk.turn()
        talk.turn(commands=[Erase()])
    assert not received.pass_on(second, PICTURE, SAID, talk.now)
    assert received.pending_count() == 0 and not received.has_kept(one)
    received.give_up(second, [SAID], talk.now)
    assert "passed on" not in [text for _, text in talk.texts(one)]


def test_whose_voice_goes_outside_is_told_once_and_again_when_the_host_changes(
    talk: Talk, received: ReceivedMedia
) -> None:
    one = talk.begin("telegram")
    found = _sends(talk, one, **VOICE)
    assert found
    told = [received.tell_once(found, host, Reply(host), talk.now) for host in ("a.example", "a.example", "b.example")]
    assert told == [True, False, True]
    talk.turn(commands=[Erase()])
    assert received.tell_once(replace(found, conversation=_now(talk, one)), "b.example", Reply("b"), talk.now)


def test_who_takes_a_picture_back_in_the_messenger_takes_it_from_the_operator_too(
    talk: Talk, received: ReceivedMedia
) -> None:
    one = _held(talk)
    first, second = _sends(talk, one, "m1", **PHOTO), _sends(talk, one, "m2", **PHOTO)
    assert first and second and received.pass_on(first, PICTURE, SAID, talk.now)
    address = talk.get(one).address
    for name in ("pm1", "pm2"):
        assert note_taken_back(talk.database, "telegram", address, name, talk.now)
    assert not received.has_kept(one) and received.pending_count() == 0
    assert not received.pass_on(second, PICTURE, SAID, talk.now)
