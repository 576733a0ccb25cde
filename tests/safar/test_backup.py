"""`safar backup` and `safar restore` as a host uses them: another folder, live release, content, what erasure asks."""

import subprocess
import sys
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from conversations.conversation import Conversations
from conversations.database import Database, migrate, open_database
from conversations.erasure import erase
from foundation.clock import utc_now
from foundation.settings import PROJECT
from publishing.release import PARTS, Manifest, Releases
from safar.home_lock import home_lock
from tests.conversations.talk import Talk
from tests.ways.running_safar import own_environ

Safar = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def safar(tmp_path: Path) -> Safar:
    """A sub-command on a home folder below the test's own."""

    def run(*words: object, home: str = "home", **environ: str) -> "subprocess.CompletedProcess[str]":
        command = [sys.executable, "-m", "safar", *map(str, words)]
        settings = own_environ() | {"SAFAR_HOME": str(tmp_path / home)} | environ
        return subprocess.run(command, cwd=PROJECT, env=settings, capture_output=True, text=True, timeout=120)

    return run


def _database(tmp_path: Path, home: str = "home") -> Database:
    database = open_database(f"sqlite:///{tmp_path / home / 'safar.db'}")
    migrate(database)
    return database


def _release(home: Path, name: str) -> None:
    folder = home / "releases" / name
    for part in PARTS[:-1]:
        (folder / part).mkdir(parents=True)
    Releases(home).write_manifest(folder, Manifest(name, "", "", "", 0, 0, (), 0))
    (home / "live").write_text(name, "utf-8")


def test_a_backup_moves_to_another_folder_with_the_name_of_the_live_release(safar: Safar, tmp_path: Path) -> None:
    talk = Talk(_database(tmp_path))
    talk.now = utc_now()
    one = talk.begin()
    talk.write(one, "m1", "савол")
    _release(tmp_path / "home", "r1")
    made = safar("backup", tmp_path / "b", "--content")
    assert made.returncode == 0 and "release r1 is named" in made.stdout, made.stderr
    assert "савол" not in made.stdout + made.stderr
    assert "transcript: 1 rows" in made.stderr
    missing = safar("restore", tmp_path / "b", home="second")
    assert "r1 was live and is not in" in missing.stdout, missing.stderr
    _release(tmp_path / "third", "r1")
    (tmp_path / "third" / "live").unlink()
    done = safar("restore", tmp_path / "b", "--content", tmp_path / "content", home="third")
    assert "Release r1 is live again" in done.stdout, done.stderr
    assert (tmp_path / "third" / "live").read_text("utf-8").strip() == "r1"
    restored = Talk(_database(tmp_path, "third"))
    assert [said for _, said in restored.texts(one)] == ["савол"]
    topics = "topics.yml"
    assert (tmp_path / "content" / topics).read_bytes() == (PROJECT / "data" / topics).read_bytes()


def test_what_was_due_to_go_or_was_erased_a_short_while_ago_does_not_come_back(safar: Safar, tmp_path: Path) -> None:
    database = _database(tmp_path)
    talk = Talk(database)
    talk.now = utc_now() - timedelta(days=200)
    silent = talk.begin()
    talk.now = utc_now()
    erased, kept = talk.begin(), talk.begin()
    assert safar("backup", tmp_path / "b").returncode == 0
    erase(database, erased, talk.now)
    done = safar("restore", tmp_path / "b", "--replace")
    assert "1 conversations that were erased within the last day" in done.stdout, done.stderr
    assert "1 that have been silent" in done.stdout
    there = Conversations(database)
    assert [bool(there.get(each)) for each in (silent, erased, kept)] == [False, False, True]


def test_nothing_is_restored_beneath_a_running_safar(safar: Safar, tmp_path: Path) -> None:
    Talk(_database(tmp_path)).begin()
    assert safar("backup", tmp_path / "b").returncode == 0
    with home_lock(tmp_path / "home"):
        refused = safar("restore", tmp_path / "b", "--replace")
    assert (refused.returncode, "already runs" in refused.stderr, "Stop it" in refused.stderr) == (1, True, True)


def test_every_refusal_is_one_sentence(safar: Safar, tmp_path: Path) -> None:
    Talk(_database(tmp_path)).begin()
    (tmp_path / "b").write_bytes(b"words")
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "file").touch()
    for words, named in {
        ("backup", tmp_path / "b"): "already",
        ("backup", tmp_path / "none" / "b"): "none",
        ("restore", tmp_path / "b"): "damaged",
        ("restore", tmp_path / "nothing"): "nothing",
        ("restore", tmp_path / "b", "--content", tmp_path / "full"): "full",
    }.items():
        refused = safar(*words)
        assert (refused.returncode, refused.stdout) == (1, ""), words
        assert named in refused.stderr and "Traceback" not in refused.stderr, refused.stderr
