"""The pulse of a database: a number that moves whenever anything may have been written, by whichever process.

Asking it costs microseconds, so that one process can ask for all its viewers many times a second. SQLite counts the
commits of other connections (https://www.sqlite.org/pragma.html#pragma_data_version); PostgreSQL tells how far its
write-ahead log has come (https://www.postgresql.org/docs/current/functions-admin.html), which also moves for others.
"""

import threading
from typing import Any

from conversations.database import Database


class Pulse:
    """Asks on a connection of its own, as SQLite leaves out what the asking connection has written itself."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._statement = "PRAGMA data_version" if database.is_sqlite else "SELECT pg_current_wal_insert_lsn()::text"
        self._connection: Any = None
        self._asking = threading.Lock()

    def now(self) -> str:
        """The present state; equal to the one before: nothing was written between. Raises what the database raises.

        On PostgreSQL a write can be counted a moment before it is visible: who sees the pulse move looks once more a
        little later.
        """
        with self._asking:
            try:
                return self._ask()
            except Exception:
                self._forget()
                raise

    def close(self) -> None:
        """Give the connection back."""
        with self._asking:
            self._forget()

    def _ask(self) -> str:
        if self._connection is None:
            self._connection = self._database.engine.raw_connection()
        cursor = self._connection.cursor()
        try:
            cursor.execute(self._statement)
            value = cursor.fetchone()[0]
        finally:
            cursor.close()
        if not self._database.is_sqlite:
            self._connection.rollback()
        return str(value)

    def _forget(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            connection.invalidate()
