"""A database that a newer Safar has changed is refused by every command, in one sentence, and stays as it is."""

import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import text

from conversations.backup import back_up
from conversations.database import migrate, open_database
from conversations.revisions import known_revisions
from foundation.clock import utc_now
from foundation.settings import PROJECT
from tests.ways.running_safar import free_port, own_environ

COMMANDS = (
    ("-m", "safar", "run"),
    ("-m", "safar", "doctor"),
    ("-m", "safar", "operator", "list"),
    ("-m", "safar", "erase", "one"),
    ("-m", "safar", "export", "one"),
    ("-m", "safar", "backup", "copy"),
    ("-m", "safar", "restore", "older"),
    ("-m", "bot.gateway"),
    ("-m", "console.app"),
)


@pytest.fixture
def newer(tmp_path: Path) -> str:
    """The address of such a database."""
    url = f"sqlite:///{tmp_path / 'safar.db'}"
    database = open_database(url)
    migrate(database)
    back_up(database, tmp_path / "older", None, None, utc_now(), print)
    with database.begin() as connection:
        connection.execute(text("CREATE TABLE of_the_future (id INTEGER)"))
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    database.close()
    return url


@pytest.mark.parametrize("words", COMMANDS, ids=lambda words: " ".join(words[1:3]))
def test_it_is_named_with_its_revision_and_what_to_do(newer: str, tmp_path: Path, words: tuple[str, ...]) -> None:
    environ = {"SAFAR_HOME": str(tmp_path), "SAFAR_PORT": str(free_port()), "SAFAR_CONSOLE_PORT": str(free_port())}
    words = tuple(str(tmp_path / word) if word in ("copy", "older") else word for word in words)
    settings = own_environ() | environ | {"SAFAR_DATABASE_URL": newer}
    ended = subprocess.run(
        [sys.executable, *words], cwd=PROJECT, env=settings, capture_output=True, text=True, timeout=120
    )
    said = ended.stdout + ended.stderr
    assert ended.returncode != 0
    for named in ("newer Safar", str(tmp_path / "safar.db"), "9999", known_revisions()[-1], "safar restore"):
        assert named in said, said
    assert "Traceback" not in said
    assert not (tmp_path / "copy").exists()
    database = open_database(newer)
    with database.read() as connection:
        assert connection.execute(text("SELECT version_num FROM alembic_version")).scalar() == "9999"


def test_a_backup_of_before_takes_its_place_when_that_is_said(newer: str, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "safar", "restore", str(tmp_path / "older"), "--replace"]
    settings = own_environ() | {"SAFAR_HOME": str(tmp_path), "SAFAR_DATABASE_URL": newer}
    ended = subprocess.run(command, cwd=PROJECT, env=settings, capture_output=True, text=True, timeout=120)
    assert ended.returncode == 0, ended.stderr
    database = open_database(newer)
    migrate(database)
    with database.read() as connection:
        names = connection.execute(text("SELECT name FROM sqlite_master WHERE type = 'table'")).scalars().all()
    assert "of_the_future" not in names and "conversations" in names
