"""Once an hour: erases conversations whose migrant has been silent for too long, and forgets old files.

Once a minute it ends what an erasure leaves to do: erased words leave the database's files, also after a crash.
"""

import asyncio
import logging
from datetime import timedelta

from bot.failures import failure_code
from bot.threads import Threads
from conversations.attachments import Attachments
from conversations.cleaning import rewrite_at_night
from conversations.database import Database
from conversations.erasure import silence, sweep, tidy
from foundation.clock import Clock

EVERY_SECONDS = 3600.0
TIDY_SECONDS = 60.0

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
        rests = 0
        while True:
            try:
                await self._threads.run(self._tidy if rests else self._sweep)
            except Exception as error:  # the next minute or hour is another try
                log.error("what is old could not be erased (%s)", failure_code(error))
            rests = (rests + 1) % round(EVERY_SECONDS / TIDY_SECONDS)
            await asyncio.sleep(TIDY_SECONDS)

    def _tidy(self) -> None:
        tidy(self._database, self._clock())
        if rewrite_at_night(self._database, self._clock()):
            log.info("the tables were written anew, without what was erased")

    def _sweep(self) -> None:
        if forgotten := Attachments(self._database).forget_old(self._clock()):
            log.info("forgot %d old files", forgotten)
        if self._days and (erased := sweep(self._database, timedelta(days=self._days), self._clock())):
            log.info("erased %d silent conversations", erased)
        if self._days and (kept := silence(self._database, timedelta(days=self._days), self._clock()).with_operators):
            log.warning("%d silent conversations are with operators: end their handovers, then they are erased", kept)
        self._tidy()
