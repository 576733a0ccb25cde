"""Operators: passwords are never stored, sessions end."""

from datetime import timedelta

import pytest
from sqlalchemy import text

from conversations.database import Database
from conversations.operators import SESSION_HOURS, OperatorExistsError, Operators
from tests.conversations.talk import START


@pytest.fixture
def operators(database: Database) -> Operators:
    made = Operators(database)
    made.add("Dilnoza", "olma anor uzum", START)
    return made


def test_only_the_right_password_of_the_right_operator_is_accepted(operators: Operators) -> None:
    assert operators.verify("Dilnoza", "olma anor uzum")
    assert operators.verify(" Dilnoza ", "olma anor uzum")
    assert not operators.verify("Dilnoza", "olma anor")
    assert not operators.verify("Aziz", "olma anor uzum")
    assert not operators.verify("", "")


def test_a_name_is_given_once(operators: Operators) -> None:
    with pytest.raises(OperatorExistsError):
        operators.add("Dilnoza ", "x", START)
    assert operators.verify("Dilnoza", "olma anor uzum")
    assert operators.names() == ("Dilnoza",)


@pytest.mark.parametrize(("name", "password"), [("", "x"), ("  ", "x"), ("Aziz", "")])
def test_an_empty_name_or_password_is_refused(operators: Operators, name: str, password: str) -> None:
    with pytest.raises(ValueError):
        operators.add(name, password, START)


def test_a_session_is_known_by_its_token_until_it_ends(operators: Operators) -> None:
    token, other = operators.open_session("Dilnoza", START), operators.open_session("Dilnoza", START)
    assert token != other
    assert operators.by_session(token, START) == "Dilnoza"
    assert operators.by_session("x", START) is None
    operators.end_session(token)
    assert operators.by_session(token, START) is None
    assert operators.by_session(other, START + timedelta(hours=SESSION_HOURS)) is None


def test_who_is_removed_is_out_at_once(operators: Operators) -> None:
    token = operators.open_session("Dilnoza", START)
    assert operators.remove("Dilnoza")
    assert not operators.remove("Dilnoza")
    assert operators.by_session(token, START) is None
    assert not operators.verify("Dilnoza", "olma anor uzum")


def test_neither_password_nor_token_is_stored(operators: Operators, database: Database) -> None:
    token = operators.open_session("Dilnoza", START)
    with database.read() as connection:
        stored = str(connection.execute(text("SELECT * FROM operators")).all())
        stored += str(connection.execute(text("SELECT * FROM operator_sessions")).all())
    assert "$argon2id$" in stored
    assert "olma" not in stored
    assert token not in stored
