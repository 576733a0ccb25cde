"""Backup and restore: every value comes back, in either kind of database; what is damaged or newer changes nothing."""

import gzip
import json
import os
import stat
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import text

import conversations.backup_file
from conversations.backup import LEFT_OUT, back_up
from conversations.backup_file import BackupError
from conversations.database import Database, migrate, open_database
from conversations.reply import Reply
from conversations.restore import check_backup, restore
from conversations.revisions import known_revisions, revision_of, tables_at
from tests.conftest import HAS_POSTGRES, _on_postgres
from tests.conversations.filled import ROWS, Rows, fill, read
from tests.conversations.talk import START, Talk

KINDS = ["sqlite", "postgresql"] if HAS_POSTGRES else ["sqlite"]
Make = Callable[[str], Database]


@pytest.fixture
def make(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Make]:
    """Databases of a kind, each in a place of its own."""
    opened: list[Database] = []
    dropped: list[str] = []

    def fresh(kind: str) -> Database:
        name = f"safar_test_{uuid.uuid4().hex[:12]}"
        url = f"sqlite:///{tmp_path / name}.db"
        if kind == "postgresql":
            server = request.getfixturevalue("postgres_database")
            _on_postgres(server, f'CREATE DATABASE "{name}"')
            dropped.append(name)
            url = f"{server.rsplit('/', 1)[0]}/{name}"
        opened.append(open_database(url))
        return opened[-1]

    yield fresh
    for each in opened:
        each.close()
    for name in dropped:
        _on_postgres(request.getfixturevalue("postgres_database"), f'DROP DATABASE "{name}" WITH (FORCE)')


def _back_up(database: Database, path: Path) -> Path:
    back_up(database, path, "r1", None, START, print)
    return path


def _rows(database: Database) -> Rows:
    with database.read() as connection:
        return read(connection, known_revisions()[-1])


def _same(one: Rows, other: Rows) -> bool:
    def plain(rows: Rows) -> str:
        told = {name: each for name, each in rows.items() if name not in LEFT_OUT}
        return json.dumps(told, default=str, sort_keys=True).replace("+00:00", "")

    return plain(one) == plain(other)


@pytest.mark.parametrize("source", KINDS)
@pytest.mark.parametrize("target", KINDS)
def test_every_value_of_every_table_comes_back_in_either_kind_of_database(
    make: Make, tmp_path: Path, source: str, target: str
) -> None:
    one, other = make(source), make(target)
    with one.begin() as connection:
        before = fill(connection, known_revisions()[-1])
    file = _back_up(one, tmp_path / "safar.backup")
    assert stat.S_IMODE(os.stat(file).st_mode) == 0o600
    assert [path.name for path in tmp_path.iterdir() if "copy" in path.name or "unfinished" in path.name] == []
    one.close()
    done = restore(other, file, False, print)
    after = _rows(other)
    assert _same(before, after)
    assert after["operator_sessions"] == [], "operators sign in again"
    assert done.rows == ROWS * (len(before) - len(LEFT_OUT))
    assert (done.heading.live, done.heading.database) == ("r1", source)


@pytest.mark.parametrize("revision", known_revisions()[:-1])
def test_a_backup_of_an_older_program_is_made_without_a_change_and_brought_up_to_date_when_restored(
    make: Make, tmp_path: Path, revision: str
) -> None:
    for kind in KINDS:
        old, new = make(kind), make(kind)
        with old.begin() as connection:
            before = fill(connection, revision)
        file = _back_up(old, tmp_path / f"{kind}.backup")
        with old.read() as connection:
            assert revision_of(connection) == revision
        old.close()
        restore(new, file, False, print)
        with new.read() as connection:
            assert revision_of(connection) == known_revisions()[-1]
        after = _rows(new)
        assert all(len(after[name]) == len(before[name]) for name in set(before) & set(after) - LEFT_OUT)


@pytest.mark.parametrize("kind", KINDS)
def test_numbers_that_were_given_before_are_not_given_again(make: Make, tmp_path: Path, kind: str) -> None:
    old, new = make(kind), make(kind)
    migrate(old)
    talk = Talk(old)
    one = talk.begin()
    for number in range(5):
        talk.write(one, f"m{number}")
    highest = talk.said(one)[-1].cursor
    with old.begin() as connection:
        for table in ("inbox", "transcript"):
            connection.execute(text(f"DELETE FROM {table}"))
    old.close()
    restore(new, _back_up(old, tmp_path / "b"), False, print)
    talk = Talk(new)
    talk.write(one, "new")
    assert talk.said(one)[0].cursor > highest


@pytest.mark.parametrize("kind", KINDS)
def test_what_was_waiting_for_an_answer_gets_it_after_the_restore(make: Make, tmp_path: Path, kind: str) -> None:
    old, new = make(kind), make(kind)
    migrate(old)
    talk = Talk(old)
    one = talk.begin()
    talk.write(one, "m1", "биринчи")
    talk.turn(Reply("жооп"))
    talk.write(one, "m2", "экинчи")
    talk.claim()  # and the worker that has it goes down with the machine
    file = _back_up(old, tmp_path / "b")
    old.close()
    restore(new, file, False, print)
    again = Talk(new)
    again.wait(3600)
    again.turn(Reply("экинчи жооп"))
    assert [said for _, said in again.texts(one)] == ["биринчи", "жооп", "экинчи", "экинчи жооп"]


