"""What the page of one conversation shows of it: messages from the newest back, and the talks of earlier times."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select

from conversations.attachments import attached_to
from conversations.database import Database
from conversations.delivery_marks import DeliveryState, delivery_states
from conversations.platform_messages import WINDOW
from conversations.tables import conversations, handovers, transcript
from conversations.transcript import Message, message_of

PAGE = 60
"""So many messages at a time."""
FARTHEST = 400
"""So many at most when one jumps back to an earlier talk."""
_LAST = 2**62


@dataclass(frozen=True)
class Shown:
    """One message with what became of it; `newer` is the cursor of a later version of it."""

    message: Message
    delivery: DeliveryState | None
    newer: int | None


@dataclass(frozen=True)
class Stretch:
    """Messages in their order; `has_older` says whether there are some before them."""

    messages: tuple[Shown, ...]
    has_older: bool


@dataclass(frozen=True)
class Talk:
    """One handover of this conversation; `cursor` is the first message from its opening on, if any is left."""

    opened_at: datetime
    ended_at: datetime | None
    operator: str | None
    outcome: str | None
    reason: str
    danger: str
    cursor: int | None


@dataclass(frozen=True)
class Reach:
    """Whether the person can be written to: until when the window is open (None: never heard), whether blocked."""

    window_ends_at: datetime | None
    is_blocked: bool


class History:
    """Reads for operators; nothing here changes anything."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def newest(self, conversation_id: str, before: int = _LAST, limit: int = PAGE) -> Stretch:
        """The last messages before this cursor."""
        return self._stretch(conversation_id, limit, transcript.c.cursor < before)

    def from_(self, conversation_id: str, cursor: int) -> Stretch:
        """Everything from this cursor on, at most the newest `FARTHEST`."""
        found = self._stretch(conversation_id, FARTHEST, transcript.c.cursor >= cursor)
        first = found.messages[0].message.cursor if found.messages else cursor
        older = select(transcript.c.cursor).where(
            transcript.c.conversation_id == conversation_id, transcript.c.cursor < first
        )
        with self._database.read() as connection:
            return Stretch(found.messages, connection.execute(older.limit(1)).first() is not None)

    def talks(self, conversation_id: str) -> tuple[Talk, ...]:
        """All handovers, the newest first."""
        said = select(func.min(transcript.c.cursor)).where(
            transcript.c.conversation_id == handovers.c.conversation_id, transcript.c.at >= handovers.c.opened_at
        )
        columns = ("opened_at", "ended_at", "operator", "outcome", "reason", "danger")
        found = select(*(handovers.c[name] for name in columns), said.scalar_subquery())
        found = found.where(handovers.c.conversation_id == conversation_id).order_by(handovers.c.id.desc())
        with self._database.read() as connection:
            return tuple(Talk(*row) for row in connection.execute(found))

    def reach(self, conversation_id: str) -> Reach:
        """Whether, and how long, one can write to the person on the messenger."""
        columns = (conversations.c.heard_at, conversations.c.unreachable_since)
        with self._database.read() as connection:
            row = connection.execute(select(*columns).where(conversations.c.id == conversation_id)).first()
        heard_at = row.heard_at if row else None
        return Reach(heard_at + WINDOW if heard_at else None, bool(row and row.unreachable_since))

    def _stretch(self, conversation_id: str, limit: int, *conditions: Any) -> Stretch:
        found = select(transcript).where(transcript.c.conversation_id == conversation_id, *conditions)
        with self._database.read() as connection:
            rows = connection.execute(found.order_by(transcript.c.cursor.desc()).limit(limit + 1)).all()
            kept = rows[:limit][::-1]
            ours = [row.cursor for row in kept if row.message_id is None]
            attached = attached_to(connection, ours) if ours else {}
            states = delivery_states(connection, ours)
            firsts = [row.replaces or row.cursor for row in kept if row.message_id is not None]
            newest = _newest_versions(connection, firsts)
        shown = tuple(
            Shown(
                message_of(row, attached.get(row.cursor, ())),
                states.get(row.cursor),
                _newer(row.cursor, newest.get(row.replaces or row.cursor)),
            )
            for row in kept
        )
        return Stretch(shown, len(rows) > limit)


def _newest_versions(connection: Any, firsts: list[int]) -> dict[int, int]:
    """The newest version of each of these messages that was edited, by the cursor of its first."""
    if not firsts:
        return {}
    found = select(transcript.c.replaces, func.max(transcript.c.cursor)).where(transcript.c.replaces.in_(firsts))
    return {row[0]: row[1] for row in connection.execute(found.group_by(transcript.c.replaces))}


def _newer(cursor: int, newest: int | None) -> int | None:
    return newest if newest is not None and newest > cursor else None
