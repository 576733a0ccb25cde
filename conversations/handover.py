"""The handover: bot → waiting → operator → bot or closed; each step is atomic, and logged with who, when and why."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.engine import Connection

from conversations import writing
from conversations.conversation import Conversation, lock_conversation, locked_conversation
from conversations.database import Database
from conversations.desks import UnknownOperatorError, lock_desk, note_given
from conversations.fitness import refusals
from conversations.handover_steps import Step, end_handover, log_step, open_handover, take_handover
from conversations.received_steps import kept_files
from conversations.tables import handover_log
from conversations.waiting import Waiting, read_held, read_queue, read_waiting


class NotHolderError(Exception):
    """This operator does not hold this conversation (any more): nothing was changed."""


class Handovers:
    """Who holds which conversation. With `is_free_choice` urgent danger may be taken by whoever wants to help."""

    def __init__(self, database: Database, *, is_free_choice: bool = True) -> None:
        self._database = database
        self._is_free_choice = is_free_choice

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

        True also when this operator holds it already; False: somebody else does, nobody waits there any more, or it
        is not for this operator (see `refusals`).
        """
        with self._database.begin() as connection:
            conversation = lock_conversation(connection, conversation_id)
            if conversation is None:
                return False
            if conversation.state != "waiting":
                return conversation.operator == operator
            if self._refusals(connection, conversation_id, operator):
                return False
            take_handover(connection, conversation, operator, now)
            note_given(connection, operator, now)
            return True

    def refusals(self, conversation_id: str, operator: str) -> tuple[str, ...]:
        """Why this operator may not take a waiting conversation, out of `fitness.MISFITS`; empty: it may be taken."""
        with self._database.begin() as connection:
            return self._refusals(connection, conversation_id, operator)

    def answer(self, conversation_id: str, operator: str, text: str, now: datetime) -> int:
        """Say something as this operator: it answers all that is unanswered; gives its cursor.

        Raises `NotHolderError`.
        """
        with self._database.begin() as connection:
            conversation = held_by(connection, conversation_id, operator)
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
        with self._database.read() as connection:
            return read_queue(connection)

    def held(self, operator: str | None = None) -> tuple[Waiting, ...]:
        """What operators hold, or only this one; the longest held first."""
        with self._database.read() as connection:
            return read_held(connection, operator)

    def waiting(self, conversation_id: str) -> Waiting | None:
        """The open handover of this conversation, or None."""
        with self._database.read() as connection:
            return read_waiting(connection, conversation_id)

    def log(self, conversation_id: str) -> tuple[Step, ...]:
        """All steps of this conversation's handovers, oldest first."""
        lines = handover_log.c
        columns = (lines.step, lines.who, lines.why, lines.at, lines.after_cursor)
        found = select(*columns).where(handover_log.c.conversation_id == conversation_id).order_by(handover_log.c.id)
        with self._database.read() as connection:
            return tuple(Step(*row) for row in connection.execute(found))

    def _refusals(self, connection: Connection, conversation_id: str, operator: str) -> tuple[str, ...]:
        waiting = read_waiting(connection, conversation_id)
        try:
            desk = lock_desk(connection, operator)
        except UnknownOperatorError:
            return ()
        return refusals(desk, waiting.wanted, is_free_choice=self._is_free_choice) if waiting else ()

    def _end(self, conversation_id: str, operator: str, text: str, step: Step) -> None:
        with self._database.begin() as connection:
            conversation = held_by(connection, conversation_id, operator)
            has_files = bool(connection.execute(kept_files(conversation_id)).scalar())
            _hand_back(connection, conversation, text, step)
        if has_files:
            self._database.forget_journal()


def held_by(connection: Connection, conversation_id: str, operator: str) -> Conversation:
    """The conversation, locked; raises `NotHolderError` where this operator does not hold it."""
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
