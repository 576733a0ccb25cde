"""`safar erase`: one conversation, or all that have been silent for long, with a look first that shows no word."""

from datetime import timedelta
from pathlib import Path

import pytest

from conversations.conversation import Conversations
from conversations.database import migrate, open_database
from conversations.handover import Handovers
from foundation.clock import utc_now
from safar.main import main


@pytest.fixture
def conversations(database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Conversations:
    monkeypatch.setenv("SAFAR_DATABASE_URL", database_url)
    monkeypatch.setenv("SAFAR_HOME", str(tmp_path))
    database = open_database(database_url)
    migrate(database)
    for days in (100, 95, 10):
        one = Conversations(database).create("telegram", f"7000{days}", None, utc_now() - timedelta(days=days))
        if days == 95:
            Handovers(database).open(one.id, "wish", "none", utc_now())
    return Conversations(database)


def test_a_dry_run_says_how_many_and_how_old_and_deletes_nothing(
    conversations: Conversations, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["erase", "--silent-days", "90", "--dry-run"]) == 0
    said = capsys.readouterr().out
    oldest = utc_now() - timedelta(days=100)
    assert (
        f"1 conversations, silent for more than 90 days, would be deleted; the longest silent since {oldest:%Y-%m-%d}"
        in said
    )
    assert "1 more are as silent, but wait for an operator" in said
    assert "7000" not in said
    assert all(conversations.by_address("telegram", f"7000{days}") for days in (100, 95, 10))


def test_all_that_are_silent_are_deleted_but_those_with_operators(
    conversations: Conversations, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["erase", "--silent-days", "90", "--clean"]) == 0
    said = capsys.readouterr()
    assert "1 conversations are deleted." in said.out and "written anew" in said.out
    assert "1 of 1" in said.err
    found = [conversations.by_address("telegram", f"7000{days}") is not None for days in (100, 95, 10)]
    assert found == [False, True, True]


def test_one_conversation_is_deleted_by_its_id(
    conversations: Conversations, capsys: pytest.CaptureFixture[str]
) -> None:
    one = conversations.by_address("telegram", "700010")
    assert one and main(["erase", one.id]) == 0
    assert conversations.get(one.id) is None
    assert main(["erase", one.id]) == 1
    assert "nothing was deleted" in capsys.readouterr().err


@pytest.mark.parametrize("words", [[], ["x", "--silent-days", "3"], ["x", "--dry-run"], ["--dry-run"]])
def test_what_is_not_clear_deletes_nothing(
    conversations: Conversations, capsys: pytest.CaptureFixture[str], words: list[str]
) -> None:
    assert main(["erase", *words]) == 2
    assert "name one conversation, or --silent-days" in capsys.readouterr().err
