"""A backup that is made while people write: what was stored before is all there, and no conversation is in halves."""

import subprocess
import sys
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
from sqlalchemy import text

from conversations.database import Database, open_database
from tests.bot.engine_stand_in import EngineStandIn
from tests.bot.running_gateway import ROOT, GatewayThread
from tests.bot.web_person import WebPerson
from tests.ways.running_safar import own_environ

PEOPLE = 12
SAFAR = (sys.executable, "-m", "safar")
HALVES = """
SELECT count(*) FROM inbox
LEFT JOIN transcript ON transcript.conversation_id = inbox.conversation_id AND transcript.message_id = inbox.message_id
LEFT JOIN transcript AS answer ON answer.cursor = transcript.answered_by
WHERE transcript.cursor IS NULL
   OR (inbox.outcome = 'done' AND answer.cursor IS NULL)
   OR (inbox.done_at IS NULL AND answer.cursor IS NOT NULL)
"""
ANSWERED = "SELECT count(*) FROM inbox WHERE outcome = 'done'"


class Crowd:
    """People who write without a pause, each the next message when the one before is stored."""

    def __init__(self, people: list[WebPerson]) -> None:
        self._people = people
        self._is_over = threading.Event()
        self._pool = ThreadPoolExecutor(len(people))
        self.stored: dict[str, list[str]] = {person.conversation: [] for person in people}
        self._talks = [self._pool.submit(self._talk, person) for person in people]

    def until(self, each_has: int) -> dict[str, list[str]]:
        """Wait until everybody has stored so many; gives the ids of all that is stored now."""
        pause = threading.Event()
        while min(len(ids) for ids in self.stored.values()) < each_has:
            pause.wait(0.02)
        return {conversation: list(ids) for conversation, ids in self.stored.items()}

    def end(self) -> None:
        """Stop writing; raises what went wrong."""
        self._is_over.set()
        for talk in self._talks:
            talk.result(20)
        self._pool.shutdown()

    def _talk(self, person: WebPerson) -> None:
        number = 0
        while not self._is_over.wait(0.03):
            number += 1
            self.stored[person.conversation].append(person.write(f"савол {number}"))


def _safar(environ: dict[str, str], *words: str) -> str:
    done = subprocess.run([*SAFAR, *words], cwd=ROOT, env=own_environ() | environ, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_a_backup_under_load_holds_all_that_was_stored_before_it_and_restores_elsewhere(
    environ: dict[str, str],
    begin: Callable[..., GatewayThread],
    meet: Callable[..., WebPerson],
    engine: EngineStandIn,
    tmp_path: Path,
) -> None:
    environ |= {"SAFAR_MESSAGES_PER_MINUTE": "100000"}
    gateway = begin(environ)
    people = [meet(gateway.url) for _ in range(PEOPLE)]
    crowd, file = Crowd(people), tmp_path / "safar.backup"
    before = crowd.until(each_has=5)
    said = _safar(environ, "backup", str(file))
    assert "transcript" not in said and "rows" in said
    crowd.until(each_has=max(len(ids) for ids in before.values()) + 3)
    crowd.end()
    after = crowd.stored
    gateway.stop()

    elsewhere = tmp_path / "elsewhere"
    there = environ | {"SAFAR_HOME": str(elsewhere), "SAFAR_DATABASE_URL": f"sqlite:///{elsewhere / 'safar.db'}"}
    assert "is restored" in _safar(there, "restore", str(file))
    database = open_database(there["SAFAR_DATABASE_URL"])
    stored = _stored(database)
    for conversation, ids in before.items():
        kept = stored[conversation]
        assert kept[: len(ids)] == ids, "all that was stored before the backup, in its order"
        assert kept == after[conversation][: len(kept)], "and then no gap"
    with database.read() as connection:
        assert connection.execute(text(ANSWERED)).scalar() > PEOPLE
        assert connection.execute(text(HALVES)).scalar() == 0
    database.close()
    _goes_on(begin({**environ, **there, "SAFAR_HOME": environ["SAFAR_HOME"]}), people[0], before)


def _stored(database: Database) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    asked = "SELECT conversation_id, message_id FROM transcript WHERE message_id IS NOT NULL ORDER BY cursor"
    with database.read() as connection:
        for row in connection.execute(text(asked)):
            found.setdefault(row.conversation_id, []).append(row.message_id)
    return found


def _goes_on(gateway: GatewayThread, person: WebPerson, before: dict[str, list[str]]) -> None:
    """With the token of old, the person finds everything, and each message has exactly one answer in the end."""
    person.http = httpx.Client(base_url=gateway.url, timeout=30, trust_env=False)
    person.cursor, person.seen = 0, []
    for message_id in before[person.conversation]:
        assert person.answer_to(message_id)
    person.answer_to(person.write("бо шумо ҳамон ҷо?"))
    for message_id in before[person.conversation]:
        assert len(person.answers_to(message_id)) == 1
