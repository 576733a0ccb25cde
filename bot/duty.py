"""A duty that only one of several gateways has at a time: kept as long as this one lives, taken over when one dies."""

import asyncio
import logging
import time

from bot.failures import failure_code
from bot.threads import Threads
from conversations.duties import Duties
from foundation.clock import Clock

LEASE_SECONDS = 10.0
RENEW_SECONDS = 3.0
"""Each lease outlives two failures to renew it; a dead gateway's duty is taken over within `LEASE_SECONDS` and this."""

log = logging.getLogger(__name__)


class Duty:
    """One duty of one gateway, whose name is `holder`. Only while `start`ed is it sought."""

    def __init__(self, name: str, holder: str, duties: Duties, threads: Threads, clock: Clock) -> None:
        self._name = name
        self._holder = holder
        self._duties = duties
        self._threads = threads
        self._clock = clock
        self._ends_at = 0.0
        self._is_mine = asyncio.Event()
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Begin to seek it."""
        self._task = asyncio.create_task(self._keep())

    async def stop(self) -> None:
        """Give it up, so that another gateway takes it at once."""
        if self._task is None:
            return
        self._task.cancel()
        await asyncio.gather(self._task, return_exceptions=True)
        if self._is_mine.is_set():
            self._is_mine.clear()
            try:
                await self._threads.run(self._duties.give_up, self._name, self._holder, self._clock())
            except Exception as error:  # its lease ends all the same
                log.warning("the duty “%s” cannot be given up (%s)", self._name, failure_code(error))

    async def until_mine(self) -> None:
        """Wait until this gateway has it; returns at once while it has."""
        await self._is_mine.wait()

    async def _keep(self) -> None:
        while True:
            try:
                await self._take()
            except Exception as error:  # the database may be away for a while; so long the lease lasts
                log.warning("the duty “%s” cannot be renewed (%s)", self._name, failure_code(error))
                if time.monotonic() >= self._ends_at:
                    self._is_mine.clear()
            await asyncio.sleep(RENEW_SECONDS)

    async def _take(self) -> None:
        began = time.monotonic()
        if await self._threads.run(self._duties.take, self._name, self._holder, self._clock(), LEASE_SECONDS):
            self._ends_at = began + LEASE_SECONDS
            if not self._is_mine.is_set():
                log.info("this gateway has the duty “%s”", self._name)
            self._is_mine.set()
        else:
            self._is_mine.clear()
