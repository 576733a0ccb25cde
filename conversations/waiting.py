"""Who waits and what is held: the list that operators see, danger first, then the longest wait."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import case, func, select
from sqlalchemy.engine import Connection, Row

from conversations.conversation import DANGER_LEVELS
from conversations.fitness import Wanted
from conversations.signs import split_signs
from conversations.tables import conversations, handovers, transcript


@dataclass(frozen=True)
class Waiting:
    """One open handover for the operators' list. `unanswered` counts messages; without an `operator` it waits.

    `signs` are ids: what of danger was noticed. `topic` is an id too, None when it is not known. With a `team` it waits
    for its members; `returned_from` held it before and did not answer in time.
    """

    conversation_id: str
    channel: str
    variant: str | None
    country: str | None
    citizenship: str | None
    danger: str
    reason: str
    since: datetime
    unanswered: int
    operator: str | None
    signs: tuple[str, ...] = ()
    topic: str | None = None
    team: str | None = None
    returned_from: str | None = None

    @property
    def wanted(self) -> Wanted:
        """What it asks of an operator."""
        return Wanted(self.variant, self.topic, self.country, self.team, self.danger)


def read_queue(connection: Connection) -> tuple[Waiting, ...]:
    """Who waits: the gravest danger first, then the longest wait."""
    rank = case(*((handovers.c.danger == level, -place) for place, level in enumerate(DANGER_LEVELS)))
    return _open(connection, handovers.c.taken_at.is_(None), rank, handovers.c.opened_at, handovers.c.id)


def read_held(connection: Connection, operator: str | None = None) -> tuple[Waiting, ...]:
    """What operators hold, or only this one; the longest held first."""
    by_whom = handovers.c.operator == operator if operator is not None else handovers.c.operator.isnot(None)
    return _open(connection, by_whom, handovers.c.taken_at, handovers.c.id)


def read_waiting(connection: Connection, conversation_id: str) -> Waiting | None:
    """The open handover of one conversation, or None."""
    found = _open(connection, handovers.c.conversation_id == conversation_id)
    return found[0] if found else None


def _open(connection: Connection, condition: Any, *order: Any) -> tuple[Waiting, ...]:
    found = select(*_columns()).join(conversations, conversations.c.id == handovers.c.conversation_id)
    rows = connection.execute(found.where(handovers.c.ended_at.is_(None), condition).order_by(*order))
    return tuple(_waiting(row) for row in rows)


def _waiting(row: Row) -> Waiting:
    waiting = Waiting(*row)
    return replace(waiting, signs=split_signs(row.signs))


def _columns() -> tuple[Any, ...]:
    unanswered: Callable[[], Any] = (
        select(func.count())
        .where(transcript.c.conversation_id == handovers.c.conversation_id)
        .where(transcript.c.message_id.isnot(None), transcript.c.answered_by.is_(None))
        .correlate(handovers)
        .scalar_subquery
    )
    return (
        conversations.c.id,
        conversations.c.channel,
        conversations.c.variant,
        conversations.c.country,
        conversations.c.citizenship,
        handovers.c.danger,
        handovers.c.reason,
        handovers.c.opened_at,
        unanswered(),
        handovers.c.operator,
        handovers.c.signs,
        handovers.c.topic,
        handovers.c.team,
        handovers.c.returned_from,
    )
