"""Who wants no message that they did not ask for: no reminder, no template; answers to what they write still come."""

from datetime import datetime

from sqlalchemy import delete, insert, select
from sqlalchemy.engine import Connection

from conversations.conversation import lock_conversation
from conversations.database import Database
from conversations.reminders import stop_reminders
from conversations.tables import opt_outs


class OptOuts:
    """The wishes of one database's people."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def note(self, conversation_id: str, is_wanted: bool, now: datetime) -> bool:
        """Keep what the person has told the platform; False: there is no such conversation."""
        with self._database.begin() as connection:
            if lock_conversation(connection, conversation_id) is None:
                return False
            opt_in(connection, conversation_id) if is_wanted else opt_out(connection, conversation_id, now)
            return True

    def has(self, conversation_id: str) -> bool:
        """Whether this person wants nothing unasked."""
        with self._database.read() as connection:
            return is_opted_out(connection, conversation_id)


def opt_out(connection: Connection, conversation_id: str, now: datetime) -> None:
    """From now on nothing unasked, inside an open transaction that has locked the conversation; reminders end."""
    stop_reminders(connection, conversation_id)
    if not is_opted_out(connection, conversation_id):
        connection.execute(insert(opt_outs), {"conversation_id": conversation_id, "at": now})


def opt_in(connection: Connection, conversation_id: str) -> None:
    """The person may be written to again."""
    connection.execute(delete(opt_outs).where(opt_outs.c.conversation_id == conversation_id))


def is_opted_out(connection: Connection, conversation_id: str) -> bool:
    """Whether this person wants nothing unasked."""
    found = select(opt_outs.c.at).where(opt_outs.c.conversation_id == conversation_id)
    return connection.execute(found).first() is not None
