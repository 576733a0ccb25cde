"""Internal notes: no way leads from them to a person; they are exported as what they are, and erased."""

import pytest
from sqlalchemy import func, select

from conversations.commands import Erase
from conversations.conversation import UnknownConversationError
from conversations.erasure import erase
from conversations.export import export_conversation
from conversations.internal_notes import MAX_NOTE_CHARS, InternalNotes
from conversations.outbox import Outbox
from conversations.tables import internal_notes, outbox, transcript
from tests.conversations.talk import Talk


def _count(talk: Talk, table: object) -> int:
    with talk.database.read() as connection:
        return int(connection.execute(select(func.count()).select_from(table)).scalar())


def test_a_note_never_reaches_transcript_or_outbox(talk: Talk) -> None:
    conversation_id = talk.begin("whatsapp")
    InternalNotes(talk.database).write(conversation_id, "Madina", "  боится хозяина ", talk.now)
    (note,) = InternalNotes(talk.database).of(conversation_id)
    assert (note.operator, note.text, note.at) == ("Madina", "боится хозяина", talk.now)
    assert (_count(talk, transcript), _count(talk, outbox)) == (0, 0)
    assert not Outbox(talk.database).due(talk.now, 10, ["whatsapp"])


def test_the_export_says_what_the_notes_are(talk: Talk) -> None:
    conversation_id = talk.begin()
    InternalNotes(talk.database).write(conversation_id, "Madina", "боится хозяина", talk.now)
    document = export_conversation(talk.database, conversation_id)
    assert document is not None
    assert "never sent" in document["internal_notes"]["about"]
    assert [each["text"] for each in document["internal_notes"]["notes"]] == ["боится хозяина"]


def test_erasing_a_conversation_or_what_was_said_removes_its_notes(talk: Talk) -> None:
    gone, emptied = talk.begin(), talk.begin()
    for each in (gone, emptied):
        InternalNotes(talk.database).write(each, "Madina", "боится хозяина", talk.now)
    erase(talk.database, gone, talk.now)
    assert _count(talk, internal_notes) == 1
    talk.write(emptied, "m1", "нест кун")
    talk.turn(commands=[Erase()])
    assert _count(talk, internal_notes) == 0


@pytest.mark.parametrize("text", ["", "  \n ", "а" * (MAX_NOTE_CHARS + 1)], ids=["empty", "blank", "long"])
def test_what_is_no_note_is_not_kept(talk: Talk, text: str) -> None:
    conversation_id = talk.begin()
    with pytest.raises(ValueError, match="a note has"):
        InternalNotes(talk.database).write(conversation_id, "Madina", text, talk.now)
    with pytest.raises(UnknownConversationError):
        InternalNotes(talk.database).write("unknown", "Madina", "боится", talk.now)
    assert _count(talk, internal_notes) == 0
