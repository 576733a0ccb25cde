"""A throng writes while processes of Safar, and the database, die by kill -9; then every message is accounted for."""

import asyncio
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from conversations.database import Database, open_database
from conversations.outage import is_outage
from language.variants import LANGUAGES
from language.wording import Wording
from tests.telegram_emulator import Fault, TelegramEmulator
from tests.ways.accounts import Account, accounts, in_flight, unanswered
from tests.ways.own_postgres import OwnPostgres
from tests.ways.running_safar import READY_SECONDS, RunningSafar, wait_until
from tests.ways.throng import Planned, Throng
from tests.whatsapp_emulator.emulator import WhatsAppEmulator

PATIENCE_SECONDS = 240.0
LOOK_EVERY_SECONDS = 0.5
DATABASE_AWAY_SECONDS = 2.0
"""So long the database stays away after its death, before somebody starts it again."""
PLATFORM_SECONDS = 0.15
"""So long a messenger takes to say that it has taken a message: it is far away, so that deliveries are in flight."""
MANY = 100_000


@dataclass(frozen=True)
class Outcome:
    """What became of a run; `drained_seconds` after the last message everything was answered."""

    accounts: dict[str, Account]
    kills: tuple[str, ...]
    wrote_seconds: float
    drained_seconds: float
    violations: tuple[str, ...]


@dataclass
class Battlefield:
    """Stacks with both messengers, the first of them being the victim, on a database that can be killed too."""

    safars: Sequence[RunningSafar]
    telegram: TelegramEmulator
    whatsapp: WhatsAppEmulator
    database: Database
    postgres: OwnPostgres | None

    def run(
        self, plan: Sequence[Planned], people: int, victims: Sequence[str], tell: Callable[[str], object]
    ) -> Outcome:
        """Write by the plan, and kill the victims one after the other, spread over its time."""
        throng = Throng([each.url for each in self.safars], self.telegram, self.whatsapp, people)
        return asyncio.run(self._run(throng, plan, victims, tell))

    async def _run(
        self, throng: Throng, plan: Sequence[Planned], victims: Sequence[str], tell: Callable[[str], object]
    ) -> Outcome:
        seconds = plan[-1].at
        moments = [seconds * (each + 0.5) / len(victims) for each in range(len(victims))]
        writing = asyncio.create_task(throng.write(plan))
        began, flying = time.monotonic(), {"telegram": 0, "whatsapp": 0}
        for moment, victim in zip(moments, victims, strict=True):
            await asyncio.sleep(max(0.0, began + moment - time.monotonic()))
            await asyncio.to_thread(self._kill, victim)
            tell(f"{time.monotonic() - began:5.1f} s: {victim} killed")
            if victim in ("gateway", "stack"):
                for channel, count in (await asyncio.to_thread(in_flight, self.database)).items():
                    flying[channel] += count
        await writing
        ended = time.monotonic()
        await self._until_all_is_answered(ended)
        await throng.read_web()
        found = accounts(self.database, throng, self._apologies())
        for channel, count in flying.items():
            found[channel].in_flight_at_kills = count
        broken = (*self.telegram.violations, *self.whatsapp.violations)
        return Outcome(found, tuple(victims), throng.wrote_for_seconds, time.monotonic() - ended, broken)

    def _kill(self, victim: str) -> None:
        """A process of the first stack, the whole stack (it stays dead), or the database."""
        if victim == "database":
            assert self.postgres is not None
            self.postgres.kill()
            time.sleep(DATABASE_AWAY_SECONDS)
            self.postgres.start()
        elif victim == "stack":
            assert self.safars[0].process is not None
            self.safars[0].process.kill()
            self.safars[0].process.wait()
            self.whatsapp.webhooks.url = f"{self.safars[1].url}/whatsapp/webhook"
        else:
            self.safars[0].kill(victim)

    async def _until_all_is_answered(self, since: float) -> None:
        """What is still missing then is lost."""
        while time.monotonic() - since < PATIENCE_SECONDS:
            try:
                if await asyncio.to_thread(unanswered, self.database) == 0 and not self.telegram.waiting_updates:
                    return
            except Exception as error:
                if not is_outage(error):
                    raise
            await asyncio.sleep(LOOK_EVERY_SECONDS)

    def _apologies(self) -> frozenset[str]:
        wording = Wording.load(next((self.safars[0].home / "releases").iterdir()) / "content" / "responses")
        return frozenset(wording.text("could_not_answer", variant) for variant in LANGUAGES)


@contextmanager
def battlefield(folder: Path, release: Path, kind: str, stacks: int = 1) -> Iterator[Battlefield]:
    """Running stacks on SQLite (`kind` is sqlite), or on a PostgreSQL of its own; their homes are in `folder`."""
    homes = [folder / f"home{number}" for number in range(stacks)]
    if kind == "sqlite":
        with _running(homes, release, f"sqlite:///{folder / 'safar.db'}", None) as field:
            yield field
        return
    with OwnPostgres() as postgres, _running(homes, release, postgres.url, postgres) as field:
        yield field


@contextmanager
def _running(homes: Sequence[Path], release: Path, url: str, postgres: OwnPostgres | None) -> Iterator[Battlefield]:
    with TelegramEmulator() as telegram:
        whatsapp = WhatsAppEmulator().start()
        telegram.misbehave("sendMessage", Fault.slow(PLATFORM_SECONDS), MANY)
        whatsapp.misbehave(MANY, slow_seconds=PLATFORM_SECONDS, is_after_taking=True)
        environ = whatsapp.environ() | {
            "SAFAR_TELEGRAM_TOKEN": telegram.token,
            "SAFAR_TELEGRAM_API_URL": telegram.url,
            "SAFAR_DATABASE_URL": url,
        }
        safars = [RunningSafar(home, release, environ) for home in homes]
        whatsapp.webhooks.url = f"{safars[0].url}/whatsapp/webhook"
        try:
            for safar in safars:
                safar.begin()
            for safar in safars:
                wait_until(safar.is_ready, READY_SECONDS, safar.logged)
            database = open_database(url)
            yield Battlefield(safars, telegram, whatsapp, database, postgres)
            database.close()
        finally:
            for safar in safars:
                safar.stop()
            whatsapp.stop()
