"""Making a backup: one moment of the database, and if wanted the content folder, into one file."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy.exc import DBAPIError

from conversations.backup_file import BackupError, BackupWriter, File, Heading, Row, TableBegins, written
from conversations.backup_values import plain
from conversations.database import Database, require_known
from conversations.revisions import revision_of, tables_at
from conversations.snapshot import frozen, highest_numbers, reflected, rows_of

LEFT_OUT = frozenset({"operator_sessions"})
"""Tables whose rows do not go along: after a restore operators sign in again."""

Say = Callable[[str], None]


def back_up(
    database: Database, path: Path, live: str | None, content: Path | None, now: datetime, say: Say
) -> BackupWriter:
    """Write the backup; gives what was counted. Nothing stops meanwhile, and the database stays of its revision.

    `live` is the id of the live release, `content` the folder to take along. Raises `BackupError`, and
    `NewerDatabaseError` for tables of a later program.
    """
    try:
        with written(path) as writer:
            _write_tables(writer, database, path.parent, live, now, say)
            for file in _files(content) if content else ():
                writer.write(file)
    except DBAPIError as error:
        raise BackupError(f"The database could not be read ({str(error.orig).splitlines()[0]}).") from error
    return writer


def _write_tables(
    writer: BackupWriter, database: Database, folder: Path, live: str | None, now: datetime, say: Say
) -> None:
    with database.read() as connection:
        require_known(connection)
    with frozen(database, folder) as connection:
        revision = revision_of(connection)
        if revision is None:
            raise BackupError("There is nothing to back up: the database has no tables yet. Start Safar first.")
        tables = reflected(connection, tables_at(revision))
        numbers = highest_numbers(connection, tables)
        moment = now.astimezone(UTC).isoformat(timespec="seconds")
        writer.write(Heading(moment, revision, connection.dialect.name, live, numbers))
        for table in tables:
            writer.write(TableBegins(table.name, [column.name for column in table.columns]))
            if table.name in LEFT_OUT:
                continue
            for values in rows_of(connection, table):
                writer.write(Row([plain(value) for value in values]))
            say(f"{table.name}: {writer.rows[table.name]} rows")


def _files(folder: Path) -> Iterator[File]:
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            yield File(path.relative_to(folder).as_posix(), path.read_bytes())
