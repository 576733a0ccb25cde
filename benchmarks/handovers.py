"""Violations of the handover in simulated turns, with the gateway killed between them: python -m benchmarks.handovers

A real gateway process on a database of its own, an engine's stand-in, people on the web chat, operators who take,
answer, pass on, forget, give back and close. Wanted: no violation.
"""

import argparse
import os
import random
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

import httpx

from benchmarks.handover_violations import spans_of, violations
from conversations.conversation import Conversation
from conversations.database import Database, migrate, open_database
from conversations.desks import Desks
from conversations.handover import Handovers, NotHolderError
from conversations.operators import Operators
from conversations.reply import Reply
from conversations.returning import Returning
from conversations.transcript import Message, Transcript
from conversations.transfers import TransferError, Transfers
from foundation.clock import utc_now
from tests.bot.engine_stand_in import EngineStandIn
from tests.bot.running_gateway import GatewayProcess
from tests.bot.web_person import WebPerson

PEOPLE = 40
OPERATORS = ("Aziz", "Dilnoza", "Madina", "Rustam")
FORGETFUL = "Rustam"
PERSON, BACK = "/meta.human", "back_to_bot"
CALLED = [{"text": "called"}, {"custom": {"command": "open_handover", "reason": "asked for a person"}}]
PATIENCE = timedelta(seconds=2)
LONGEST_SECONDS = 120.0
LISTENS_SECONDS = 1.5


