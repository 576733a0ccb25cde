"""Export: everything stored of a conversation, table by table, for its owner."""

import base64
from datetime import date, datetime
from typing import Any

from sqlalchemy import Table, select
from sqlalchemy.engine import Connection

from conversations.database import Database
from conversations.tables import conversations, internal_notes, metadata

OWNER_COLUMNS = ("conversation_id", "sender_id")
"""A table with one of these columns belongs to the conversation of that id."""
OF_NOBODY = frozenset(
    {
        "conversations",
        "duties",
        "early_marks",
        "erased_dialogues",
        "erased_messages",
        "erasure_keys",
        "farewells",
        "needs_counted",
        "operator_desks",
        "operator_sessions",
        "operators",
        "platform_deletions",
        "team_members",
        "totals",
        "translation_consents",
    }
)
"""All other tables: the conversations themselves, counts, operators, and what only outlives an erasure."""
SECRETS = frozenset({"token_hash", "turn_number", "turn_ready_at", "worker"})
"""What opens the conversation, and columns that only say which process is at work."""

ABOUT_INTERNAL_NOTES = "What operators wrote for each other about this conversation; it was never sent to anybody."

Document = dict[str, Any]


def export_conversation(database: Database, conversation_id: str) -> Document | None:
    """All that is stored of a conversation, ready for JSON; None: there is none."""
    with database.read() as connection:
        found = _rows(connection, conversations, conversations.c.id == conversation_id)
        if not found:
            return None
        document: Document = {"conversation": found[0]}
        for table in owned_tables():
            document[table.name] = _rows(connection, table, owner_column(table) == conversation_id)
        notes = {"about": ABOUT_INTERNAL_NOTES, "notes": document[internal_notes.name]}
        return document | {internal_notes.name: notes}


def owned_tables() -> tuple[Table, ...]:
    """The tables whose rows belong to conversations; a new one is among them by its column."""
    return tuple(table for table in metadata.sorted_tables if table.name not in OF_NOBODY)


def owner_column(table: Table) -> Any:
    """The column that names the conversation; raises KeyError where there is none."""
    return table.c[next((name for name in OWNER_COLUMNS if name in table.c), OWNER_COLUMNS[0])]


def _rows(connection: Connection, table: Table, condition: Any) -> list[Document]:
    rows = connection.execute(select(table).where(condition).order_by(*table.primary_key.columns))
    return [{name: _plain(value) for name, value in row._mapping.items() if name not in SECRETS} for row in rows]


def _plain(value: Any) -> Any:
    if isinstance(value, bytes):
        return base64.b64encode(value).decode()
    return value.isoformat() if isinstance(value, date | datetime) else value
