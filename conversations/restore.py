"""Restoring a backup: all of it or nothing, in one transaction, into SQLite or PostgreSQL, then brought up to date."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Table, func, inspect, select, text
from sqlalchemy.engine import Connection
from sqlalchemy.exc import SQLAlchemyError

from conversations.backup_file import BackupError, File, Heading, Row, TableBegins, heading_of, read_backup
from conversations.database import MIGRATION_LOCK, Database, require_known
from conversations.erased_dialogues import hash_of
from conversations.filling import Filling
from conversations.revisions import VERSION_TABLE, known_revisions, revision_of, tables_at, upgrade
from conversations.snapshot import reflected
from conversations.tables import conversations

PROGRAM = "safar"

Say = Callable[[str], None]


@dataclass(frozen=True)
class Restored:
    """What was done: the backup's heading, and how many conversations had been erased since and are erased again."""

    heading: Heading
    rows: int
    erased_since: tuple[str, ...]


def check_backup(path: Path) -> Heading:
    """Read a backup from end to end; raises `BackupError` where it is damaged or this program cannot read it."""
    heading = heading_of(path)
    if heading.revision not in known_revisions():
        raise BackupError(
            f"{path} was made by a newer Safar (tables of revision {heading.revision}, this program knows them up to"
            f" {known_revisions()[-1]}): update the program. Nothing was changed."
        )
    for _ in read_backup(path):
        pass
    return heading


def restore(database: Database, path: Path, is_replacing: bool, say: Say) -> Restored:
    """Put the backup in the place of what the database holds.

    Raises `BackupError`: the file cannot be used, the database holds something and `is_replacing` is false, or a
    program works with it. Then the database is as it was.
    """
    heading = check_backup(path)
    try:
        with database.begin() as connection:
            _require_alone(connection)
            erased = _clear(connection, is_replacing)
            upgrade(connection, heading.revision)
            rows = _fill(connection, path, heading, say)
            upgrade(connection)
            erased_since = _back_again(connection, erased)
    except SQLAlchemyError as error:
        reason = str(getattr(error, "orig", error)).splitlines()[0]
        raise BackupError(f"{path} could not be restored ({reason}). The database is as it was.") from error
    database.forget_journal()
    return Restored(heading, rows, erased_since)


def files_of(path: Path) -> Iterator[File]:
    """The files that a backup brings along; raises `BackupError`."""
    return (part for part in read_backup(path) if isinstance(part, File))


def _require_alone(connection: Connection) -> None:
    """PostgreSQL knows who else is there; before a SQLite file the lock of the home folder stands."""
    if connection.dialect.name == "sqlite":
        return
    connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": MIGRATION_LOCK})
    others = text(
        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND application_name = :name"
        " AND pid <> pg_backend_pid()"
    )
    if number := connection.execute(others, {"name": PROGRAM}).scalar():
        raise BackupError(f"Safar still works with this database ({number} connections). Stop it, then restore.")


def _clear(connection: Connection, is_replacing: bool) -> frozenset[str]:
    """Drop all tables of ours; gives hashes of the conversations that this database knows as lately erased."""
    tables = _tables_of(connection, is_replacing)
    if tables is None:
        return frozenset()
    full = {each.name: number for each in tables if (number := _count(connection, each))}
    if full and not is_replacing:
        held = ", ".join(f"{name} {number}" for name, number in full.items())
        raise BackupError(
            f"The database is not empty (rows: {held}). Say --replace to delete all that and put the backup in its"
            " place, or set SAFAR_DATABASE_URL to an empty one. Nothing was changed."
        )
    erased = [each for each in tables if each.name == "erased_dialogues"]
    hashes = frozenset(name for each in erased for name in _hashes_in(connection, each))
    for each in reversed(tables):
        each.drop(connection)
    connection.execute(text(f"DROP TABLE {VERSION_TABLE}"))
    return hashes


def _hashes_in(connection: Connection, erased: Table) -> list[str]:
    """Before revision 0009 the ids themselves stood there."""
    if "sender_hash" in erased.c:
        return [str(name) for name in connection.execute(select(erased.c.sender_hash)).scalars()]
    return [hash_of(str(name)) for name in connection.execute(select(erased.c.sender_id)).scalars()]


def _back_again(connection: Connection, hashes: frozenset[str]) -> tuple[str, ...]:
    """The conversations that the backup has brought back although they were erased since."""
    if not hashes:
        return ()
    ids = connection.execute(select(conversations.c.id)).scalars()
    return tuple(each for each in ids if hash_of(each) in hashes)


def _tables_of(connection: Connection, is_replacing: bool) -> tuple[Table, ...] | None:
    """Our tables in this database, None where there are none; raises `NewerDatabaseError` where we cannot know them.

    A SQLite file is all ours: of a newer program too, it can be replaced. In PostgreSQL other things may lie beside.
    """
    if connection.dialect.name == "sqlite" and is_replacing:
        found = inspect(connection).get_table_names()
        names = frozenset(name for name in found if name != VERSION_TABLE and not name.startswith("sqlite_"))
        return reflected(connection, names) if revision_of(connection) else None
    revision = require_known(connection)
    return None if revision is None else reflected(connection, tables_at(revision))


def _count(connection: Connection, table: Table) -> int:
    return int(connection.execute(select(func.count()).select_from(table)).scalar() or 0)


def _fill(connection: Connection, path: Path, heading: Heading, say: Say) -> int:
    filling = Filling(connection, reflected(connection, tables_at(heading.revision)), heading.numbers)
    filled = 0

    def end_table() -> None:
        if name := filling.end():
            say(f"{name}: {filling.rows} rows")

    for part in read_backup(path):
        if isinstance(part, TableBegins):
            end_table()
            filling.begin(part)
        elif isinstance(part, Row):
            filling.add(part)
            filled += 1
    end_table()
    return filled
