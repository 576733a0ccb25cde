"""What has become of our messages on the messenger: on the way, sent, delivered, read, or failed with a reason."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.engine import Connection, Row

from conversations.tables import outbox, platform_messages

PROGRESS = ("sent", "delivered", "read")


@dataclass(frozen=True)
class DeliveryState:
    """`state` is under_way, sent, delivered, read or failed; `reason` is a code of a failure or of a delay."""

    state: str
    reason: str | None = None


def delivery_states(connection: Connection, cursors: Sequence[int]) -> dict[int, DeliveryState]:
    """By cursor; nothing of a message that no messenger has to bring, as on the web."""
    if not cursors:
        return {}
    columns = (outbox.c.cursor, outbox.c.done_at, outbox.c.outcome, outbox.c.reason)
    rows = connection.execute(select(*columns).where(outbox.c.cursor.in_(cursors))).all()
    parts: dict[int, list[Row]] = {}
    table = platform_messages
    said = select(table.c.cursor, table.c.status, table.c.reason).where(table.c.cursor.in_(cursors))
    for part in connection.execute(said):
        parts.setdefault(part.cursor, []).append(part)
    return {row.cursor: _state(row, parts.get(row.cursor, ())) for row in rows}


def _state(row: Row, parts: Iterable[Row]) -> DeliveryState:
    """A message in several parts has come as far as its last part has."""
    statuses = [part.status for part in parts]
    if row.outcome == "failed" or "failed" in statuses:
        reason = row.reason or next((part.reason for part in parts if part.status == "failed"), None)
        return DeliveryState("failed", reason)
    if row.done_at is None:
        return DeliveryState("under_way", row.reason)
    return DeliveryState(min((each or "sent" for each in statuses), key=PROGRESS.index, default="sent"))
