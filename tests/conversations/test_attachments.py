"""Files of the transcript: seen by their own conversation, forgotten when they are sent or old, gone with it."""

import base64
import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from conversations.attachments import PICKED_UP_WITHIN, SENT_WITHIN, AttachedFile, Attachments
from conversations.commands import Erase
from conversations.dialogue_state import DialogueStates
from conversations.erasure import erase, export_conversation
from conversations.outbox import Outbox
from conversations.reply import Attachment, Reply
from tests.conversations.talk import Talk

PICTURE = Attachment("days.png", "image/png", b"\x89PNG\r\n\x1a\n" + b"the days" * 40)
LETTER = Attachment("letter.pdf", "application/pdf", b"%PDF-" + b"a secret wage" * 40)
GONE = (AttachedFile(0, "days.png", "image/png", False), AttachedFile(1, "letter.pdf", "application/pdf", False))


def _sent(talk: Talk, channel: str) -> tuple[str, int]:
    """A conversation in which both files went with an answer; its id, and the answer's cursor."""
    one = talk.begin(channel)
    talk.write(one, "m1")
    talk.turn(Reply("answer", attachments=(PICTURE, LETTER)))
    return one, talk.said(one)[-1].cursor


@pytest.fixture
def files(talk: Talk) -> Iterator[Attachments]:
    yield Attachments(talk.database)


def test_a_message_names_what_went_with_it_and_others_name_nothing(talk: Talk) -> None:
    one, _ = _sent(talk, "web")
    question, answer = talk.said(one)
    assert question.attachments == ()
    assert [(each.name, each.is_kept) for each in answer.attachments] == [("days.png", True), ("letter.pdf", True)]
    assert [each.is_picture for each in answer.attachments] == [True, False]


def test_a_file_is_had_by_its_own_conversation_only(talk: Talk, files: Attachments) -> None:
    one, cursor = _sent(talk, "web")
    other, _ = _sent(talk, "web")
    assert files.file(one, cursor, 0) == PICTURE
    assert files.file(one, cursor, 1) == LETTER
    assert files.file(other, cursor, 0) is None
    assert files.file(one, cursor, 2) is None
    assert files.file(one, cursor + 1000, 0) is None


@pytest.mark.parametrize("channel", ["telegram", "whatsapp"])
def test_a_file_is_forgotten_once_the_messenger_has_it(
    talk: Talk, files: Attachments, channel: str, tmp_path: Path
) -> None:
    one, cursor = _sent(talk, channel)
    outbox = Outbox(talk.database)
    (due,) = outbox.due(talk.now, 10, [channel])
    outbox.failed(cursor, "flood", talk.now, talk.now)
    (again,) = outbox.due(talk.now, 10, [channel])
    assert due.attachments == again.attachments == (PICTURE, LETTER)
    assert outbox.delivered(cursor, talk.now)
    assert files.file(one, cursor, 1) is None
    assert talk.said(one)[-1].attachments == GONE
    if talk.database.is_sqlite:
        assert b"a secret wage" not in _bytes(tmp_path)


def test_a_file_that_can_never_be_delivered_is_forgotten(talk: Talk, files: Attachments) -> None:
    one, cursor = _sent(talk, "telegram")
    outbox = Outbox(talk.database)
    outbox.due(talk.now, 10, ["telegram"])
    outbox.failed(cursor, "too_large", None, talk.now)
    assert files.file(one, cursor, 0) is None


def test_on_the_web_a_file_can_be_picked_up_for_a_day(talk: Talk, files: Attachments, tmp_path: Path) -> None:
    one, cursor = _sent(talk, "web")
    assert files.forget_old(talk.now + PICKED_UP_WITHIN) == 0
    assert files.file(one, cursor, 1) == LETTER
    assert files.forget_old(talk.now + PICKED_UP_WITHIN + timedelta(seconds=1)) == 2
    assert files.file(one, cursor, 1) is None
    assert talk.said(one)[-1].attachments == GONE
    if talk.database.is_sqlite:
        assert b"a secret wage" not in _bytes(tmp_path)


def test_a_file_waits_a_week_for_somebody_who_cannot_be_reached(talk: Talk, files: Attachments) -> None:
    one, cursor = _sent(talk, "telegram")
    assert files.forget_old(talk.now + SENT_WITHIN) == 0
    assert files.file(one, cursor, 1) == LETTER
    assert files.forget_old(talk.now + SENT_WITHIN + timedelta(seconds=1)) == 2
    (due,) = Outbox(talk.database).due(talk.now, 10, ["telegram"])
    assert (due.text, due.attachments) == ("answer", ())


def test_the_engines_copy_goes_when_the_turn_is_written(talk: Talk, tmp_path: Path) -> None:
    one = talk.begin("web")
    talk.write(one, "m1")
    row = {"name": "letter.pdf", "media_type": "application/pdf", "content": base64.b64encode(LETTER.content).decode()}
    said = {"text": 'the key "attachments": [ in a text', "buttons": [], "custom": {}}
    states, now = DialogueStates(talk.database), talk.now
    states.save(one, None, "{}", "m1", json.dumps([said | {"attachments": [row]}, said]), now)
    claimed = talk.claim()
    assert row["content"] in str(states.answer_to(one, "m1"))
    assert talk.finish(claimed, Reply("answer", attachments=(LETTER,)))
    assert json.loads(str(states.answer_to(one, "m1"))) == [said, said]


@pytest.mark.parametrize("way", ["by the host", "by the migrant"])
def test_files_go_with_the_conversation(talk: Talk, files: Attachments, tmp_path: Path, way: str) -> None:
    one, cursor = _sent(talk, "web")
    if way == "by the host":
        erase(talk.database, one, talk.now)
    else:
        talk.write(one, "m2")
        talk.turn(Reply("erased"), commands=[Erase()])
    assert files.file(one, cursor, 0) is None
    if talk.database.is_sqlite:
        assert b"a secret wage" not in _bytes(tmp_path)


def test_what_is_handed_to_its_owner_has_the_files(talk: Talk) -> None:
    one, _ = _sent(talk, "web")
    document = export_conversation(talk.database, one)
    assert document is not None
    contents = [base64.b64decode(row["content"]) for row in json.loads(json.dumps(document))["attachments"]]
    assert contents == [PICTURE.content, LETTER.content]


def _bytes(folder: Path) -> bytes:
    return b"".join(file.read_bytes() for file in folder.glob("safar.db*"))
