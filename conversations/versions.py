"""Edited and deleted messages: both versions of an edit stay, of a message taken back the words go for good."""

from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.engine import Connection

from conversations import claim
from conversations.conversation import FIELDS as CONVERSATION
from conversations.conversation import Conversation, conversation_of, lock_conversation
from conversations.database import Database
from conversations.tables import conversations, inbox, platform_messages, transcript

_WIPED = {"text": "", "payload": None, "topic": None, "confidence": None, "entry": None}


def first_version(connection: Connection, conversation_id: str, platform_id: str) -> int | None:
    """The cursor of the message that the person has edited, in its first version; None where it is not known."""
    table = platform_messages
    of_id = (table.c.conversation_id == conversation_id) & (table.c.platform_id == platform_id)
    found = select(transcript.c.cursor, transcript.c.replaces).join(table, table.c.cursor == transcript.c.cursor)
    row = connection.execute(found.where(of_id, transcript.c.message_id.isnot(None))).first()
    return None if row is None else row.replaces or row.cursor


def revise_versions(connection: Connection, conversation_id: str, first: int) -> None:
    """Let those who show the conversation see that there is a newer version."""
    known = update(transcript).where(_versions(conversation_id, first))
    connection.execute(known.values(revision=transcript.c.revision + 1))


def note_taken_back(database: Database, channel: str, address: str, platform_id: str, now: datetime) -> bool:
    """A person has deleted a message in the messenger: its words go here too, and nobody answers it any more.

    That it was there, when, and how grave it was, stays. False: no message of theirs has this id.
    """
    with database.begin() as connection:
        conversation = _locked(connection, channel, address)
        first = first_version(connection, conversation.id, platform_id) if conversation else None
        if conversation is None or first is None:
            return False
        is_one = _versions(conversation.id, first)
        _end_turns(connection, conversation, first, now)
        is_open = is_one & transcript.c.answered_by.is_(None)
        connection.execute(update(transcript).where(is_open).values(answered_by=transcript.c.cursor))
        gone = update(transcript).where(is_one)
        connection.execute(gone.values(**_WIPED, taken_back_at=now, revision=transcript.c.revision + 1))
    database.forget_journal()
    return True


def _versions(conversation_id: str, first: int) -> object:
    is_version = (transcript.c.cursor == first) | (transcript.c.replaces == first)
    return (transcript.c.conversation_id == conversation_id) & is_version


def _locked(connection: Connection, channel: str, address: str) -> Conversation | None:
    of_address = (conversations.c.channel == channel) & (conversations.c.address == address)
    row = connection.execute(select(*CONVERSATION).where(of_address)).first()
    return lock_conversation(connection, conversation_of(row).id) if row else None


def _end_turns(connection: Connection, conversation: Conversation, first: int, now: datetime) -> None:
    """A turn in work writes nothing any more: its claim is over."""
    pending = (inbox.c.conversation_id == conversation.id) & inbox.c.done_at.is_(None)
    of_versions = select(transcript.c.message_id).where(_versions(conversation.id, first))
    due = select(inbox.c.message_id).where(pending, inbox.c.message_id.in_(of_versions))
    ids = connection.execute(due).scalars().all()
    for message_id in ids:
        if message := claim.of_message(connection, conversation, message_id):
            claim.end(connection, message, "taken_back", None, now)
