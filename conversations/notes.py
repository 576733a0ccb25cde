"""The bot's first note for the operator: ids of signs, factors, route and needs; never a word of the migrant."""

from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.engine import Connection

from conversations.database import Database
from conversations.tables import handovers


@dataclass(frozen=True)
class Note:
    """What a screening found; every text is an id whose label stands in `data/guidance` or `data/danger`."""

    signs: tuple[str, ...] = ()
    factors: tuple[str, ...] = ()
    route: str = ""
    needs: tuple[str, ...] = ()


class Notes:
    """The notes of one database; a note belongs to a handover and is erased with it."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def newest(self, conversation_id: str) -> Note | None:
        """The newest note on this conversation, or None."""
        is_noted = (handovers.c.conversation_id == conversation_id) & handovers.c.note.isnot(None)
        found = select(handovers.c.note).where(is_noted).order_by(handovers.c.id.desc()).limit(1)
        with self._database.read() as connection:
            row = connection.execute(found).first()
        return _note_of(row.note) if row else None


def write_note(connection: Connection, conversation_id: str, note: Note) -> None:
    """Put a note on the open handover; a later one takes the place of the one before."""
    is_open = (handovers.c.conversation_id == conversation_id) & handovers.c.ended_at.is_(None)
    connection.execute(update(handovers).where(is_open).values(note=asdict(note)))


def _note_of(stored: dict[str, Any]) -> Note:
    lists = {name: tuple(stored[name]) for name in ("signs", "factors", "needs")}
    return Note(route=stored["route"], **lists)
