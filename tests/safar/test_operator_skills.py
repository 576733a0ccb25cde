"""`safar operator`: what an operator takes on is set, shown, and refused with the right words."""

import io
from pathlib import Path

import pytest

from conversations.database import migrate, open_database
from conversations.desks import Desks
from safar.main import main


@pytest.fixture
def desks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desks:
    """The desks of a home of its own, with one operator."""
    monkeypatch.setenv("SAFAR_HOME", str(tmp_path))
    monkeypatch.setattr("sys.stdin", io.StringIO("a long password\n"))
    database = open_database(f"sqlite:///{tmp_path / 'safar.db'}")
    migrate(database)
    added = main(["operator", "add", "Madina", "--password-stdin", "--languages", "uz,tg", "--limit", "4"])
    assert added == 0
    return Desks(database)


def test_what_is_named_is_set_and_the_rest_stays(desks: Desks, capsys: pytest.CaptureFixture[str]) -> None:
    set_more = ["--topics", "work,bans.appeal", "--countries", "ru,KZ", "--teams", "night,day"]
    assert main(["operator", "set", "Madina", *set_more]) == 0
    desk = desks.of("Madina")
    assert (desk.languages, desk.topics, desk.countries) == (("uz", "tg"), ("work", "bans.appeal"), ("RU", "KZ"))
    assert (desk.open_limit, desk.teams) == (4, ("day", "night"))
    assert main(["operator", "set", "Madina", "--languages", "all", "--limit", "none", "--teams", "none"]) == 0
    desk = desks.of("Madina")
    assert (desk.languages, desk.open_limit, desk.teams, desk.topics) == ((), None, (), ("work", "bans.appeal"))
    capsys.readouterr()
    assert main(["operator", "list"]) == 0
    assert "Madina  languages all  topics work,bans.appeal  countries RU,KZ" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("option", "value", "words"),
    [
        ("--languages", "uz,de", "de is not known; choose out of ru, uz, tg"),
        ("--topics", "cooking", "cooking is not known"),
        ("--topics", "meta.human", "meta.human is not known"),
        ("--countries", "XX", "XX is not known"),
        ("--limit", "0", "not a number from 1 to 100"),
        ("--limit", "many", "not a number from 1 to 100"),
        ("--teams", "a:b", "without a colon"),
        ("--languages", ",", "nothing is named"),
    ],
)
def test_a_wrong_value_changes_nothing_and_says_what_would_be_right(
    desks: Desks, capsys: pytest.CaptureFixture[str], option: str, value: str, words: str
) -> None:
    before = desks.of("Madina")
    assert main(["operator", "set", "Madina", option, value]) == 1
    assert words in capsys.readouterr().err
    assert desks.of("Madina") == before


def test_nobody_of_that_name_is_said(desks: Desks, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["operator", "set", "Nobody", "--limit", "2"]) == 1
    assert "there is no operator 'Nobody'" in capsys.readouterr().err
