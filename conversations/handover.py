"""The handover: bot → waiting → operator → bot or closed; each step is atomic, and logged with who, when and why."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import case, func, select
from sqlalchemy.engine import Connection, Row

from conversations import writing
from conversations.conversation import DANGER_LEVELS, Conversation, lock_conversation, locked_conversation
from conversations.database import Database
from conversations.handover_steps import Step, end_handover, log_step, open_handover, take_handover
from conversations.signs import split_signs
from conversations.tables import conversations, handover_log, handovers, transcript


class NotHolderError(Exception):
    """This operator does not hold this conversation (any more): nothing was changed."""


@dataclass(frozen=True)
class Waiting:
    """One open handover for the operators' list. `unanswered` counts messages; without an `operator` it waits.

    `signs` are ids: what of danger was noticed.
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


class Handovers:
    """Who holds which conversation."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def open(self, conversation_id: str, reason: str, danger: str, now: datetime) -> bool:
        """Put a conversation into the queue; False: somebody waits or talks already (its danger may still rise).

        Raises `UnknownConversationError`.
        """
        with self._database.begin() as connection:
            conversation = locked_conversation(connection, conversation_id)
            writing.lock_transcript_end(connection)
            return open_handover(connection, conversation, reason, danger, now)

    def take(self, conversation_id: str, operator: str, now: datetime) -> bool:
        """Give a waiting conversation to this operator; the bot is silent from now on.

        True also when this operator holds it already; False: somebody else does, or nobody waits there any more.
        """
        with self._database.begin() as connection:
            conversation = lock_conversation(connection, conversation_id)
            if conversation is None:
                return False
            if conversation.state == "waiting":
                take_handover(connection, conversation, operator, now)
                return True
            return conversation.operator == operator

    def answer(self, conversation_id: str, operator: str, text: str, now: datetime) -> int:
        """Say something as this operator: it answers all that is unanswered; gives its cursor.

        Raises `NotHolderError`.
        """
        with self._database.begin() as connection:
            conversation = _held_by(connection, conversation_id, operator)
            ids = writing.unanswered(connection, conversation_id)
            log_step(connection, conversation_id, Step("answered", operator, "", now))
            return _settle(connection, conversation, "operator", text, ids, now, operator=operator)

    def give_back(self, conversation_id: str, operator: str, text: str, now: datetime) -> None:
        """operator → bot, which says `text`; that answers what is left, except what the bot itself will answer now.

        Raises `NotHolderError`.
        """
        self._end(conversation_id, operator, text, Step("given_back", operator, "", now))

    def close(self, conversation_id: str, operator: str, text: str, now: datetime) -> None:
        """operator → closed, as `give_back`; the migrant's next message is the bot's. Raises `NotHolderError`."""
        self._end(conversation_id, operator, text, Step("closed", operator, "", now))

    def withdraw(self, conversation_id: str, text: str, now: datetime) -> bool:
        """The migrant goes back to the bot, from waiting or operator; False where the bot has it anyway."""
        with self._database.begin() as connection:
            conversation = lock_conversation(connection, conversation_id)
            if conversation is None or not conversation.is_held:
                return False
            _hand_back(connection, conversation, text, Step("withdrawn", "migrant", "", now))
            return True

    def queue(self) -> tuple[Waiting, ...]:
        """Who waits: the gravest danger first, then the longest wait."""
        rank = case(*((handovers.c.danger == level, -place) for place, level in enumerate(DANGER_LEVELS)))
        return self._open(handovers.c.taken_at.is_(None), rank, handovers.c.opened_at, handovers.c.id)

    def held(self, operator: str | None = None) -> tuple[Waiting, ...]:
        """What operators hold, or only this one; the longest held first."""
        by_whom = handovers.c.operator == operator if operator is not None else handovers.c.operator.isnot(None)
        return self._open(by_whom, handovers.c.taken_at, handovers.c.id)

    def log(self, conversation_id: str) -> tuple[Step, ...]:
        """All steps of this conversation's handovers, oldest first."""
        columns = (handover_log.c.step, handover_log.c.who, handover_log.c.why, handover_log.c.at)
        found = select(*columns).where(handover_log.c.conversation_id == conversation_id).order_by(handover_log.c.id)
        with self._database.read() as connection:
            return tuple(Step(*row) for row in connection.execute(found))

    def _open(self, condition: Any, *order: Any) -> tuple[Waiting, ...]:
        found = select(*_waiting_columns()).join(conversations, conversations.c.id == handovers.c.conversation_id)
        with self._database.read() as connection:
            rows = connection.execute(found.where(handovers.c.ended_at.is_(None), condition).order_by(*order))
            return tuple(_waiting(row) for row in rows)

    def _end(self, conversation_id: str, operator: str, text: str, step: Step) -> None:
        with self._database.begin() as connection:
            conversation = _held_by(connection, conversation_id, operator)
            _hand_back(connection, conversation, text, step)


def _held_by(connection: Connection, conversation_id: str, operator: str) -> Conversation:
    conversation = lock_conversation(connection, conversation_id)
    if conversation is None or conversation.state != "operator" or conversation.operator != operator:
        raise NotHolderError(conversation_id)
    return conversation


def _hand_back(connection: Connection, conversation: Conversation, text: str, step: Step) -> None:
    end_handover(connection, conversation, step)
    ids = writing.unanswered_without_turn(connection, conversation.id)
    _settle(connection, conversation, "bot" if ids else "system", text, ids, step.at)


def _settle(
    connection: Connection,
    conversation: Conversation,
    sender: str,
    text: str,
    ids: tuple[str, ...],
    now: datetime,
    operator: str | None = None,
) -> int:
    writing.lock_transcript_end(connection)
    said = {"reply_to": ids[-1] if ids else None, "answers": ids, "operator": operator}
    cursor = writing.append(connection, conversation, sender, text, now, **said)
    writing.settle(connection, conversation.id, ids, cursor)
    if ids:
        writing.count(connection, f"answers_{sender}")
    return cursor


def _waiting(row: Row) -> Waiting:
    return replace(Waiting(*row[:-1]), signs=split_signs(row[-1]))


def _waiting_columns() -> tuple[Any, ...]:
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
    )
