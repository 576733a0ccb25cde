"""What becomes of a message after it was written: those who show the conversation see that its row has changed."""

from typing import Any

from sqlalchemy import bindparam, update
from sqlalchemy.engine import Connection

from conversations.tables import transcript

_REVISE = (
    update(transcript).where(transcript.c.cursor == bindparam("of_cursor")).values(revision=transcript.c.revision + 1)
)


def revise(connection: Connection, cursor: int, **values: Any) -> None:
    """Set columns of one message and count the change; without any, something else about it has changed."""
    connection.execute(_REVISE.values(**values) if values else _REVISE, {"of_cursor": cursor})
