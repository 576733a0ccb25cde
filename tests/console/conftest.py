"""Fixtures of the console: a database with migrants who wait, a console on a real socket, operators."""

import uuid
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from conversations.conversation import Conversations
from conversations.database import Database, migrate, open_database
from conversations.handover import Handovers
from conversations.inbox import Inbox, NewMessage
from conversations.operators import Operators
from conversations.transcript import Transcript
from tests.console.running_console import ConsoleThread, Visitor

PASSWORD = "a long enough password"


class MovableClock:
    """A clock that stands at one moment until it is moved."""

    def __init__(self) -> None:
        self.at = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        """The present moment."""
        return self.at

    def move(self, **span: float) -> None:
        """Let time pass."""
        self.at += timedelta(**span)


class Street:
    """Migrants who write and ask for a person, without a gateway."""

    def __init__(self, database: Database, clock: MovableClock) -> None:
        self.database = database
        self.clock = clock
        self.conversations = Conversations(database)
        self.handovers = Handovers(database)
        self.transcript = Transcript(database)
        self._inbox = Inbox(database)

    def arrives(self, variant: str = "tg", country: str | None = "RU", citizenship: str | None = "TJ") -> str:
        """A new conversation on the web."""
        conversation = self.conversations.create("web", None, None, self.clock())
        self.conversations.remember(conversation.id, variant=variant, country=country, citizenship=citizenship)
        return conversation.id

    def writes(self, conversation_id: str, text: str, payload: str | None = None, danger: str = "none") -> str:
        """A message; gives its id."""
        message_id = uuid.uuid4().hex
        message = NewMessage(conversation_id, message_id, text, payload, danger, (), "tg")
        assert self._inbox.store(message, self.clock())
        return message_id

    def waits(self, text: str = "Кӯмак лозим", danger: str = "none", **about: str) -> str:
        """Somebody who has written this and asked for a person; gives the conversation's id."""
        conversation_id = self.arrives(**about)
        self.writes(conversation_id, text, danger=danger)
        assert self.handovers.open(conversation_id, "asked for a person", danger, self.clock())
        return conversation_id


@pytest.fixture
def clock() -> MovableClock:
    """The console's clock."""
    return MovableClock()


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    """An empty database."""
    opened = open_database(database_url)
    migrate(opened)
    yield opened
    opened.close()


@pytest.fixture
def street(database: Database, clock: MovableClock) -> Street:
    """The migrants."""
    return Street(database, clock)


@pytest.fixture
def environ(tmp_path: Path, database_url: str) -> dict[str, str]:
    """The console's settings."""
    return {"SAFAR_HOME": str(tmp_path / "home"), "SAFAR_DATABASE_URL": database_url}


@pytest.fixture
def console(environ: dict[str, str], database: Database, clock: MovableClock) -> Iterator[ConsoleThread]:
    """A running console."""
    running = ConsoleThread(environ, database, clock).start()
    yield running
    if running.thread and running.thread.is_alive():
        running.stop()


@pytest.fixture
def employ(database: Database, clock: MovableClock) -> Callable[[str], None]:
    """Give operators an account with `PASSWORD`; hashing it takes a while, so only for those who are needed."""

    def add(name: str) -> None:
        if name not in Operators(database).names():
            Operators(database).add(name, PASSWORD, clock())

    return add


@pytest.fixture
def visit(
    console: ConsoleThread, database: Database, clock: MovableClock, employ: Callable[[str], None]
) -> Iterator[Callable[..., Visitor]]:
    """People with browsers; with a name they have an account and an open session."""
    visitors: list[Visitor] = []

    def come(name: str | None = None, language: str = "en") -> Visitor:
        visitors.append(Visitor(console.url, language))
        if name:
            employ(name)
            visitors[-1].http.cookies.set("safar_console", Operators(database).open_session(name, clock()))
        return visitors[-1]

    yield come
    for each in visitors:
        each.http.close()
