"""The table of reminders: date, kind and conversation, and nothing else of the person."""

from sqlalchemy import Column, Date, Index, PrimaryKeyConstraint, Table

from conversations.columns import Words
from conversations.schema import metadata, of_conversation

# `next_day` is the first of the days before `day` on which nothing was said yet: it makes each of them happen once.
reminders = Table(
    "reminders",
    metadata,
    of_conversation(),
    Column("kind", Words, nullable=False),
    Column("day", Date, nullable=False),
    Column("next_day", Date, nullable=False),
    PrimaryKeyConstraint("conversation_id", "kind"),
    Index("ix_reminders_next_day", "next_day"),
)
