"""What migrants send beside text: kept as a platform's reference only, fetched once, then passed on or given up."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.engine import Connection, Row

from conversations import writing
from conversations.conversation import FIELDS, Conversation, conversation_of, lock_conversation
from conversations.database import Database
from conversations.received_steps import FILE, UNREADABLE, is_of_migrant, kept_files
from conversations.reply import Attachment, Reply
from conversations.revising import revise
from conversations.tables import attachments, conversations, received_media, transcript, voice_notices

LEASE_SECONDS = 90.0


@dataclass(frozen=True)
class Received:
    """One thing to be fetched. `tries` counts this one; size in bytes and length in seconds are the platform's words.

    `purpose` is `speech` or `file`; `conversation` is as it was when this was claimed.
    """

    id: int
    conversation: Conversation
    cursor: int
    position: int
    message_id: str
    purpose: str
    kind: str
    reference: str
    size_bytes: int | None
    seconds: int | None
    stored_at: datetime
    tries: int


class ReceivedMedia:
    """References of one database. Each is claimed by one worker at a time; a dead worker's lease ends."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def due(self, now: datetime, limit: int) -> tuple[Received, ...]:
        """What is to be fetched now, for this caller alone until the lease ends."""
        found = select(received_media).where(received_media.c.ready_at <= now).order_by(received_media.c.id)
        with self._database.read() as connection:
            if connection.execute(found.limit(1)).first() is None:
                return ()
        with self._database.begin() as connection:
            rows = connection.execute(found.limit(limit).with_for_update(skip_locked=True)).all()
            lease = {"ready_at": now + timedelta(seconds=LEASE_SECONDS), "tries": received_media.c.tries + 1}
            of_rows = received_media.c.id.in_([row.id for row in rows])
            connection.execute(update(received_media).where(of_rows).values(**lease))
            return tuple(each for row in rows if (each := _received(connection, row)))

    def recover(self, now: datetime) -> None:
        """Make everything due at once; only while no worker runs (a lone start)."""
        with self._database.begin() as connection:
            connection.execute(update(received_media).where(_IS_PENDING).values(ready_at=now))

    def later(self, received: Received, ready_at: datetime, *, as_file: bool = False) -> None:
        """Let it be claimed again from then on; `as_file`: to be passed on as it is, and no longer to be understood."""
        changes: dict[str, object] = {"ready_at": ready_at} | ({"purpose": FILE, "tries": 0} if as_file else {})
        with self._database.begin() as connection:
            connection.execute(update(received_media).where(_is(received)).values(**changes))

    def pass_on(self, received: Received, file: Attachment, said: Reply | None, now: datetime) -> bool:
        """Attach the file to its message, forget the reference and say so; False: no operator is there any more."""
        with self._database.begin() as connection:
            conversation = _end(connection, received)
            if conversation is None or conversation.state != "operator":
                return False
            place = {"cursor": received.cursor, "position": received.position, "conversation_id": conversation.id}
            row = place | vars(file) | {"size_bytes": len(file.content)}
            connection.execute(insert(attachments), row)
            revise(connection, received.cursor)
            if said is not None:
                _say(connection, conversation, said, now)
            return True

    def give_up(self, received: Received, said: Sequence[Reply], now: datetime) -> None:
        """Forget the reference for good, and say this."""
        with self._database.begin() as connection:
            conversation = _end(connection, received)
            for each in said if conversation else ():
                _say(connection, conversation, each, now)

    def tell_once(self, received: Received, host: str, said: Reply, now: datetime) -> bool:
        """Say to whom voice goes before the first goes there; False: it was said before, or the person is gone."""
        with self._database.begin() as connection:
            conversation = lock_conversation(connection, received.conversation.id)
            known = select(voice_notices.c.host).where(voice_notices.c.conversation_id == received.conversation.id)
            told = connection.execute(known).scalar()
            if conversation is None or told == host:
                return False
            connection.execute(delete(voice_notices).where(voice_notices.c.conversation_id == conversation.id))
            connection.execute(insert(voice_notices).values(conversation_id=conversation.id, host=host, at=now))
            writing.lock_transcript_end(connection)
            writing.append(connection, conversation, "system", said.text, now, buttons=said.buttons)
            return True

    def standing(self, cursor: int) -> str:
        """Of a message that is no text: `pending`, `unread` for good, or `heard`: it has become a text."""
        is_speech = (received_media.c.cursor == cursor) & (received_media.c.purpose != FILE) & _IS_PENDING
        with self._database.read() as connection:
            if connection.execute(select(received_media.c.id).where(is_speech)).first():
                return "pending"
            payload = connection.execute(select(transcript.c.payload).where(transcript.c.cursor == cursor)).scalar()
        return "unread" if (payload or "").startswith(UNREADABLE) else "heard"

    def has_kept(self, conversation_id: str) -> bool:
        """Whether files that this migrant has sent are kept."""
        with self._database.read() as connection:
            return bool(connection.execute(kept_files(conversation_id)).scalar())

    def is_migrants(self, conversation_id: str, cursor: int) -> bool:
        """Whether the message at this cursor is the migrant's own."""
        found = is_of_migrant(cursor).where(transcript.c.conversation_id == conversation_id)
        with self._database.read() as connection:
            return connection.execute(found).first() is not None

    def was_taken(self, cursor: int) -> bool:
        """Whether what came with this message was taken for an operator, whatever became of it then."""
        found = (select(table.c.position).where(table.c.cursor == cursor) for table in (received_media, attachments))
        with self._database.read() as connection:
            return any(connection.execute(each).first() is not None for each in found)

    def pending_count(self) -> int:
        """How many references are kept."""
        with self._database.read() as connection:
            return int(connection.execute(select(func.count()).select_from(received_media).where(_IS_PENDING)).scalar())


_IS_PENDING = received_media.c.ready_at.isnot(None)


def _is(received: Received) -> Any:
    return (received_media.c.id == received.id) & _IS_PENDING


def _end(connection: Connection, received: Received) -> Conversation | None:
    """Delete the reference; None where it, or its conversation, is gone: then nothing may be written.

    Of a file it is remembered until the conversation is handed back that it was taken.
    """
    conversation = lock_conversation(connection, received.conversation.id)
    ended = update(received_media).where(_is(received)).values(reference="", ready_at=None)
    is_there = bool(connection.execute(ended).rowcount)
    return conversation if is_there else None


def _say(connection: Connection, conversation: Conversation | None, said: Reply, now: datetime) -> None:
    """A notice; none to somebody beside whom another one may be reading."""
    if conversation is not None and not conversation.is_disguised:
        writing.lock_transcript_end(connection)
        writing.append(connection, conversation, "system", said.text, now, buttons=said.buttons)


def _received(connection: Connection, row: Row) -> Received | None:
    conversation = _conversation(connection, row.conversation_id)
    message_id = connection.execute(select(transcript.c.message_id).where(transcript.c.cursor == row.cursor)).scalar()
    if conversation is None or message_id is None:
        return None
    return Received(
        id=row.id,
        conversation=conversation,
        cursor=row.cursor,
        position=row.position,
        message_id=message_id,
        purpose=row.purpose,
        kind=row.kind,
        reference=row.reference,
        size_bytes=row.size_bytes,
        seconds=row.seconds,
        stored_at=row.stored_at,
        tries=row.tries + 1,
    )


def _conversation(connection: Connection, conversation_id: str) -> Conversation | None:
    row = connection.execute(select(*FIELDS).where(conversations.c.id == conversation_id)).first()
    return conversation_of(row) if row else None
