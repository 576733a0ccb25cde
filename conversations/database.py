"""The one door to the database: opening it, transactions, and bringing its tables up to date."""

import threading
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.util import CommandError
from sqlalchemy import create_engine, event, text
from sqlalchemy.engine import URL, Connection, Engine, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError
from sqlalchemy.pool import QueuePool

BUSY_TIMEOUT_MILLISECONDS = 10_000
CONNECT_TIMEOUT_SECONDS = 5
POOL_SIZE = 8
POOL_OVERFLOW = 24
# Numbers of PostgreSQL's advisory locks: any two that nothing else in this database uses.
MIGRATION_LOCK = 72_301
TRANSCRIPT_LOCK = 72_302
# NORMAL in WAL: a killed process loses nothing; a power cut may lose the last moments, never the file.
SQLITE_PRAGMAS = (
    f"busy_timeout={BUSY_TIMEOUT_MILLISECONDS}",
    "journal_mode=WAL",
    "synchronous=NORMAL",
    "foreign_keys=ON",
    "secure_delete=ON",
)


class DatabaseUnreachableError(Exception):
    """The database cannot be used; the message is one sentence for the host, without the password."""


class Database:
    """Transactions on one database: `begin()` to write, `read()` to read; safe to share between threads."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self.is_sqlite = engine.dialect.name == "sqlite"
        self._reading = engine.execution_options(is_reading=True)
        # Threads queue here in order; SQLite's own waiting polls and is unfair.
        self._writing: AbstractContextManager[Any] = threading.RLock() if self.is_sqlite else nullcontext()

    @contextmanager
    def begin(self) -> Iterator[Connection]:
        """A transaction that may write: committed at the end, rolled back when an exception leaves it."""
        with self._writing, self.engine.begin() as connection:
            yield connection

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A transaction that only reads; on SQLite it neither waits for writers nor holds them up."""
        with self._reading.begin() as connection:
            yield connection

    def forget_journal(self) -> None:
        """Take erased words out of SQLite's journal too; PostgreSQL's log is the host's matter."""
        if self.is_sqlite:
            with self._writing, self.engine.connect() as connection:
                connection.connection.dbapi_connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()

    def close(self) -> None:
        """Close all connections; a later use opens new ones."""
        self.engine.dispose()


def open_database(url: str) -> Database:
    """Open the database at `url` and try it once; raises `DatabaseUnreachableError`. Makes a missing SQLite file."""
    try:
        parsed = make_url(url)
        engine = _engine(parsed)
        engine.connect().close()
    except (ArgumentError, NoSuchModuleError) as error:
        raise DatabaseUnreachableError(
            "The address of the database cannot be understood: see SAFAR_DATABASE_URL"
        ) from error
    except (DBAPIError, OSError) as error:
        raise DatabaseUnreachableError(_sentence(parsed, error)) from error
    return Database(engine)


def migrate(database: Database) -> None:
    """Bring all tables up to date, in one transaction; several processes may do so at once."""
    config = Config()
    folder = Path(__file__).parent / "migrations"
    config.set_main_option("script_location", str(folder).replace("%", "%%"))
    try:
        with database.begin() as connection:
            if not database.is_sqlite:
                connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": MIGRATION_LOCK})
            config.attributes["connection"] = connection
            command.upgrade(config, "head")
    except CommandError as error:
        raise DatabaseUnreachableError(
            f"The database was made by a newer Safar ({error}): update the program"
        ) from error
    except DBAPIError as error:
        raise DatabaseUnreachableError(_sentence(database.engine.url, error)) from error


def _engine(url: URL) -> Engine:
    pool = {"poolclass": QueuePool, "pool_size": POOL_SIZE, "max_overflow": POOL_OVERFLOW, "future": True}
    if url.get_backend_name() != "sqlite":
        options = {"connect_timeout": CONNECT_TIMEOUT_SECONDS, "application_name": "safar"}
        return create_engine(
            url,
            connect_args=options,
            pool_pre_ping=True,
            isolation_level="READ COMMITTED",
            hide_parameters=True,
            **pool,
        )
    _make_file(url)
    engine = create_engine(url, connect_args={"check_same_thread": False}, hide_parameters=True, **pool)
    event.listen(engine, "connect", _set_up_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _make_file(url: URL) -> None:
    if url.database in (None, "", ":memory:"):
        raise OSError("a file is needed, such as sqlite:///var/safar.db")
    path = Path(url.database)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch(mode=0o600)


def _set_up_sqlite(connection: Any, _record: Any) -> None:
    connection.isolation_level = None  # Python's own driver would begin transactions too late
    for pragma in SQLITE_PRAGMAS:
        connection.execute(f"PRAGMA {pragma}").fetchall()


def _begin_sqlite(connection: Connection) -> None:
    # A transaction that reads first and writes later fails at once when another has written between.
    is_reading = connection.get_execution_options().get("is_reading", False)
    connection.exec_driver_sql("BEGIN" if is_reading else "BEGIN IMMEDIATE")


def _sentence(url: URL, error: Exception) -> str:
    cause = str(error.orig if isinstance(error, DBAPIError) else error).strip().splitlines()
    place = url.render_as_string(hide_password=True)
    return f"The database {place} cannot be used ({cause[0] if cause else 'no reason given'}): see SAFAR_DATABASE_URL"
