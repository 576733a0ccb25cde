"""A database of every earlier revision keeps all its rows on the way to the newest one, and works there."""

from collections.abc import Sequence
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import text

from conversations.conversation import Conversations
from conversations.database import Database, NewerDatabaseError, migrate, open_database
from conversations.erasure import erase
from conversations.export import export_conversation
from conversations.reply import Reply
from conversations.revisions import FOLDER, known_revisions, revision_of, tables_at
from conversations.tables import metadata
from tests.conversations.filled import ROWS, fill, read
from tests.conversations.talk import START, Talk

EARLIER = known_revisions()[:-1]
GIVEN_UP = {("outbox", "platform_id"), ("erased_dialogues", "sender_id")}
"""Columns that a later revision took away on purpose: one was never written to, one is a hash now."""


def test_every_file_of_the_folder_is_a_known_revision_in_one_chain() -> None:
    files = {path.stem.partition("_")[0] for path in (FOLDER / "versions").glob("[0-9]*.py")}
    assert set(known_revisions()) == files
    assert len(known_revisions()) == len(files)


@pytest.mark.parametrize("revision", EARLIER)
def test_a_database_of_this_revision_loses_nothing_and_works(database_url: str, revision: str) -> None:
    database = open_database(database_url)
    with database.begin() as connection:
        before = fill(connection, revision)
    assert all(len(rows) == ROWS for rows in before.values()) and set(before) == tables_at(revision)
    migrate(database)
    with database.begin() as connection:
        assert revision_of(connection) == known_revisions()[-1]
        after = read(connection, known_revisions()[-1])
        options = {"include_name": lambda name, kind, _: name != "sqlite_sequence"}
        assert compare_metadata(MigrationContext.configure(connection, opts=options), metadata) == []
    for table, rows in before.items():
        kept = [name for name in rows[0] if (table, name) not in GIVEN_UP]
        assert _columns(after[table], kept) == _columns(rows, kept), table
    _works(database)
    database.close()


def _columns(rows: Sequence[dict[str, Any]], names: Sequence[str]) -> list[list[Any]]:
    return sorted(([row[name] for name in names] for row in rows), key=repr)


def _works(database: Database) -> None:
    """Who was there before can be read, exported and erased; who comes now is answered."""
    with database.read() as connection:
        old = list(connection.execute(text("SELECT id FROM conversations")).scalars())
    assert len(old) == ROWS
    for each in old:
        assert Conversations(database).get(each) is not None
        assert export_conversation(database, each) is not None
        assert erase(database, each, START)
    talk = Talk(database)
    new = talk.begin()
    talk.write(new, "m1")
    talk.turn(Reply("javob"))
    assert [said for _, said in talk.texts(new)] == ["savol", "javob"]


def test_a_database_of_a_newer_program_is_left_alone_and_named_with_what_to_do(database: Database) -> None:
    with database.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(NewerDatabaseError) as refused:
        migrate(database)
    sentence = str(refused.value)
    for named in ("9999", known_revisions()[-1], "restore", database.engine.url.database):
        assert named in sentence
    with database.read() as connection:
        assert revision_of(connection) == "9999"