@dataclass
class Simulation:
    """What goes on at once; `written` holds the ids that the gateway has acknowledged, by conversation."""

    gateway: GatewayProcess
    database: Database
    turns: int
    kills: int
    seed: int
    written: dict[str, list[str]] = field(default_factory=dict)
    done: Counter[str] = field(default_factory=Counter)
    is_over: threading.Event = field(default_factory=threading.Event)

    def run(self, people: int) -> list[str]:
        """Let all of it happen; gives the violations."""
        met = [WebPerson(self.gateway.url, "ru") for _ in range(people)]
        self.written = {person.conversation: [] for person in met}
        with ThreadPoolExecutor(people + len(OPERATORS) + 1) as pool:
            talks = [pool.submit(self._talk, person, n, self.turns // people) for n, person in enumerate(met)]
            others = [pool.submit(self._operate, name) for name in OPERATORS]
            others.append(pool.submit(self._kill))
            for talk in talks:
                talk.result()
            self.is_over.set()
            for other in others:
                other.result()
        self._give_all_back()
        found = self._check()
        for person in met:
            person.close()
        return found

    def _talk(self, person: WebPerson, number: int, turns: int) -> None:
        chance = random.Random(self.seed + number)
        for turn in range(turns):
            body = {"id": f"{turn}-{person.conversation[:8]}"}
            draw = chance.random()
            said = (
                {"payload": PERSON} if draw < 0.12 else {"payload": BACK} if draw < 0.15 else {"text": f"Вопрос {turn}"}
            )
            self._send(person, body | said)
            self.written[person.conversation].append(body["id"])
            self.done["turns"] += 1
            _listen(person, body["id"], chance.random() * LISTENS_SECONDS)

    def _send(self, person: WebPerson, body: dict[str, str]) -> None:
        """As the page does it: the same id again until it is acknowledged."""
        end = time.monotonic() + LONGEST_SECONDS
        while time.monotonic() < end:
            try:
                if person.post(body).status_code == 202:
                    return
            except httpx.HTTPError:
                pass
            time.sleep(0.1)
        raise TimeoutError("the gateway acknowledges nothing")

    def _operate(self, name: str) -> None:
        chance = random.Random(f"{self.seed} {name}")
        handovers, desks = Handovers(self.database), Desks(self.database)
        while not self.is_over.wait(0.1):
            if not desks.of(name).is_there(utc_now() + timedelta(seconds=60)):
                desks.set(name, is_present=True, seen_at=utc_now())
            for waiting in handovers.queue()[:3]:
                if handovers.take(waiting.conversation_id, name, utc_now()):
                    self.done["taken"] += 1
            # One operator is forgetful: what is left unanswered goes back to the queue.
            is_forgetting = name == FORGETFUL and chance.random() < 0.97
            for held in () if is_forgetting else handovers.held(name):
                self._act(handovers, name, held.conversation_id, chance)
            self.done["returned"] += len(Returning(self.database).run(PATIENCE, _words, utc_now()))

    def _act(self, handovers: Handovers, name: str, conversation_id: str, chance: random.Random) -> None:
        draw, now = chance.random(), utc_now()
        transfers = Transfers(self.database)
        try:
            if draw < 0.4:
                handovers.answer(conversation_id, name, "Отвечаю", now)
            elif draw < 0.5:
                handovers.give_back(conversation_id, name, "Бот", now)
            elif draw < 0.55:
                handovers.close(conversation_id, name, "Бот", now)
            elif draw < 0.62:
                transfers.to_operator(conversation_id, name, chance.choice(OPERATORS), "", _words, now)
            elif draw < 0.65:
                transfers.to_team(conversation_id, name, "night", "", _words, now)
            self.done["acts"] += 1
        except (NotHolderError, TransferError):
            self.done["too late"] += 1

    def _kill(self) -> None:
        for number in range(1, self.kills + 1):
            while not self.is_over.wait(0.05) and self.done["turns"] < number * self.turns / (self.kills + 1):
                pass
            if self.is_over.is_set():
                return
            self.gateway.kill()
            self.gateway.start()
            self.done["kills"] += 1

    def _give_all_back(self) -> None:
        handovers, transcript = Handovers(self.database), Transcript(self.database)
        end = time.monotonic() + LONGEST_SECONDS
        while time.monotonic() < end:
            for conversation_id in self.written:
                handovers.withdraw(conversation_id, "Бот", utc_now())
            if not any(transcript.unanswered(each) for each in self.written):
                return
            time.sleep(0.5)

    def _check(self) -> list[str]:
        handovers, found = Handovers(self.database), []
        for conversation_id, ids in self.written.items():
            log, said = handovers.log(conversation_id), list(_everything(self.database, conversation_id))
            self.done["steps"] += len(log)
            for span in spans_of(log):
                inside = [each for each in said if each.message_id and span.after < each.cursor <= span.up_to]
                self.done[f"written while {span.state}"] += len(inside)
            found += violations(log, said)
            found += _unseen(ids, said)
        return found


def _listen(person: WebPerson, message_id: str, seconds: float) -> None:
    """Wait a while for an answer, as people do; while a person holds the conversation there may be none."""
    end = time.monotonic() + seconds
    while time.monotonic() < end and not person.answers_to(message_id):
        try:
            person.read(wait=min(0.5, seconds))
        except (httpx.HTTPError, AssertionError):
            time.sleep(0.1)


def _unseen(written: list[str], said: list[Message]) -> list[str]:
    stored = Counter(message.message_id for message in said if message.message_id)
    answers = Counter(each for message in said for each in message.answers)
    lost = [f"message {each}: stored {stored[each]} times" for each in written if stored[each] != 1]
    return lost + [f"message {each}: {answers[each]} answers" for each in written if answers[each] != 1]


def _everything(database: Database, conversation_id: str) -> Iterator[Message]:
    cursor, transcript = 0, Transcript(database)
    while more := transcript.after(conversation_id, cursor):
        yield from more
        cursor = more[-1].cursor


def _words(_conversation: Conversation) -> Reply:
    return Reply("Другой сотрудник", (), "system", answers_question=False)


@contextmanager
def simulation(folder: Path, port: int, turns: int, kills: int, seed: int, url: str = "") -> Iterator[Simulation]:
    """A gateway with its database (SQLite in the folder where `url` is empty) and operators, ready to run."""
    home = folder / "home"
    home.mkdir(parents=True)
    url = url or f"sqlite:///{folder / 'safar.db'}"
    database = open_database(url)
    migrate(database)
    for name in OPERATORS:
        Operators(database).add(name, "a long password", utc_now())
    Desks(database).set_teams("Rustam", ["night"])
    engine = EngineStandIn(home)
    engine.replies[PERSON] = CALLED
    engine.start()
    environ = {"SAFAR_HOME": str(home), "SAFAR_DATABASE_URL": url, "SAFAR_MESSAGES_PER_MINUTE": "0"}
    gateway = GatewayProcess(environ, port)
    gateway.start()
    try:
        yield Simulation(gateway, database, turns, kills, seed)
    finally:
        gateway.kill()
        engine.stop()
        database.close()


def main() -> int:
    """Run, print, and say by the exit status whether there was a violation."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--turns", type=int, default=10_000, help="messages of migrants in all")
    parser.add_argument("--kills", type=int, default=20, help="how often the gateway is killed")
    parser.add_argument("--port", type=int, default=18_931, help="a free port")
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    url = os.environ.get("SAFAR_DATABASE_URL", "")
    began = time.monotonic()
    with (
        tempfile.TemporaryDirectory() as folder,
        simulation(Path(folder), asked.port, asked.turns, asked.kills, asked.seed, url) as running,
    ):
        found = running.run(PEOPLE)
        done = ", ".join(f"{count} {name}" for name, count in sorted(running.done.items()))
    print(f"{done}, in {time.monotonic() - began:.0f} s")
    print(f"violations: {len(found)} (wanted 0)")
    for each in found[:20]:
        print(f"  {each}")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
