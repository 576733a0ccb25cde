"""The database as it is at one moment, while it is written to: read table by table, whatever its revision."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import MetaData, Table, create_engine, inspect, select, text
from sqlalchemy.engine import Connection

from conversations.database import Database

ROWS_AT_A_TIME = 1000


@contextmanager
def frozen(database: Database, folder: Path) -> Iterator[Connection]:
    """A connection that sees one moment, and nothing that is written later.

    SQLite is copied at once (https://www.sqlite.org/backup.html) into a file in `folder` that is deleted at the end: a
    long look at the database itself would hold up its erasures. PostgreSQL keeps an old state for whoever looks at it.
    """
    if database.is_sqlite:
        with _copy(database, folder) as path:
            engine = create_engine(f"sqlite:///{path}", future=True)
            try:
                with engine.connect() as connection:
                    yield connection
            finally:
                engine.dispose()
        return
    options = {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
    with database.engine.connect().execution_options(**options) as connection, connection.begin():
        yield connection


def reflected(connection: Connection, names: frozenset[str]) -> tuple[Table, ...]:
    """The tables of these names as the database itself has them, parents before their children."""
    metadata = MetaData()
    metadata.reflect(connection, only=lambda name, _: name in names)
    return tuple(metadata.sorted_tables)


def rows_of(connection: Connection, table: Table) -> Iterator[tuple[Any, ...]]:
    """All rows of a table, a thousand of them in memory at a time."""
    found = connection.execution_options(yield_per=ROWS_AT_A_TIME).execute(select(table).order_by(*table.primary_key))
    for row in found:
        yield tuple(row)


def highest_numbers(connection: Connection, tables: tuple[Table, ...]) -> dict[str, int]:
    """The highest number that each counting table has ever given, of rows that are gone too."""
    if connection.dialect.name == "sqlite":
        return dict(_sqlite_numbers(connection))
    numbers = {}
    for table in tables:
        if sequence := sequence_of(connection, table):
            row = connection.execute(text(f"SELECT last_value, is_called FROM {sequence}")).one()
            numbers[table.name] = int(row.last_value) if row.is_called else 0
    return numbers


def sequence_of(connection: Connection, table: Table) -> str | None:
    """PostgreSQL's counter of a table's rows; None where it has none."""
    keys = list(table.primary_key)
    if len(keys) != 1:
        return None
    asked = text("SELECT pg_get_serial_sequence(:name, :column)")
    found = connection.execute(asked, {"name": f'"{table.name}"', "column": keys[0].name}).scalar()
    return str(found) if found else None


def _sqlite_numbers(connection: Connection) -> Iterator[tuple[str, int]]:
    if inspect(connection).has_table("sqlite_sequence"):
        for row in connection.execute(text("SELECT name, seq FROM sqlite_sequence")):
            yield row.name, int(row.seq)


@contextmanager
def _copy(database: Database, folder: Path) -> Iterator[Path]:
    path = folder / f".safar-copy-{os.getpid()}.db"
    os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600))
    try:
        with database.engine.connect() as connection:
            target = sqlite3.connect(path)
            try:
                connection.connection.dbapi_connection.backup(target)
                target.execute("PRAGMA journal_mode=DELETE").fetchall()
            finally:
                target.close()
        yield path
    finally:
        for name in (path, path.with_name(f"{path.name}-journal")):
            name.unlink(missing_ok=True)
