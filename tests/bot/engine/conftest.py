"""Fixtures for the engine: Rasa importable, a model trained once, an action server, a running engine."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from bot.engine.serve import prepare
from conversations.database import migrate, open_database
from tests.bot.engine.action_server import ActionServer
from tests.bot.engine.running_engine import PROJECT, RunningEngine, train
from tests.bot.engine.tiny_encoder import make_encoder

prepare(os.environ)


@pytest.fixture(scope="session")
def encoder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a small encoder that knows the words of the test project."""
    examples = (PROJECT / "data" / "nlu.yml").read_text("utf-8").splitlines()
    return make_encoder(tmp_path_factory.mktemp("encoder"), [line.strip(" -") for line in examples])


@pytest.fixture(scope="session")
def model(encoder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A model of the test project, trained for real."""
    return train(tmp_path_factory.mktemp("model"), encoder)


@pytest.fixture(scope="session")
def shared_actions() -> Iterator[ActionServer]:
    """The action server of the shared engine."""
    server = ActionServer()
    yield server
    server.close()


@pytest.fixture(scope="session")
def engine(
    model: Path, shared_actions: ActionServer, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[RunningEngine]:
    """One running engine on SQLite for all tests that leave it alive; each test takes its own sender."""
    folder = tmp_path_factory.mktemp("engine")
    running = RunningEngine(model, migrated(f"sqlite:///{folder / 'safar.db'}"), shared_actions.url, folder)
    yield running
    running.stop()


@pytest.fixture
def actions() -> Iterator[ActionServer]:
    """An action server of one's own."""
    server = ActionServer()
    yield server
    server.close()


@pytest.fixture
def start_engine(model: Path, tmp_path: Path, actions: ActionServer) -> Iterator[Callable[[str], RunningEngine]]:
    """Start an engine of one's own on a database; it is stopped afterwards."""
    started: list[RunningEngine] = []

    def start(database_url: str) -> RunningEngine:
        folder = tmp_path / f"engine-{len(started)}"
        folder.mkdir()
        started.append(RunningEngine(model, migrated(database_url), actions.url, folder))
        return started[-1]

    yield start
    for running in started:
        running.stop()


def migrated(database_url: str) -> str:
    """The address of a database that has all tables."""
    database = open_database(database_url)
    migrate(database)
    database.close()
    return database_url
