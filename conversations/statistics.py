"""Counts for the metrics page: what waits, for how long, and what was done in all."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.engine import Connection

from conversations.database import Database
from conversations.tables import conversations, handovers, inbox, outbox, totals

TOTALS = ("messages", "answers_bot", "answers_operator", "handovers", "set_aside", "undeliverable")


@dataclass(frozen=True)
class Statistics:
    """A moment's figures. `totals` has every name of `TOTALS`; they only grow, erasure does not lower them."""

    conversations: int
    inbox_waiting: int
    inbox_oldest_seconds: float
    outbox_waiting: int
    handovers_waiting: int
    handovers_held: int
    handovers_oldest_seconds: float
    totals: Mapping[str, int]


def read_statistics(database: Database, now: datetime) -> Statistics:
    """The figures of this moment; ages are 0 where nothing waits."""
    in_queue = handovers.c.ended_at.is_(None) & handovers.c.taken_at.is_(None)
    in_hands = handovers.c.ended_at.is_(None) & handovers.c.taken_at.isnot(None)
    in_inbox = inbox.c.done_at.is_(None)
    with database.read() as connection:
        counted = {row.name: int(row.value) for row in connection.execute(select(totals))}
        return Statistics(
            conversations=_count(connection, conversations),
            inbox_waiting=_count(connection, inbox, in_inbox),
            inbox_oldest_seconds=_oldest_seconds(connection, inbox.c.stored_at, in_inbox, now),
            outbox_waiting=_count(connection, outbox, outbox.c.done_at.is_(None)),
            handovers_waiting=_count(connection, handovers, in_queue),
            handovers_held=_count(connection, handovers, in_hands),
            handovers_oldest_seconds=_oldest_seconds(connection, handovers.c.opened_at, in_queue, now),
            totals={name: counted.get(name, 0) for name in TOTALS},
        )


def _count(connection: Connection, table: Any, *conditions: Any) -> int:
    return int(connection.execute(select(func.count()).select_from(table).where(*conditions)).scalar())


def _oldest_seconds(connection: Connection, column: Any, condition: Any, now: datetime) -> float:
    oldest: datetime | None = connection.execute(select(func.min(column)).where(condition)).scalar()
    return max(0.0, (now - oldest).total_seconds()) if oldest else 0.0