@pytest.mark.parametrize("kind", KINDS)
def test_a_full_database_is_replaced_only_when_that_is_said(make: Make, tmp_path: Path, kind: str) -> None:
    old, full = make(kind), make(kind)
    migrate(old)
    file = _back_up(old, tmp_path / "b")
    old.close()
    migrate(full)
    talk = Talk(full)
    one = talk.begin()
    with pytest.raises(BackupError, match="--replace"):
        restore(full, file, False, print)
    assert talk.get(one)
    restore(full, file, True, print)
    assert _rows(full)["conversations"] == []


def _cut(whole: bytes) -> bytes:
    return whole[: len(whole) // 2]


def _flip(whole: bytes) -> bytes:
    middle = len(whole) // 2
    return whole[:middle] + bytes([whole[middle] ^ 0xFF]) + whole[middle + 1 :]


def _change_a_word(whole: bytes) -> bytes:
    return gzip.compress(gzip.decompress(whole).replace(b"savol", b"javob"))


def _without_a_row(whole: bytes) -> bytes:
    lines = gzip.decompress(whole).splitlines(keepends=True)
    return gzip.compress(b"".join(line for line in lines if b"savol" not in line))


def _without_the_end(whole: bytes) -> bytes:
    return gzip.compress(b"".join(gzip.decompress(whole).splitlines(keepends=True)[:-1]))


def _something_else(_: bytes) -> bytes:
    return b"SQLite format 3\0" * 100


DAMAGES = (_cut, _flip, _change_a_word, _without_a_row, _without_the_end, _something_else, lambda _: b"")


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_file_is_refused_and_nothing_is_changed(
    database: Database, tmp_path: Path, damage: Callable[[bytes], bytes]
) -> None:
    talk = Talk(database)
    one = talk.begin()
    talk.write(one, "m1")
    file = _back_up(database, tmp_path / "b")
    whole = file.read_bytes()
    assert check_backup(file).live == "r1"
    file.write_bytes(damage(whole))
    with pytest.raises(BackupError, match=f"{file} is damaged or no backup"):
        restore(database, file, True, print)
    assert [said for _, said in talk.texts(one)] == ["savol"]


@pytest.mark.parametrize(("field", "value"), [("safar_backup", 2), ("revision", "9999")])
def test_a_file_of_a_newer_program_is_refused_and_named(
    database: Database, tmp_path: Path, field: str, value: object
) -> None:
    file = _back_up(database, tmp_path / "b")
    first, *others = gzip.decompress(file.read_bytes()).splitlines(keepends=True)
    changed = json.dumps(json.loads(first) | {field: value}).encode() + b"\n"
    file.write_bytes(gzip.compress(b"".join([changed, *others])))
    with pytest.raises(BackupError, match="newer Safar"):
        restore(database, file, True, print)


def test_a_backup_overwrites_nothing_and_one_that_fails_leaves_nothing(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    Talk(database).begin()
    file = _back_up(database, tmp_path / "b")
    kept = file.read_bytes()
    with pytest.raises(BackupError, match="already"):
        _back_up(database, file)
    assert file.read_bytes() == kept
    with pytest.raises(BackupError, match="cannot be written"):
        _back_up(database, tmp_path / "no folder" / "b")
    before = set(tmp_path.iterdir())

    def is_full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(conversations.backup_file.os, "fsync", is_full)
    with pytest.raises(BackupError, match="No space left"):
        _back_up(database, tmp_path / "c")
    assert set(tmp_path.iterdir()) == before


def test_a_database_without_tables_is_said_to_hold_nothing(database_url: str, tmp_path: Path) -> None:
    database = open_database(database_url)
    with pytest.raises(BackupError, match="nothing to back up"):
        _back_up(database, tmp_path / "b")
    assert not (tmp_path / "b").exists()
    database.close()


def test_a_restore_that_breaks_off_leaves_the_database_as_it_was(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    talk = Talk(database)
    one = talk.begin()
    talk.write(one, "m1")
    file = _back_up(database, tmp_path / "b")
    before = _rows(database)

    def breaks(line: str) -> None:
        if line.startswith("transcript"):
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        restore(database, file, True, breaks)
    assert _same(before, _rows(database))
    assert set(before) == tables_at(known_revisions()[-1])


@pytest.mark.skipif(not HAS_POSTGRES, reason="no PostgreSQL")
def test_on_postgresql_nothing_is_restored_while_somebody_works_with_the_database(make: Make, tmp_path: Path) -> None:
    busy = make("postgresql")
    migrate(busy)
    file = _back_up(busy, tmp_path / "b")
    beside = open_database(busy.engine.url.render_as_string(hide_password=False))
    with beside.read(), pytest.raises(BackupError, match="still works with this database"):
        restore(busy, file, True, print)
    beside.close()
    busy.close()
    restore(busy, file, True, print)
