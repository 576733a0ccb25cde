"""Once an hour: erases conversations whose migrant has been silent for too long, and forgets old files."""

import asyncio
import logging
from datetime import timedelta

from bot.failures import failure_code
from bot.threads import Threads
from conversations.attachments import Attachments
from conversations.database import Database
from conversations.erasure import sweep
from foundation.clock import Clock

EVERY_SECONDS = 3600.0

log = logging.getLogger(__name__)


class Retention:
    """Runs beside the worker; a retention of no days erases no conversation."""

    def __init__(self, database: Database, days: int, threads: Threads, clock: Clock) -> None:
        self._database = database
        self._days = days
        self._threads = threads
        self._clock = clock
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Begin with a first look at once."""
        self._task = asyncio.create_task(self._run())

    def stop(self) -> None:
        """End."""
        if self._task:
            self._task.cancel()

    async def _run(self) -> None:
        while True:
            try:
                await self._threads.run(self._sweep)
            except Exception as error:  # the next hour is another try
                log.error("what is old could not be erased (%s)", failure_code(error))
            await asyncio.sleep(EVERY_SECONDS)

    def _sweep(self) -> None:
        if forgotten := Attachments(self._database).forget_old(self._clock()):
            log.info("forgot %d old files", forgotten)
        if self._days and (erased := sweep(self._database, timedelta(days=self._days), self._clock())):
            log.info("erased %d silent conversations", erased)
