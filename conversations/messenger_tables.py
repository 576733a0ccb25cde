"""Tables beside the conversations: who wants nothing unasked, who was told of a backlog, marks that came too early."""

from sqlalchemy import Column, Index, PrimaryKeyConstraint, Table

from conversations.columns import UtcTime, Words
from conversations.schema import metadata, of_conversation

opt_outs = Table(
    "opt_outs",
    metadata,
    of_conversation(),
    Column("at", UtcTime, nullable=False),
    PrimaryKeyConstraint("conversation_id"),
)

# A row for each person who was told since the queue has grown too long; all go when it has shrunk.
told_of_backlog = Table(
    "told_of_backlog",
    metadata,
    of_conversation(),
    PrimaryKeyConstraint("conversation_id"),
)

# `place` is a hash: the platform's own id of a message may hold the person's number, and nobody erases these rows.
early_marks = Table(
    "early_marks",
    metadata,
    Column("place", Words, nullable=False),
    Column("status", Words, nullable=False),
    Column("reason", Words),
    Column("at", UtcTime, nullable=False),
    Column("noted_at", UtcTime, nullable=False),
    PrimaryKeyConstraint("place", "status"),
    Index("ix_early_marks_noted_at", "noted_at"),
)
