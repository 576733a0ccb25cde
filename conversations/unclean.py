"""Notes that deleted words may still lie in the database's files, so that they are cleaned once more."""

from sqlalchemy import insert, update
from sqlalchemy.engine import Connection
from sqlalchemy.exc import IntegrityError

from conversations.tables import totals

CLEANED, REWRITTEN = "erasures_cleaned", "erasures_rewritten"
"""Totals: how many erasures there had been when the files were cleaned, and written anew, last."""
_NEVER = -1


def note_unclean(connection: Connection) -> None:
    """Something that named a person was deleted in this transaction: clean once more."""
    for name in (CLEANED, REWRITTEN):
        note_total(connection, name, _NEVER)


def note_total(connection: Connection, name: str, value: int) -> None:
    """Set a total."""
    changed = update(totals).where(totals.c.name == name).values(value=value)
    if connection.execute(changed).rowcount:
        return
    try:
        with connection.begin_nested():
            connection.execute(insert(totals).values(name=name, value=value))
    except IntegrityError:  # another gateway has just made it
        connection.execute(changed)
