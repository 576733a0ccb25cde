"""The tables of operators' desks and teams, of transfers, and of what the bot has tried."""

from sqlalchemy import JSON, Boolean, Column, ForeignKey, Index, Integer, PrimaryKeyConstraint, Table, true

from conversations.columns import NUMBER, UtcTime, Words
from conversations.schema import metadata, of_conversation


def _of_operator() -> Column:
    return Column("name", Words, ForeignKey("operators.name", ondelete="CASCADE"), nullable=False)


# `seen_at` is when a page of the console was open last; `given_at` when the operator got a conversation last.
operator_desks = Table(
    "operator_desks",
    metadata,
    _of_operator(),
    Column("languages", JSON, nullable=False, default=list),
    Column("topics", JSON, nullable=False, default=list),
    Column("countries", JSON, nullable=False, default=list),
    Column("open_limit", Integer),
    Column("is_present", Boolean, nullable=False, default=True, server_default=true()),
    Column("seen_at", UtcTime),
    Column("given_at", UtcTime),
    PrimaryKeyConstraint("name"),
)

team_members = Table(
    "team_members",
    metadata,
    Column("team", Words, nullable=False),
    _of_operator(),
    PrimaryKeyConstraint("team", "name"),
    Index("ix_team_members_name", "name"),
)

# The note is an operator's own words; it goes with the handover.
transfers = Table(
    "transfers",
    metadata,
    Column("id", NUMBER, primary_key=True),
    of_conversation(),
    Column("handover_id", NUMBER, ForeignKey("handovers.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("sender", Words, nullable=False),
    Column("to_operator", Words),
    Column("to_team", Words),
    Column("note", Words, nullable=False, default=""),
    Column("at", UtcTime, nullable=False),
    Index("ix_transfers_conversation", "conversation_id", "id"),
    sqlite_autoincrement=True,
)

# `steps` is a short list of [topic, entry or null, outcome]: ids only, the oldest first.
tried = Table(
    "tried", metadata, of_conversation(), Column("steps", JSON, nullable=False), PrimaryKeyConstraint("conversation_id")
)
