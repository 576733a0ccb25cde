"""Passing a held conversation on, to a colleague or a team, with a note that only operators read."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import insert, select, update
from sqlalchemy.engine import Connection

from conversations.conversation import Conversation
from conversations.database import Database
from conversations.desks import UnknownOperatorError, lock_desk, note_given
from conversations.hand_out import Words, tell_migrant
from conversations.handover import held_by
from conversations.handover_steps import Step, change_state, open_of, wait_again
from conversations.tables import handovers, team_members, transfers

MAX_NOTE_CHARS = 1000


class TransferError(Exception):
    """It cannot go there: nothing was changed; the message is a code (`away`, `full`, `nobody`, `yourself`)."""


@dataclass(frozen=True)
class Transfer:
    """One transfer: who passed it on, to whom (an operator or a team), and the note."""

    sender: str
    to_operator: str | None
    to_team: str | None
    note: str
    at: datetime


class Transfers:
    """The transfers of one database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def to_operator(self, conversation_id: str, sender: str, to: str, note: str, words: Words, now: datetime) -> None:
        """Let a present colleague with room hold it at once. Raises `NotHolderError`, `TransferError`.

        In urgent danger the colleague's limit does not count.
        """
        with self._database.begin() as connection:
            conversation = held_by(connection, conversation_id, sender)
            if error := _fault(connection, conversation, sender, to, now):
                raise TransferError(error)
            _write(connection, conversation, Transfer(sender, to, None, note, now))
            given = {"operator": to, "taken_at": now, "returned_from": None}
            connection.execute(update(handovers).where(open_of(conversation_id)).values(**given))
            change_state(connection, conversation, Step("transferred", sender, to, now), operator=to)
            note_given(connection, to, now)
            tell_migrant(connection, conversation, words, now)

    def to_team(self, conversation_id: str, sender: str, team: str, note: str, words: Words, now: datetime) -> None:
        """Let it wait for a team's members, in its old place. Raises `NotHolderError`, `TransferError`."""
        with self._database.begin() as connection:
            conversation = held_by(connection, conversation_id, sender)
            has_members = select(team_members.c.name).where(team_members.c.team == team)
            if connection.execute(has_members).first() is None:
                raise TransferError("nobody")
            _write(connection, conversation, Transfer(sender, None, team, note, now))
            step = Step("sent_to_team", sender, team, now)
            wait_again(connection, conversation, step, team=team, team_since=now)
            tell_migrant(connection, conversation, words, now)

    def of(self, conversation_id: str) -> tuple[Transfer, ...]:
        """All transfers of a conversation, the oldest first."""
        return self._read(transfers.c.conversation_id == conversation_id)

    def _read(self, condition: Any) -> tuple[Transfer, ...]:
        columns = (transfers.c.sender, transfers.c.to_operator, transfers.c.to_team, transfers.c.note, transfers.c.at)
        with self._database.read() as connection:
            rows = connection.execute(select(*columns).where(condition).order_by(transfers.c.id))
            return tuple(Transfer(*row) for row in rows)


def _fault(connection: Connection, conversation: Conversation, sender: str, to: str, now: datetime) -> str:
    if to == sender:
        return "yourself"
    try:
        desk = lock_desk(connection, to)
    except UnknownOperatorError:
        return "nobody"
    if not desk.is_there(now):
        return "away"
    is_full = desk.open_limit is not None and desk.open_count >= desk.open_limit
    return "full" if is_full and conversation.danger != "urgent" else ""


def _write(connection: Connection, conversation: Conversation, transfer: Transfer) -> None:
    of_open = select(handovers.c.id).where(open_of(conversation.id))
    handover_id = connection.execute(of_open).scalar()
    row = {**vars(transfer), "conversation_id": conversation.id, "handover_id": handover_id}
    connection.execute(insert(transfers).values(**row | {"note": transfer.note[:MAX_NOTE_CHARS]}))
