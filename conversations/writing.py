"""How a transcript grows, inside an open transaction that has locked its conversation."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import bindparam, insert, select, text, update
from sqlalchemy.engine import Connection

from conversations.conversation import Conversation, change_conversation
from conversations.database import TRANSCRIPT_LOCK
from conversations.reply import Attachment
from conversations.tables import attachments, inbox, outbox, totals, transcript

PUSH_CHANNELS = frozenset({"telegram", "whatsapp"})
NOTICE_POSITION = -1
ASK_AGAIN = timedelta(hours=24)
"""So often at most a person is asked, by what the messenger lets through, to read what is held for them."""


# Built once: SQLAlchemy takes longer to build a statement than SQLite to carry it out.
_LOCK_END = text("SELECT pg_advisory_xact_lock(:lock)")
_APPEND = insert(transcript)
_PUSH = insert(outbox)
_ATTACH = insert(attachments)
_IS_UNANSWERED = transcript.c.message_id.isnot(None) & transcript.c.answered_by.is_(None)
_UNANSWERED = (
    select(transcript.c.message_id)
    .where(transcript.c.conversation_id == bindparam("conversation_id"), _IS_UNANSWERED)
    .where(transcript.c.cursor <= bindparam("up_to"))
    .order_by(transcript.c.cursor)
)
_SETTLE = (
    update(transcript)
    .where(transcript.c.conversation_id == bindparam("of_conversation"), _IS_UNANSWERED)
    .where(transcript.c.message_id.in_(bindparam("message_ids", expanding=True)))
    .values(answered_by=bindparam("by"))
)
_TO_COME = select(inbox.c.message_id).where(
    inbox.c.conversation_id == bindparam("conversation_id"), inbox.c.done_at.is_(None)
)
_COUNT = update(totals).where(totals.c.name == bindparam("of_name")).values(value=totals.c.value + 1)
_FAR = 2**62


def lock_transcript_end(connection: Connection) -> None:
    """Let cursors become visible in their order, over all conversations; SQLite has one writer anyway.

    PostgreSQL gives numbers out before the commit, so a reader could pass by one that is committed late.
    """
    if connection.dialect.name != "sqlite":
        connection.execute(_LOCK_END, {"lock": TRANSCRIPT_LOCK})


def append(
    connection: Connection, conversation: Conversation, sender: str, words: str, at: datetime, **columns: Any
) -> int:
    """Write one message at the end and, where the channel has to be served, into the outbox; gives its cursor."""
    row: dict[str, Any] = {"conversation_id": conversation.id, "sender": sender, "text": words, "at": at} | columns
    attached: Sequence[Attachment] = row.pop("attachments", ())
    row["buttons"] = [list(button) for button in columns.get("buttons", ())]
    row["answers"] = list(columns.get("answers", ()))
    cursor = int(connection.execute(_APPEND, row).inserted_primary_key[0])
    for position, each in enumerate(attached):
        place = {"cursor": cursor, "position": position, "conversation_id": conversation.id}
        connection.execute(_ATTACH, place | vars(each))
    if conversation.channel in PUSH_CHANNELS and sender != "migrant":
        connection.execute(_PUSH, {"cursor": cursor, "conversation_id": conversation.id, "ready_at": at})
        if conversation.held_since is not None and at - conversation.held_since >= ASK_AGAIN:
            change_conversation(connection, conversation.id, held_since=None)
    return cursor


def settle(connection: Connection, conversation_id: str, message_ids: Sequence[str], cursor: int) -> None:
    """Note that the message at `cursor` answers these; one that has its answer keeps it."""
    if message_ids:
        ids = list(message_ids)
        connection.execute(_SETTLE, {"of_conversation": conversation_id, "message_ids": ids, "by": cursor})


def unanswered(connection: Connection, conversation_id: str, up_to: int = _FAR) -> tuple[str, ...]:
    """The ids of the migrant's messages up to this cursor without an answer, oldest first."""
    return tuple(connection.execute(_UNANSWERED, {"conversation_id": conversation_id, "up_to": up_to}).scalars())


def unanswered_without_turn(connection: Connection, conversation_id: str) -> tuple[str, ...]:
    """Those of the unanswered ids whose turn is over: nobody but an operator would still answer them."""
    to_come = set(connection.execute(_TO_COME, {"conversation_id": conversation_id}).scalars())
    return tuple(each for each in unanswered(connection, conversation_id) if each not in to_come)


def count(connection: Connection, name: str) -> None:
    """Add one to this total; the transcript's end has to be locked."""
    if not connection.execute(_COUNT, {"of_name": name}).rowcount:
        connection.execute(insert(totals), {"name": name, "value": 1})
