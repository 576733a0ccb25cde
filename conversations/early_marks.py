"""Words of a platform about a message of ours that it has taken, but whose id we do not know yet: kept for a while.

A webhook with “delivered” can come before the answer to the call that has sent the message.
"""

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import bindparam, delete, insert, select, text
from sqlalchemy.engine import Connection

from conversations.tables import early_marks

KEPT = timedelta(minutes=10)
"""What belongs to no message of ours by then is about one that was erased, or was never ours."""
_LOCK = text("SELECT pg_advisory_xact_lock(:place)")
_OF_PLACE = select(early_marks.c.status, early_marks.c.reason, early_marks.c.at).where(
    early_marks.c.place == bindparam("place")
)


@dataclass(frozen=True)
class Mark:
    """What became of a message: sent, delivered, read or failed; `reason` is a code."""

    status: str
    reason: str | None
    at: datetime


def lock(connection: Connection, channel: str, platform_id: str) -> None:
    """Let whoever notes the id and whoever brings a word about it go one after the other; SQLite has one writer."""
    if connection.dialect.name != "sqlite":
        number = int.from_bytes(_digest(channel, platform_id)[:8], "big", signed=True)
        connection.execute(_LOCK, {"place": number})


def keep(connection: Connection, channel: str, platform_id: str, mark: Mark, now: datetime) -> None:
    """Keep a word that nobody can place yet; the same word a second time changes nothing. Old ones go."""
    connection.execute(delete(early_marks).where(early_marks.c.noted_at < now - KEPT))
    place = _digest(channel, platform_id).hex()
    if mark.status not in {row.status for row in connection.execute(_OF_PLACE, {"place": place})}:
        row = {"place": place, "status": mark.status, "reason": mark.reason, "at": mark.at, "noted_at": now}
        connection.execute(insert(early_marks), row)


def take(connection: Connection, channel: str, platform_id: str) -> tuple[Mark, ...]:
    """The words that were kept about this message, which are then no longer kept."""
    place = _digest(channel, platform_id).hex()
    marks = tuple(Mark(*row) for row in connection.execute(_OF_PLACE, {"place": place}))
    if marks:
        connection.execute(delete(early_marks).where(early_marks.c.place == place))
    return marks


def _digest(channel: str, platform_id: str) -> bytes:
    return hashlib.sha256(f"{channel}:{platform_id}".encode("utf-8", "surrogatepass")).digest()
