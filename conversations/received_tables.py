"""The tables of what migrants send beside text: references to it while it is fetched, and who was told of a service."""

from sqlalchemy import Column, ForeignKey, Index, Integer, Table

from conversations.columns import NUMBER, UtcTime, Words
from conversations.schema import metadata, of_conversation

# `ready_at` is also the end of a lease; None: passed on or given up, and the reference is deleted. Rows go with the
# handover for which they were taken, and with their conversation.
received_media = Table(
    "received_media",
    metadata,
    Column("id", NUMBER, primary_key=True),
    of_conversation(),
    Column("cursor", NUMBER, ForeignKey("transcript.cursor", ondelete="CASCADE"), nullable=False),
    Column("position", Integer, nullable=False),
    Column("purpose", Words, nullable=False),
    Column("kind", Words, nullable=False),
    Column("reference", Words, nullable=False),
    Column("size_bytes", NUMBER),
    Column("seconds", Integer),
    Column("stored_at", UtcTime, nullable=False),
    Column("ready_at", UtcTime),
    Column("tries", Integer, nullable=False, default=0),
    Index("ix_received_media_ready_at", "ready_at"),
    Index("ix_received_media_cursor", "cursor"),
    Index("ix_received_media_conversation_id", "conversation_id"),
    sqlite_autoincrement=True,
)

# That a person was told that voice goes to the service on this host.
voice_notices = Table(
    "voice_notices",
    metadata,
    Column("conversation_id", Words, ForeignKey("conversations.id", ondelete="CASCADE"), primary_key=True),
    Column("host", Words, nullable=False),
    Column("at", UtcTime, nullable=False),
)
