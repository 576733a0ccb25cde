"""What a messenger calls each message: to send no part twice, to note what became of it, to take it back there."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, insert, select, update
from sqlalchemy.engine import Connection, Row

from conversations import writing
from conversations.conversation import Conversation, change_conversation, lock_conversation
from conversations.database import Database
from conversations.reminders import stop_all_reminders
from conversations.tables import conversations, outbox, platform_deletions, platform_messages, transcript

WINDOW = timedelta(hours=24)
"""So long after a person's last message WhatsApp lets us write freely."""
DELETABLE = timedelta(hours=48)
"""So old a message may be for a messenger to take it back (Telegram's rule; others allow less)."""
MAX_DELETION_TRIES = 8
LEASE_SECONDS = 60.0
_RANK = {None: 0, "sent": 1, "delivered": 2, "read": 3, "failed": 4}


@dataclass(frozen=True)
class Deletion:
    """Messages to be taken back in one chat; `attempts` counts the tries, this one included."""

    id: int
    channel: str
    address: str
    platform_ids: tuple[str, ...]
    attempts: int


class PlatformMessages:
    """The ids of one database's messages on the messengers."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def taken(self, conversation_id: str, cursor: int, platform_id: str, now: datetime) -> None:
        """Note that the platform has taken a part of our message; one erased or hidden meanwhile is taken back."""
        with self._database.begin() as connection:
            conversation = lock_conversation(connection, conversation_id)
            if conversation is None:
                return
            is_there = select(transcript.c.cursor).where(transcript.c.cursor == cursor)
            is_hidden = cursor <= (conversation.hidden_up_to or 0)
            if is_hidden or connection.execute(is_there).first() is None:
                _request(connection, conversation, [platform_id], now)
            else:
                note(connection, conversation_id, platform_id, cursor, now)

    def mark(self, channel: str, platform_id: str, status: str, reason: str | None, at: datetime) -> bool:
        """Keep what became of a message (sent, delivered, read, failed); an older word changes nothing."""
        if status not in _RANK:
            return False
        of_channel = select(conversations.c.id).where(conversations.c.channel == channel)
        found = select(platform_messages).where(
            platform_messages.c.platform_id == platform_id, platform_messages.c.conversation_id.in_(of_channel)
        )
        with self._database.begin() as connection:
            row = connection.execute(found.with_for_update()).first()
            if row is None or _RANK[row.status] >= _RANK[status]:
                return False
            values = {"status": status, "reason": reason, "status_at": at}
            connection.execute(update(platform_messages).where(platform_messages.c.id == row.id).values(**values))
            if status == "failed" and reason == "outside_window" and row.cursor is not None:
                _put_back(connection, row, at)
            elif status == "failed" and row.cursor is not None:
                failed = {"outcome": "failed", "reason": reason}
                connection.execute(update(outbox).where(outbox.c.cursor == row.cursor).values(**failed))
            return True

    def reachable(self, channel: str, address: str, is_reachable: bool, now: datetime) -> None:
        """Note that a person has blocked us (nothing is due for them then) or let us in again."""
        with self._database.begin() as connection:
            where = (conversations.c.channel == channel) & (conversations.c.address == address)
            since = None if is_reachable else now
            connection.execute(update(conversations).where(where).values(unreachable_since=since))
            if not is_reachable:
                stop_all_reminders(connection, select(conversations.c.id).where(where))

    def due_deletions(self, now: datetime, limit: int) -> tuple[Deletion, ...]:
        """What is to be taken back now, for this caller alone for a minute; after too many tries it is given up."""
        table = platform_deletions
        due = select(table).where(table.c.ready_at <= now).order_by(table.c.id).limit(limit)
        with self._database.read() as connection:
            if connection.execute(due.with_only_columns(table.c.id)).first() is None:
                return ()
        with self._database.begin() as connection:
            connection.execute(delete(table).where(table.c.tries >= MAX_DELETION_TRIES, table.c.ready_at <= now))
            rows = connection.execute(due.with_for_update(skip_locked=True)).all()
            lease = {"ready_at": now + timedelta(seconds=LEASE_SECONDS), "tries": table.c.tries + 1}
            if rows:
                connection.execute(update(table).where(table.c.id.in_([row.id for row in rows])).values(**lease))
        return tuple(Deletion(row.id, row.channel, row.address, tuple(row.platform_ids), row.tries + 1) for row in rows)

    def deletion_done(self, deletion_id: int) -> None:
        """Note that it was carried out, or can never be."""
        with self._database.begin() as connection:
            connection.execute(delete(platform_deletions).where(platform_deletions.c.id == deletion_id))


def note(connection: Connection, conversation_id: str, platform_id: str, cursor: int, now: datetime) -> None:
    """Keep the id of one message, inside an open transaction; a known one stays as it is."""
    table = platform_messages
    known = select(table.c.id).where(table.c.conversation_id == conversation_id, table.c.platform_id == platform_id)
    if connection.execute(known).first() is None:
        row: dict[str, Any] = {"conversation_id": conversation_id, "platform_id": platform_id}
        connection.execute(insert(table), row | {"cursor": cursor, "at": now})


def heard(connection: Connection, conversation_id: str, now: datetime) -> None:
    """The person has written: they can be reached, their window is open from now on, and what was held goes out."""
    now_open = {"unreachable_since": None, "held_since": None, "held_reason": None}
    change_conversation(connection, conversation_id, heard_at=now, **now_open)


def take_back(connection: Connection, conversation: Conversation, up_to: int, now: datetime) -> None:
    """Have the messages up to this cursor taken back on the messenger, and forget their ids."""
    table = platform_messages
    known = (table.c.conversation_id == conversation.id) & (table.c.cursor <= up_to)
    if conversation.channel in writing.PUSH_CHANNELS:
        young = select(table.c.platform_id).where(known, table.c.at > now - DELETABLE).order_by(table.c.id)
        _request(connection, conversation, connection.execute(young).scalars().all(), now)
    connection.execute(delete(table).where(known))


def _put_back(connection: Connection, row: Row, at: datetime) -> None:
    """The platform took it and said later that the window was closed: it is sent again, as to one long silent.

    Who has written since then is inside the window, and is not taken for silent.
    """
    connection.execute(delete(platform_messages).where(platform_messages.c.id == row.id))
    again = {"done_at": None, "outcome": None, "reason": "outside_window", "ready_at": at, "tries": 0}
    connection.execute(update(outbox).where(outbox.c.cursor == row.cursor).values(**again))
    is_silent = conversations.c.heard_at.is_(None) | (conversations.c.heard_at <= row.at)
    known = update(conversations).where(conversations.c.id == row.conversation_id, is_silent)
    connection.execute(known.values(heard_at=at - WINDOW))


def _request(connection: Connection, conversation: Conversation, platform_ids: Sequence[str], now: datetime) -> None:
    if platform_ids:
        row = {"channel": conversation.channel, "address": conversation.address, "ready_at": now}
        connection.execute(insert(platform_deletions), row | {"platform_ids": list(platform_ids)})
