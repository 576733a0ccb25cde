"""The table of what operators write for each other about a conversation; nothing of it is ever sent."""

from sqlalchemy import Column, Index, Table

from conversations.columns import NUMBER, UtcTime, Words
from conversations.schema import metadata, of_conversation

internal_notes = Table(
    "internal_notes",
    metadata,
    Column("id", NUMBER, primary_key=True),
    of_conversation(),
    Column("operator", Words, nullable=False),
    Column("text", Words, nullable=False),
    Column("at", UtcTime, nullable=False),
    Index("ix_internal_notes_conversation", "conversation_id", "id"),
    sqlite_autoincrement=True,
)
