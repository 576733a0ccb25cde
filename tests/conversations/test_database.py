"""Opening and migrating: clear sentences on failure, tables as declared, several processes at once."""

import os
import socket
import stat
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import text
from sqlalchemy.exc import StatementError

from conversations.conversation import Conversations
from conversations.database import Database, DatabaseUnreachableError, migrate, open_database
from conversations.tables import metadata

ROOT = Path(__file__).parents[2]
MIGRATE = "import sys; from conversations.database import *; migrate(open_database(sys.argv[1]))"


def test_the_migrations_make_exactly_the_declared_tables(database: Database) -> None:
    with database.read() as connection:
        options = {"include_name": lambda name, kind, _: name != "sqlite_sequence"}
        differences = compare_metadata(MigrationContext.configure(connection, opts=options), metadata)
    assert differences == []


def test_migrating_again_changes_nothing(database: Database) -> None:
    migrate(database)
    with database.read() as connection:
        assert connection.execute(text("SELECT version_num FROM alembic_version")).scalars().all() == ["0005"]


def test_several_processes_may_migrate_a_new_database_at_once(database_url: str) -> None:
    command = [sys.executable, "-W", "error::DeprecationWarning:conversations", "-c", MIGRATE, database_url]
    started = [subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE) for _ in range(3)]
    errors = [process.communicate(timeout=60)[1].decode() for process in started]
    assert [process.returncode for process in started] == [0, 0, 0], errors


def test_several_threads_may_migrate_at_once(database_url: str) -> None:
    opened = open_database(database_url)
    with ThreadPoolExecutor(4) as threads:
        list(threads.map(lambda _: migrate(opened), range(4)))
    opened.close()


def test_a_database_of_a_newer_program_is_refused_in_one_sentence(database: Database) -> None:
    with database.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(DatabaseUnreachableError, match="newer Safar"):
        migrate(database)


def test_a_server_that_does_not_answer_is_named_without_its_password() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
        with pytest.raises(DatabaseUnreachableError) as refused:
            open_database(f"postgresql://safar:geheim@127.0.0.1:{port}/safar")
    assert f"127.0.0.1:{port}" in str(refused.value)
    assert "geheim" not in str(refused.value)
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize("url", ["nonsense", "oracle9://x/y", "sqlite://", "sqlite:////proc/none/safar.db"])
def test_an_address_that_cannot_be_used_is_refused(url: str) -> None:
    with pytest.raises(DatabaseUnreachableError):
        open_database(url)


def test_a_file_that_is_no_database_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "safar.db"
    file.write_bytes(b"these are words, not a database" * 100)
    with pytest.raises(DatabaseUnreachableError, match="not a database"):
        open_database(f"sqlite:///{file}")


def test_a_new_file_and_its_folder_are_made_and_only_the_owner_can_read_it(tmp_path: Path) -> None:
    file = tmp_path / "new" / "safar.db"
    opened = open_database(f"sqlite:///{file}")
    migrate(opened)
    assert stat.S_IMODE(os.stat(file).st_mode) & 0o077 == 0
    with opened.read() as connection:
        assert connection.execute(text("PRAGMA journal_mode")).scalar() == "wal"
    opened.close()


def test_an_exception_takes_everything_back(database: Database) -> None:
    with pytest.raises(RuntimeError), database.begin() as connection:
        connection.execute(text("INSERT INTO totals (name, value) VALUES ('messages', 1)"))
        raise RuntimeError
    with database.read() as connection:
        assert connection.execute(text("SELECT count(*) FROM totals")).scalar() == 0


def test_a_time_without_a_zone_is_refused(database: Database) -> None:
    with pytest.raises(StatementError, match="no time zone"):
        Conversations(database).create("web", None, None, datetime(2026, 11, 21))
