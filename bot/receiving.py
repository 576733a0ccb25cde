"""Works off what people have sent beside text: fetched from the messenger in memory, then understood or passed on."""

import asyncio
import logging
from collections.abc import Mapping
from datetime import timedelta
from typing import Protocol

from bot.channels.fetching import FETCH_SECONDS, Fetcher, FetchError
from bot.failures import failure_code
from bot.files.refusals import RefusedFileError
from bot.metrics import Metrics
from bot.speech.recogniser import RecogniserError
from bot.threads import Threads
from conversations.received import Received, ReceivedMedia
from foundation.clock import Clock
from foundation.privacy import short_name

MAX_IN_WORK = 4
"""A few at a time: each is held in memory whole."""
MAX_TRIES = 3
FIRST_PAUSE_SECONDS = 1.0
LONGEST_PAUSE_SECONDS = 20.0
IDLE_SECONDS = 0.25
FAILURE_PAUSE_SECONDS = 1.0
STOP_SECONDS = 1.0

log = logging.getLogger(__name__)


class Task(Protocol):
    """What is done with what was fetched."""

    async def take(self, received: Received) -> None:
        """Do it; raises `FetchError`, `RecogniserError`, `RefusedFileError`."""

    async def failed(self, received: Received, key: str | None) -> None:
        """It cannot be done; `key` names the sentence that says why, where there is one."""


class Fetching:
    """Finds the messenger of each, and bounds the time."""

    def __init__(self, fetchers: Mapping[str, Fetcher]) -> None:
        self._fetchers = fetchers

    async def fetch(self, received: Received, max_bytes: int) -> bytes:
        """The content; raises `FetchError`."""
        fetcher = self._fetchers.get(received.conversation.channel)
        if fetcher is None:
            raise FetchError("channel_is_off", is_retryable=False)
        if received.size_bytes is not None and received.size_bytes > max_bytes:
            raise FetchError("too_large", is_retryable=False)
        try:
            async with asyncio.timeout(FETCH_SECONDS):
                return await fetcher.fetch(received.reference, max_bytes)
        except TimeoutError:
            raise FetchError("too_slow", is_retryable=True) from None


class Receiving:
    """One gateway's; several on one database share the work."""

    def __init__(
        self,
        media: ReceivedMedia,
        tasks: Mapping[str, Task],
        is_alone: bool,
        threads: Threads,
        metrics: Metrics,
        clock: Clock,
    ) -> None:
        """`tasks` by purpose; `is_alone`: no other gateway uses this database."""
        self._media = media
        self._tasks = tasks
        self._is_alone = is_alone
        self._threads = threads
        self._metrics = metrics
        self._clock = clock
        self._in_work: set[asyncio.Task[None]] = set()
        self._loop: asyncio.Task[None] | None = None
        self._wake = asyncio.Event()
        self._is_stopping = False

    async def start(self) -> None:
        """Begin; what a killed gateway had in work is due at once, or when its lease ends."""
        if self._is_alone:
            await self._threads.run(self._media.recover, self._clock())
        self._loop = asyncio.create_task(self._take_all())

    def wake(self) -> None:
        """Something new may be due."""
        self._wake.set()

    def begin_stop(self) -> None:
        """Begin nothing new."""
        self._is_stopping = True
        self._wake.set()

    async def stop(self) -> None:
        """End; what has not ended is taken up after the next start."""
        self.begin_stop()
        if self._in_work:
            await asyncio.wait(self._in_work, timeout=STOP_SECONDS)
        tasks = [*self._in_work, *([self._loop] if self._loop else [])]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _take_all(self) -> None:
        while not self._is_stopping:
            self._wake.clear()
            try:
                room = MAX_IN_WORK - len(self._in_work)
                due = await self._threads.run(self._media.due, self._clock(), room) if room > 0 else ()
            except Exception as error:  # the database may be away for a while
                log.error("what people have sent cannot be read (%s)", failure_code(error))
                await asyncio.sleep(FAILURE_PAUSE_SECONDS)
                continue
            for received in due:
                task = asyncio.create_task(self._take(received))
                self._in_work.add(task)
                task.add_done_callback(self._forget)
            if not due:
                await self._rest()

    def _forget(self, task: asyncio.Task[None]) -> None:
        self._in_work.discard(task)
        self._wake.set()

    async def _rest(self) -> None:
        try:
            async with asyncio.timeout(IDLE_SECONDS):
                await self._wake.wait()
        except TimeoutError:
            pass

    async def _take(self, received: Received) -> None:
        try:
            await self._try(received)
        except Exception as error:  # one file must never stop the others; its lease ends, then it is tried again
            log.error("what %s has sent is left for later (%s)", _name(received), failure_code(error))

    async def _try(self, received: Received) -> None:
        task = self._tasks[received.purpose]
        try:
            await task.take(received)
        except RefusedFileError as error:
            await self._give_up(task, received, error.key, error.key)
        except (FetchError, RecogniserError) as error:
            if error.is_retryable and received.tries < MAX_TRIES:
                await self._later(received, error.retry_after_seconds)
            else:
                await self._give_up(task, received, error.reason, _key(error))
        except Exception as error:  # whatever it is, the person must not wait for ever
            log.error("%s of %s has failed (%s)", received.purpose, _name(received), failure_code(error))
            if received.tries < MAX_TRIES:
                await self._later(received)
            else:
                await self._give_up(task, received, "failed", None)
        else:
            self._metrics.media(received.purpose, "done")

    async def _later(self, received: Received, asked_pause_seconds: float | None = None) -> None:
        own = FIRST_PAUSE_SECONDS * 2 ** (received.tries - 1)
        pause = min(max(own, asked_pause_seconds or 0), LONGEST_PAUSE_SECONDS)
        self._metrics.media(received.purpose, "retried")
        await self._threads.run(self._media.later, received, self._clock() + timedelta(seconds=pause))

    async def _give_up(self, task: Task, received: Received, reason: str, key: str | None) -> None:
        log.warning("%s of %s is given up (%s)", received.purpose, _name(received), reason)
        self._metrics.media(received.purpose, "failed")
        await task.failed(received, key)


def _key(error: FetchError | RecogniserError) -> str | None:
    return "file_too_large" if isinstance(error, FetchError) and error.is_too_large else None


def _name(received: Received) -> str:
    return short_name(received.conversation.id)
