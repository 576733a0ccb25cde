"""The tables of translation: what was translated, where all is to be, and which operator knows where words go."""

from sqlalchemy import Boolean, Column, ForeignKey, PrimaryKeyConstraint, Table

from conversations.columns import NUMBER, UtcTime, Words
from conversations.schema import metadata, of_conversation

# With `is_original` the row is what an operator wrote, and the message is its translation; else the row is.
translations = Table(
    "translations",
    metadata,
    Column("cursor", NUMBER, ForeignKey("transcript.cursor", ondelete="CASCADE"), nullable=False),
    of_conversation(),
    Column("variant", Words, nullable=False),
    Column("text", Words, nullable=False),
    Column("is_original", Boolean, nullable=False),
    Column("host", Words, nullable=False),
    Column("at", UtcTime, nullable=False),
    PrimaryKeyConstraint("cursor", "variant"),
)

# A row is a conversation all of which is to be translated.
translation_switches = Table(
    "translation_switches",
    metadata,
    of_conversation(),
    Column("host", Words, nullable=False),
    Column("operator", Words, nullable=False),
    Column("at", UtcTime, nullable=False),
    PrimaryKeyConstraint("conversation_id"),
)

translation_consents = Table(
    "translation_consents",
    metadata,
    Column("operator", Words, ForeignKey("operators.name", ondelete="CASCADE"), nullable=False),
    Column("host", Words, nullable=False),
    Column("at", UtcTime, nullable=False),
    PrimaryKeyConstraint("operator", "host"),
)
