"""Fixtures of the gateway: a home with a small release, an engine stand-in, a gateway on a real socket, people."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from conversations.database import Database, migrate, open_database
from guidance.danger import DangerDetector
from guidance.danger_phrases import Phrases
from guidance.danger_signs import Level
from language.identify import Identifier
from tests.bot.engine_stand_in import EngineStandIn
from tests.bot.running_gateway import GatewayThread
from tests.bot.web_person import WebPerson

ROOT = Path(__file__).parents[2]
PHRASES = {"violence": ["он меня убьёт"], "papers_kept": ["забрал паспорт"]}
SIGN_LEVELS: dict[str, Level] = {"violence": "urgent", "papers_kept": "concern"}


@pytest.fixture(scope="session")
def identifier() -> Identifier:
    """The language model of the repository."""
    return Identifier.load()


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A home with a live release; its danger detector knows the phrases of `PHRASES` only."""
    release = tmp_path / "home" / "releases" / "r1"
    shutil.copytree(ROOT / "data" / "guidance", release / "content" / "guidance")
    (release / "content" / "responses").mkdir()
    for name in ("gateway.yml", "danger.yml"):
        shutil.copy(ROOT / "data" / "responses" / name, release / "content" / "responses")
    DangerDetector(None, Phrases(PHRASES), SIGN_LEVELS).save(release / "danger")
    (tmp_path / "home" / "live").write_text("r1", "utf-8")
    return tmp_path / "home"


@pytest.fixture
def environ(home: Path, database_url: str) -> dict[str, str]:
    """The settings of a gateway on a fresh database."""
    return {"SAFAR_HOME": str(home), "SAFAR_DATABASE_URL": database_url}


@pytest.fixture
def sqlite_environ(home: Path) -> dict[str, str]:
    """The same on SQLite alone, for what has nothing to do with the kind of database."""
    return {"SAFAR_HOME": str(home), "SAFAR_DATABASE_URL": f"sqlite:///{home / 'safar.db'}"}


@pytest.fixture
def engine(home: Path) -> Iterator[EngineStandIn]:
    """A running engine."""
    stand_in = EngineStandIn(home)
    stand_in.start()
    yield stand_in
    stand_in.stop()


@pytest.fixture
def begin(identifier: Identifier) -> Iterator[Callable[[dict[str, str]], GatewayThread]]:
    """Start gateways with these settings; they are stopped at the end."""
    begun: list[GatewayThread] = []

    def start(environ: dict[str, str]) -> GatewayThread:
        begun.append(GatewayThread(environ, identifier).start())
        return begun[-1]

    yield start
    for gateway in begun:
        if gateway.thread and gateway.thread.is_alive():
            gateway.stop()


@pytest.fixture
def meet() -> Iterator[Callable[..., WebPerson]]:
    """People who begin a conversation at an address."""
    people: list[WebPerson] = []

    def person(url: str, language: str | None = None) -> WebPerson:
        people.append(WebPerson(url, language))
        return people[-1]

    yield person
    for each in people:
        each.close()


@pytest.fixture
def database(environ: dict[str, str]) -> Iterator[Database]:
    """The gateway's database, as the console sees it."""
    opened = open_database(environ["SAFAR_DATABASE_URL"])
    migrate(opened)
    yield opened
    opened.close()
