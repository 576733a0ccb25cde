"""The tables of the engine: where each dialogue stands, and its answers, to be given again for the same message."""

from sqlalchemy import Column, Integer, Table

from conversations.columns import UtcTime, Words
from conversations.schema import metadata

dialogue_states = Table(
    "dialogue_states",
    metadata,
    Column("sender_id", Words, primary_key=True),
    Column("version", Integer, nullable=False),
    Column("state", Words, nullable=False),
    Column("saved_at", UtcTime, nullable=False, index=True),
)
dialogue_answers = Table(
    "dialogue_answers",
    metadata,
    Column("sender_id", Words, primary_key=True),
    Column("message_id", Words, primary_key=True),
    Column("answer", Words, nullable=False),
    Column("at", UtcTime, nullable=False, index=True),
)
