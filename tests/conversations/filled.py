"""A database of any revision with rows in every table, made of what the database itself says of its columns."""

from datetime import timedelta
from typing import Any

from sqlalchemy import JSON, Boolean, Column, Date, DateTime, Float, Integer, LargeBinary, Table, select
from sqlalchemy.engine import Connection

from conversations.revisions import tables_at, upgrade
from conversations.snapshot import reflected
from tests.conversations.talk import START

ROWS = 3
WORDS = "Рӯзи хуб, oʻzbekcha, жөнөкөй 😀"
GIVEN: dict[str, Any] = {
    "state": "bot",
    "danger": "none",
    "safety_level": "none",
    "channel": "web",
    "sender": "migrant",
    "variant": "tg",
    "buttons": [["Ҳа", "/affirm"]],
    "answers": [],
    "signs": [],
    "safety_signs": "",
    "platform_ids": ["1"],
}
Rows = dict[str, list[dict[str, Any]]]


def fill(connection: Connection, revision: str) -> Rows:
    """Bring an empty database to the revision, and put rows into each of its tables; gives them as they are read."""
    upgrade(connection, revision)
    tables = reflected(connection, tables_at(revision))
    for table in tables:
        connection.execute(table.delete())
        connection.execute(table.insert(), [_row(table, number) for number in range(1, ROWS + 1)])
    return read(connection, revision)


def read(connection: Connection, revision: str) -> Rows:
    """All rows of all tables of this revision, in the order of their keys."""
    return {
        table.name: [dict(row) for row in connection.execute(select(table).order_by(*table.primary_key)).mappings()]
        for table in reflected(connection, tables_at(revision))
    }


def _row(table: Table, number: int) -> dict[str, Any]:
    return {column.name: _value(column, number) for column in table.columns}


def _value(column: Column, number: int) -> Any:
    """The third row of each table is empty where it may be."""
    if column.foreign_keys:
        parent = next(iter(column.foreign_keys)).column
        return _value(parent, number)
    if column.nullable and number == ROWS:
        column.type = JSON(none_as_null=True) if isinstance(column.type, JSON) else column.type
        return None
    if column.name in GIVEN:
        return "" if column.name == "signs" and not isinstance(column.type, JSON) else GIVEN[column.name]
    return _of_type(column, number)


def _of_type(column: Column, number: int) -> Any:
    kind = column.type
    moment = START + timedelta(minutes=number)
    if isinstance(kind, DateTime):
        return moment if kind.timezone else moment.replace(tzinfo=None)
    if isinstance(kind, Date):
        return moment.date() + timedelta(days=number)
    if isinstance(kind, Boolean):
        return number % 2 == 0
    if isinstance(kind, Integer | Float):
        return number
    if isinstance(kind, LargeBinary):
        return b"\x89PNG\0\xff" * number
    return {} if isinstance(kind, JSON) else f"{column.name} {number} {WORDS}"
