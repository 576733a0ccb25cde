"""What becomes of a migrant's file, inside an open transaction that has locked the conversation."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.engine import Connection

from conversations.conversation import Conversation
from conversations.revising import revise
from conversations.tables import attachments, received_media, transcript

UNREADABLE = "unreadable."
"""Stands before the kind of a message that is no text, in its payload; only the gateway writes it."""
SPEECH, FILE = "speech", "file"
MAX_FILES = 10
"""Of one message: the pictures of an album are one."""
_FORGOTTEN = b""
_IS_KEPT = func.length(attachments.c.content) > 0


@dataclass(frozen=True)
class Media:
    """Where the platform keeps what a person has sent; size in bytes and length in seconds where it tells them."""

    reference: str
    size_bytes: int | None = None
    seconds: int | None = None


def remember_media(
    connection: Connection,
    conversation: Conversation,
    cursor: int,
    kind: str,
    media: Media | None,
    wants_text: bool,
    now: datetime,
) -> None:
    """Keep the reference of speech that is to become text, and of a file that an operator is there to receive."""
    purpose = SPEECH if wants_text else FILE
    if media is None or (purpose == FILE and conversation.state != "operator"):
        return
    known = select(func.max(received_media.c.position)).where(received_media.c.cursor == cursor)
    attached = select(func.max(attachments.c.position)).where(attachments.c.cursor == cursor)
    taken = [connection.execute(found).scalar() for found in (known, attached)]
    position = max(-1 if each is None else each for each in taken) + 1
    if position >= MAX_FILES:
        return
    row = {"conversation_id": conversation.id, "cursor": cursor, "position": position, "purpose": purpose, "kind": kind}
    connection.execute(insert(received_media), row | vars(media) | {"stored_at": now, "ready_at": now})


def forget_received(connection: Connection, conversation_id: str) -> bool:
    """Forget the files that this migrant has sent, and what is still to be fetched; True where there was any."""
    waiting = (received_media.c.conversation_id == conversation_id) & (received_media.c.purpose == FILE)
    connection.execute(delete(received_media).where(waiting))
    own = select(transcript.c.cursor).where(transcript.c.conversation_id == conversation_id, _BY_MIGRANT)
    kept = select(attachments.c.cursor).where(attachments.c.cursor.in_(own), _IS_KEPT)
    cursors = set(connection.execute(kept).scalars())
    forgotten = update(attachments).where(attachments.c.cursor.in_(cursors)).values(content=_FORGOTTEN)
    for cursor in cursors:
        revise(connection, cursor)
    return bool(cursors and connection.execute(forgotten).rowcount)


def take_files_back(connection: Connection, cursors: Any) -> None:
    """Delete all that came with the messages of this select: the migrant has taken them back."""
    for table in (received_media, attachments):
        connection.execute(delete(table).where(table.c.cursor.in_(cursors)))


def kept_files(conversation_id: str) -> Any:
    """Counts the files of this migrant that are kept."""
    joined = select(func.count()).select_from(attachments.join(transcript, transcript.c.cursor == attachments.c.cursor))
    return joined.where(attachments.c.conversation_id == conversation_id, _BY_MIGRANT, _IS_KEPT)


def is_of_migrant(cursor: int) -> Any:
    """Finds the message at this cursor where it is a migrant's."""
    return select(transcript.c.cursor).where(transcript.c.cursor == cursor, _BY_MIGRANT)


_BY_MIGRANT = transcript.c.sender == "migrant"
