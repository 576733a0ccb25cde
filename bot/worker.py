"""Takes messages from the inbox: of one conversation in order, of different ones side by side."""

import asyncio
import logging
from datetime import timedelta
from functools import partial

from bot.answering import Later
from bot.failures import failure_code
from bot.store import Store
from bot.threads import Threads
from bot.turns import Turns
from conversations.claim import Claimed
from conversations.conversation import UnknownConversationError
from foundation.clock import Clock
from foundation.privacy import short_name

MAX_IN_WORK = 200
LEASE_SECONDS = 15.0
EXTEND_SECONDS = 5.0
IDLE_SECONDS = 0.25
FAILURE_PAUSE_SECONDS = 1.0

log = logging.getLogger(__name__)


class Worker:
    """One gateway's worker; `name` tells it from the workers of other gateways on the same database."""

    def __init__(self, name: str, store: Store, turns: Turns, threads: Threads, clock: Clock) -> None:
        self._name = name
        self._store = store
        self._turns = turns
        self._threads = threads
        self._clock = clock
        self._in_work: dict[Claimed, asyncio.Task[None]] = {}
        self._wake = asyncio.Event()
        self._is_stopping = False
        self._loops: list[asyncio.Task[None]] = []

    async def start(self) -> None:
        """Begin; what a killed gateway had in work on SQLite is due at once, on PostgreSQL when its lease ends."""
        if self._store.database.is_sqlite:
            await self._threads.run(self._store.inbox.recover, self._clock())
        self._loops = [asyncio.create_task(self._claim_all()), asyncio.create_task(self._keep_leases())]

    def wake(self) -> None:
        """There is a new message."""
        self._wake.set()

    def begin_stop(self) -> None:
        """Claim nothing more."""
        self._is_stopping = True
        self._wake.set()

    async def stop(self, grace_seconds: float) -> None:
        """End: what is in work may end within `grace_seconds`; what has not is given back, for later."""
        self.begin_stop()
        if self._in_work:
            await asyncio.wait(self._in_work.values(), timeout=grace_seconds)
        tasks = [*self._in_work.values(), *self._loops]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _claim_all(self) -> None:
        while not self._is_stopping:
            try:
                self._wake.clear()
                claimed = await self._claim()
            except Exception as error:  # the database may be away for a while
                log.error("the inbox cannot be read (%s)", failure_code(error))
                await asyncio.sleep(FAILURE_PAUSE_SECONDS)
                continue
            if claimed is None:
                await self._rest()
            else:
                task = asyncio.create_task(self._take(claimed))
                self._in_work[claimed] = task
                task.add_done_callback(partial(self._forget, claimed))

    async def _claim(self) -> Claimed | None:
        if len(self._in_work) >= MAX_IN_WORK:
            return None
        return await self._threads.run(self._store.inbox.claim, self._name, self._clock(), LEASE_SECONDS)

    async def _rest(self) -> None:
        try:
            async with asyncio.timeout(IDLE_SECONDS):
                await self._wake.wait()
        except TimeoutError:
            pass

    def _forget(self, claimed: Claimed, _task: asyncio.Task[None]) -> None:
        self._in_work.pop(claimed, None)
        self._wake.set()

    async def _take(self, claimed: Claimed) -> None:
        try:
            later = await self._turns.take(claimed)
        except asyncio.CancelledError:
            await self._put_back(claimed, Later(self._clock(), is_try=False))
            raise
        except UnknownConversationError:
            return
        except Exception as error:  # one message must never stop the others
            log.error("the turn of %s has failed (%s)", short_name(claimed.conversation_id), failure_code(error))
            pause = timedelta(seconds=FAILURE_PAUSE_SECONDS * claimed.attempts)
            later = Later(self._clock() + pause, is_try=True)
        if later is not None:
            await self._put_back(claimed, later)

    async def _put_back(self, claimed: Claimed, later: Later) -> None:
        try:
            await self._threads.run(self._store.inbox.put_back, claimed, later.not_before, is_try=later.is_try)
        except Exception as error:  # its lease ends all the same
            log.error("a message cannot be put back (%s)", failure_code(error))

    async def _keep_leases(self) -> None:
        while True:
            await asyncio.sleep(EXTEND_SECONDS)
            for claimed in tuple(self._in_work):
                try:
                    await self._threads.run(self._store.inbox.extend, claimed, self._clock(), LEASE_SECONDS)
                except Exception as error:  # the claim is then lost, and the turn writes nothing
                    log.error("a lease cannot be extended (%s)", failure_code(error))
