"""The table of duties: what only one gateway does at a time, and who does it until when."""

from sqlalchemy import Column, Table

from conversations.columns import UtcTime, Words
from conversations.schema import metadata

duties = Table(
    "duties",
    metadata,
    Column("name", Words, primary_key=True),
    Column("holder", Words, nullable=False),
    Column("until", UtcTime, nullable=False),
)
