"""The outbox of the channels to which messages have to be pushed; the web reads the transcript itself."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select, update
from sqlalchemy.engine import Connection, Row

from conversations import writing
from conversations.attachments import contents_of, forget_sent
from conversations.database import Database
from conversations.reminders import stop_all_reminders
from conversations.reply import Attachment, Button
from conversations.tables import conversations, outbox, platform_messages, transcript

LEASE_SECONDS = 60.0
_GETS_THROUGH = (conversations.c.unreachable_since.is_(None), conversations.c.held_since.is_(None))


@dataclass(frozen=True)
class Outgoing:
    """One message on its way; `attempts` counts the tries, this one included.

    `sent_parts` of it were taken by the platform before; `heard_at` is when the person last wrote.
    """

    cursor: int
    conversation_id: str
    channel: str
    address: str
    sender: str
    text: str
    buttons: tuple[Button, ...]
    variant: str | None
    reply_to: str | None
    attempts: int
    heard_at: datetime | None
    sent_parts: int
    attachments: tuple[Attachment, ...]


class Outbox:
    """What has still to be delivered. Of one conversation only the oldest message is due, so order is kept."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def due(
        self, now: datetime, limit: int, channels: Sequence[str], lease_seconds: float = LEASE_SECONDS
    ) -> tuple[Outgoing, ...]:
        """Messages of these channels to deliver now, for this caller alone until the lease ends; then due again."""
        with self._database.read() as connection:
            if connection.execute(_anything(now)).first() is None:
                return ()
        with self._database.begin() as connection:
            rows = connection.execute(_due(now, limit, channels)).all()
            lease = {"ready_at": now + timedelta(seconds=lease_seconds), "tries": outbox.c.tries + 1}
            cursors = [row.cursor for row in rows]
            if cursors:
                connection.execute(update(outbox).where(outbox.c.cursor.in_(cursors)).values(**lease))
            attached = contents_of(connection, cursors)
            return tuple(_outgoing(row, attached.get(row.cursor, ())) for row in rows)

    def delivered(self, cursor: int, now: datetime) -> bool:
        """Note that the platform has taken the whole message; False: it was settled or erased before.

        What was attached is forgotten with it.
        """
        with self._database.begin() as connection:
            is_settled = _settle(connection, cursor, "delivered", now)
            has_forgotten = is_settled and forget_sent(connection, cursor)
        if has_forgotten:
            self._database.forget_journal()
        return is_settled

    def failed(
        self, cursor: int, reason: str, retry_at: datetime | None, now: datetime, has_blocked: bool = False
    ) -> bool:
        """Note a failure, `reason` being a code: due again at `retry_at`; None gives up, so that the next can go.

        `has_blocked`: the person has blocked us. In the same transaction all that waits for them rests until they
        write again, so that nothing slips out between.
        """
        with self._database.begin() as connection:
            if has_blocked:
                _rest(connection, cursor, now)
            if retry_at is None:
                writing.lock_transcript_end(connection)
                writing.count(connection, "undeliverable")
                forget_sent(connection, cursor)
                return _settle(connection, cursor, "failed", now, reason=reason)
            pending = (outbox.c.cursor == cursor) & outbox.c.done_at.is_(None)
            later = update(outbox).where(pending).values(ready_at=retry_at, reason=reason)
            return bool(connection.execute(later).rowcount)

    def hold(self, cursor: int, reason: str, now: datetime) -> bool:
        """The messenger lets nothing through until the person writes: this message and those after it wait for that.

        False: it was settled or erased before. `reason` is a code, for operators.
        """
        with self._database.begin() as connection:
            pending = (outbox.c.cursor == cursor) & outbox.c.done_at.is_(None)
            kept = update(outbox).where(pending).values(ready_at=now, reason=reason, tries=0)
            is_there = bool(connection.execute(kept).rowcount)
            if is_there:
                _change_conversation_of(connection, cursor, held_since=now, held_reason=reason)
            return is_there

    def pending_count(self) -> int:
        """How many messages are not delivered yet."""
        with self._database.read() as connection:
            found = select(func.count()).select_from(outbox).where(outbox.c.done_at.is_(None))
            return int(connection.execute(found).scalar())


def _anything(now: datetime) -> object:
    """Whether a look is worth a transaction that writes."""
    reachable = select(outbox.c.cursor).join(conversations, conversations.c.id == outbox.c.conversation_id)
    return reachable.where(outbox.c.done_at.is_(None), outbox.c.ready_at <= now, *_GETS_THROUGH).limit(1)


def _due(now: datetime, limit: int, channels: Sequence[str]) -> object:
    older = outbox.alias()
    has_older = (
        select(older.c.cursor)
        .where(older.c.conversation_id == outbox.c.conversation_id)
        .where(older.c.done_at.is_(None), older.c.cursor < outbox.c.cursor)
        .exists()
    )
    said = (transcript.c.sender, transcript.c.text, transcript.c.buttons, transcript.c.reply_to)
    where = (conversations.c.channel, conversations.c.address, conversations.c.variant, conversations.c.heard_at)
    parts = select(func.count()).where(platform_messages.c.cursor == outbox.c.cursor).scalar_subquery()
    return (
        select(outbox, *said, *where, parts.label("sent_parts"))
        .join(transcript, transcript.c.cursor == outbox.c.cursor)
        .join(conversations, conversations.c.id == outbox.c.conversation_id)
        .where(outbox.c.done_at.is_(None), outbox.c.ready_at <= now, ~has_older)
        .where(*_GETS_THROUGH, conversations.c.channel.in_(channels))
        .order_by(outbox.c.ready_at, outbox.c.cursor)
        .limit(limit)
        .with_for_update(skip_locked=True, of=outbox)
    )


def _rest(connection: Connection, cursor: int, now: datetime) -> None:
    _change_conversation_of(connection, cursor, unreachable_since=now)
    whose = select(outbox.c.conversation_id).where(outbox.c.cursor == cursor)
    stop_all_reminders(connection, whose)


def _change_conversation_of(connection: Connection, cursor: int, **values: object) -> None:
    whose = select(outbox.c.conversation_id).where(outbox.c.cursor == cursor).scalar_subquery()
    connection.execute(update(conversations).where(conversations.c.id == whose).values(**values))


def _settle(connection: Connection, cursor: int, outcome: str, now: datetime, **values: str | None) -> bool:
    pending = (outbox.c.cursor == cursor) & outbox.c.done_at.is_(None)
    done = update(outbox).where(pending).values(done_at=now, outcome=outcome, **values)
    return bool(connection.execute(done).rowcount)


def _outgoing(row: Row, attached: tuple[Attachment, ...]) -> Outgoing:
    return Outgoing(
        cursor=row.cursor,
        conversation_id=row.conversation_id,
        channel=row.channel,
        address=row.address,
        sender=row.sender,
        text=row.text,
        buttons=tuple(Button(*pair) for pair in row.buttons),
        variant=row.variant,
        reply_to=row.reply_to,
        attempts=row.tries + 1,
        heard_at=row.heard_at,
        sent_parts=row.sent_parts,
        attachments=attached,
    )
