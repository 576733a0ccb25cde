"""Fills empty tables with the rows of a backup, many at a time, and lets their numbers go on where they were."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import JSON, Column, Table, inspect, text
from sqlalchemy.engine import Connection

from conversations.backup_file import Row, TableBegins
from conversations.backup_values import restored
from conversations.snapshot import ROWS_AT_A_TIME, sequence_of


class Filling:
    """Begin a table, add its rows, end it; `rows` counts the rows of the present table."""

    def __init__(self, connection: Connection, tables: tuple[Table, ...], numbers: Mapping[str, int]) -> None:
        self._connection = connection
        self._is_sqlite = connection.dialect.name == "sqlite"
        self._tables = {each.name: each for each in tables}
        self._numbers = numbers
        self._table: Table | None = None
        self._columns: list[Column] = []
        self._waiting: list[dict[str, Any]] = []
        self.rows = 0

    def begin(self, part: TableBegins) -> None:
        """The rows that follow are of this table; raises KeyError where there is no such table or column."""
        self._table = self._tables[part.table]
        self._columns = [self._table.columns[name] for name in part.columns]
        self.rows = 0
        for column in self._columns:
            if isinstance(column.type, JSON):
                column.type = JSON(none_as_null=True)
        self._connection.execute(self._table.delete())  # what a migration has written comes with the backup

    def add(self, row: Row) -> None:
        """One row of the table."""
        pairs = zip(self._columns, row.values, strict=True)
        self._waiting.append({each.name: restored(value, each.type, self._is_sqlite) for each, value in pairs})
        self.rows += 1
        if len(self._waiting) == ROWS_AT_A_TIME:
            self._write()

    def end(self) -> str | None:
        """Write what is left of the table; gives its name, None where none was begun."""
        if self._table is None:
            return None
        self._write()
        self._count_on(self._table, self._numbers.get(self._table.name, 0))
        name, self._table = str(self._table.name), None
        return name

    def _write(self) -> None:
        if self._waiting and self._table is not None:
            self._connection.execute(self._table.insert(), self._waiting)
            self._waiting = []

    def _count_on(self, table: Table, number: int) -> None:
        """Numbers that were given once are not given again, even where their rows are gone."""
        if number <= 0:
            return
        given = {"name": table.name, "number": number}
        if not self._is_sqlite:
            if sequence := sequence_of(self._connection, table):
                counted = {"sequence": sequence, "number": number}
                self._connection.execute(text("SELECT setval(:sequence, :number)"), counted)
        elif inspect(self._connection).has_table("sqlite_sequence"):
            self._connection.execute(text("DELETE FROM sqlite_sequence WHERE name = :name"), given)
            self._connection.execute(text("INSERT INTO sqlite_sequence (name, seq) VALUES (:name, :number)"), given)
