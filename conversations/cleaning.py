"""Takes erased words out of the database's files too, where they would lie on until something overwrites them.

SQLite overwrites what it deletes (`secure_delete`), and its journal is emptied: that is all, and is done at once.
PostgreSQL leaves deleted rows in their pages. VACUUM takes them out of reach of every query, but the bytes stay in the
free space of a page (https://www.postgresql.org/docs/current/routine-vacuuming.html); only a table that is written
anew is free of them. So both are done: VACUUM within a minute, and VACUUM FULL at night.
"""

from datetime import datetime

from sqlalchemy import func, select, text
from sqlalchemy.engine import Connection

from conversations.database import Database
from conversations.erasing import ERASURES
from conversations.tables import conversations, metadata, totals
from conversations.unclean import CLEANED, REWRITTEN, note_total

NIGHT_HOURS_UTC = (21, 22)
"""From midnight to 2 in Moscow, 2 to 4 in Almaty and Bishkek: written anew, a table cannot be used meanwhile."""
MAX_REWRITTEN_BYTES = 500_000_000
"""About ten seconds; a larger database is written anew by its host: `safar erase --clean`."""
LOCK_WAIT = "5s"


def clean(database: Database) -> bool:
    """Clean what was erased since the last time; False where that is still to be done: somebody is reading."""
    with database.read() as connection:
        erased, cleaned = _erasures(connection), _total(connection, CLEANED)
    if erased == cleaned:
        return True
    if database.is_sqlite:
        if not database.forget_journal():
            return False
    else:
        _vacuum(database, "VACUUM (INDEX_CLEANUP ON, SKIP_LOCKED)")
    _note(database, CLEANED, erased)
    return True


def clean_at_once(database: Database) -> None:
    """Right after an erasure: on SQLite everything. PostgreSQL's tables are cleaned for all erasures of a minute."""
    if database.is_sqlite:
        clean(database)


def rewrite_at_night(database: Database, now: datetime) -> bool:
    """Write PostgreSQL's tables anew when something was erased and it is night; False: not now, or too large."""
    if database.is_sqlite or now.hour not in NIGHT_HOURS_UTC or not is_rewriting_due(database):
        return False
    with database.read() as connection:
        size_bytes = connection.execute(text("SELECT pg_database_size(current_database())")).scalar()
    if size_bytes > MAX_REWRITTEN_BYTES:
        return False
    rewrite(database)
    return True


def is_rewriting_due(database: Database) -> bool:
    """Whether erased bytes may still lie in the free space of PostgreSQL's pages."""
    if database.is_sqlite:
        return False
    with database.read() as connection:
        return _erasures(connection) != _total(connection, REWRITTEN)


def rewrite(database: Database) -> None:
    """Write every table anew, without what was erased; SQLite's file gets rid of its free pages.

    Each table of PostgreSQL is locked meanwhile. Raises `DBAPIError` where one is in use for longer than `LOCK_WAIT`.
    """
    with database.read() as connection:
        erased = _erasures(connection)
    if database.is_sqlite:
        database.outside_transaction("VACUUM")
        database.forget_journal()
    else:
        _vacuum(database, "VACUUM (FULL)")
    for name in (CLEANED, REWRITTEN):
        _note(database, name, erased)


def _vacuum(database: Database, command: str) -> None:
    names = ", ".join(f'"{table.name}"' for table in metadata.sorted_tables if table.name != conversations.name)
    database.outside_transaction(f"SET lock_timeout = '{LOCK_WAIT}'", f'{command} "{conversations.name}", {names}')


def _erasures(connection: Connection) -> int:
    """How many erasures there have been, for whatever reason."""
    counted = select(func.coalesce(func.sum(totals.c.value), 0)).where(totals.c.name.in_(ERASURES))
    return int(connection.execute(counted).scalar_one())


def _total(connection: Connection, name: str) -> int:
    return int(connection.execute(select(totals.c.value).where(totals.c.name == name)).scalar() or 0)


def _note(database: Database, name: str, value: int) -> None:
    with database.begin() as connection:
        note_total(connection, name, value)
