"""The database dies by kill -9 and comes back: the gateway goes on, says so meanwhile, loses and doubles nothing."""

import asyncio
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from bot.channels.channel import OutgoingMessage, PartTaken
from bot.worker import LEASE_SECONDS
from conversations.database import migrate, open_database
from safar.database_watch import DatabaseWatch
from tests.bot.engine_stand_in import EngineStandIn
from tests.bot.running_gateway import GatewayThread
from tests.bot.test_delivery import Post, Postman
from tests.bot.web_person import WebPerson
from tests.ways.own_postgres import OwnPostgres, has_postgres
from tests.ways.running_safar import wait_until

AWAY_SECONDS = 1.5
pytestmark = pytest.mark.skipif(not has_postgres(), reason="the programs of PostgreSQL's server are absent")


@pytest.fixture
def postgres() -> Iterator[OwnPostgres]:
    with OwnPostgres() as running:
        yield running


@pytest.fixture
def environ(home: Path, postgres: OwnPostgres) -> dict[str, str]:
    return {"SAFAR_HOME": str(home), "SAFAR_DATABASE_URL": postgres.url}


@contextmanager
def _away(postgres: OwnPostgres) -> Iterator[None]:
    postgres.kill()
    yield
    postgres.start()


def test_what_is_written_meanwhile_is_refused_with_a_word_and_taken_afterwards(
    postgres: OwnPostgres,
    environ: dict[str, str],
    begin: Callable[[dict[str, str]], GatewayThread],
    meet: Callable[..., WebPerson],
    engine: EngineStandIn,
) -> None:
    gateway = begin(environ)
    person = meet(gateway.url)
    person.answer_to(person.write("before"))
    engine.delay_seconds = 2.0
    in_work = person.write("in work")
    wait_until(lambda: "in work" in engine.texts(), 10)
    with _away(postgres):
        refused = person.post({"id": "again", "text": "meanwhile"})
        assert (refused.status_code, refused.headers["Retry-After"]) == (503, "2")
        assert httpx.get(f"{gateway.url}/health", trust_env=False).status_code == 200
        ready = httpx.get(f"{gateway.url}/ready", timeout=15, trust_env=False)
        assert (ready.status_code, "database" in ready.json()["missing"]) == (503, True)
        time.sleep(AWAY_SECONDS)  # the turn ends and cannot be written
    began = time.monotonic()
    engine.delay_seconds = 0.0
    wait_until(lambda: person.post({"id": "again", "text": "meanwhile"}).status_code == 202, 10)
    for message_id in (in_work, "again"):
        person.answer_to(message_id, 30)
        assert len(person.answers_to(message_id)) == 1
    assert time.monotonic() - began < LEASE_SECONDS, "nobody waits for a lease"
    assert engine.turns[in_work] == 1
    said = [message["text"] for message in person.seen if message["sender"] == "bot"]
    assert said == ["answer to before", "answer to in work", "answer to meanwhile"]


class LastWords(Postman):
    """The platform takes the first message; before that can be noted, the database is dead."""

    def __init__(self, postgres: OwnPostgres) -> None:
        super().__init__()
        self._postgres = postgres

    async def send(self, message: OutgoingMessage, taken: PartTaken) -> None:
        if not self.sent:
            await asyncio.to_thread(self._postgres.kill)
            threading.Timer(AWAY_SECONDS, self._postgres.start).start()
        await super().send(message, taken)


async def test_what_a_messenger_has_taken_is_not_sent_again_because_the_database_died(postgres: OwnPostgres) -> None:
    database = open_database(postgres.url)
    migrate(database)
    post = Post(database)
    post.postman = LastWords(postgres)
    post.answer("1", "one|two", "three")
    async with post.delivering():
        async with asyncio.timeout(30):
            while len(post.postman.sent) < 3:
                await asyncio.sleep(0.05)
        await asyncio.sleep(1.5)
    assert [text for _, text in post.postman.sent] == ["one", "two", "three"]
    assert post.outcome() == [("delivered", None), ("delivered", None)]


async def test_what_needs_the_database_waits_for_it_and_the_log_says_so_once(postgres: OwnPostgres) -> None:
    lines: list[str] = []
    watch = DatabaseWatch(postgres.url, lambda process, line: lines.append(line))
    await asyncio.wait_for(watch.until_there(), 10)
    assert lines == []
    postgres.kill()
    waiting: Sequence[asyncio.Task[None]] = [asyncio.create_task(watch.until_there()) for _ in range(2)]
    await asyncio.sleep(AWAY_SECONDS)
    assert not any(each.done() for each in waiting)
    await asyncio.to_thread(postgres.start)
    await asyncio.wait_for(asyncio.gather(*waiting), 10)
    assert len(lines) == 2 and "cannot be used" in lines[0] and lines[1] == "the database is back"
