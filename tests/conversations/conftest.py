"""A migrated database of each kind, and a talk on it."""

from collections.abc import Iterator

import pytest

from conversations.database import Database, migrate, open_database
from tests.conversations.talk import Talk


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    opened = open_database(database_url)
    migrate(opened)
    yield opened
    opened.close()


@pytest.fixture
def talk(database: Database) -> Talk:
    return Talk(database)
