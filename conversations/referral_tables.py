"""Tables of referrals, which go with their conversation, and of counted needs, which belong to nobody and stay."""

from sqlalchemy import Column, Date, Index, Integer, Table

from conversations.columns import NUMBER, UtcTime, Words
from conversations.schema import metadata, of_conversation

# `country` and `variant` are what the migrant was told would be passed on, not what is known by now.
referrals = Table(
    "referrals",
    metadata,
    Column("id", NUMBER, primary_key=True),
    of_conversation(),
    Column("code", Words, nullable=False, unique=True),
    Column("organisation", Words, nullable=False),
    Column("need", Words, nullable=False),
    Column("country", Words),
    Column("variant", Words, nullable=False),
    Column("state", Words, nullable=False),
    Column("operator", Words, nullable=False),
    Column("offered_at", UtcTime, nullable=False),
    Column("consented_at", UtcTime),
    Column("passed_on_at", UtcTime),
    Column("note", Words, nullable=False, default=""),
    Index("ix_referrals_conversation", "conversation_id", "id"),
    sqlite_autoincrement=True,
)

referral_log = Table(
    "referral_log",
    metadata,
    Column("id", NUMBER, primary_key=True),
    of_conversation(),
    Column("code", Words, nullable=False),
    Column("step", Words, nullable=False),
    Column("who", Words, nullable=False),
    Column("at", UtcTime, nullable=False),
    Index("ix_referral_log_conversation", "conversation_id", "id"),
    sqlite_autoincrement=True,
)

# Nothing leads from here to a person: no id, no time finer than a day. An unknown country is the empty text.
needs_counted = Table(
    "needs_counted",
    metadata,
    Column("day", Date, primary_key=True),
    Column("need", Words, primary_key=True),
    Column("country", Words, primary_key=True),
    Column("citizenship", Words, primary_key=True),
    Column("language", Words, primary_key=True),
    Column("count", Integer, nullable=False),
)
