"""Internal notes: what operators write for each other. No way leads from here to a transcript or an outbox."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import insert, select

from conversations.conversation import locked_conversation
from conversations.database import Database
from conversations.tables import internal_notes

MAX_NOTE_CHARS = 2000


@dataclass(frozen=True)
class InternalNote:
    """One note; it is erased with its conversation."""

    id: int
    operator: str
    text: str
    at: datetime


class InternalNotes:
    """The notes of one database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def of(self, conversation_id: str) -> tuple[InternalNote, ...]:
        """All notes on this conversation, oldest first."""
        columns = (internal_notes.c.id, internal_notes.c.operator, internal_notes.c.text, internal_notes.c.at)
        found = select(*columns).where(internal_notes.c.conversation_id == conversation_id)
        with self._database.read() as connection:
            return tuple(InternalNote(*row) for row in connection.execute(found.order_by(internal_notes.c.id)))

    def write(self, conversation_id: str, operator: str, text: str, now: datetime) -> None:
        """Add a note; raises `UnknownConversationError`, and ValueError for a text that is empty or too long."""
        if not text.strip() or len(text) > MAX_NOTE_CHARS:
            raise ValueError(f"a note has 1 to {MAX_NOTE_CHARS} characters")
        row = {"conversation_id": conversation_id, "operator": operator, "text": text.strip(), "at": now}
        with self._database.begin() as connection:
            locked_conversation(connection, conversation_id)
            connection.execute(insert(internal_notes).values(**row))
