"""Delivers what is in the outbox to the messengers, and takes back there what was erased."""

import asyncio
import logging
import random
from collections.abc import Mapping
from datetime import timedelta

from bot.channels.channel import OutgoingMessage, Sender, SendError
from bot.failures import failure_code
from bot.metrics import Metrics
from bot.threads import Threads
from conversations.outbox import Outbox, Outgoing
from conversations.platform_messages import Deletion, PlatformMessages
from foundation.clock import Clock
from foundation.privacy import short_name

MAX_IN_WORK = 50
MAX_TRIES = 100
FIRST_PAUSE_SECONDS = 1.0
LONGEST_PAUSE_SECONDS = 600.0
IDLE_SECONDS = 0.25
FAILURE_PAUSE_SECONDS = 1.0
SEND_SECONDS = 45.0
"""Longest time for one message; less than the lease, so that nobody else sends it meanwhile."""

log = logging.getLogger(__name__)


class Delivery:
    """One gateway's delivery, over all messengers that are on."""

    def __init__(
        self,
        outbox: Outbox,
        platform_messages: PlatformMessages,
        senders: Mapping[str, Sender],
        threads: Threads,
        metrics: Metrics,
        clock: Clock,
    ) -> None:
        self._outbox = outbox
        self._platform_messages = platform_messages
        self._senders = senders
        self._threads = threads
        self._metrics = metrics
        self._clock = clock
        self._in_work: set[asyncio.Task[None]] = set()
        self._loop: asyncio.Task[None] | None = None
        self._wake = asyncio.Event()
        self._is_stopping = False

    def start(self) -> None:
        """Begin, where any messenger is on."""
        if self._senders:
            self._loop = asyncio.create_task(self._deliver_all())

    def wake(self) -> None:
        """Something new may be due."""
        self._wake.set()

    def begin_stop(self) -> None:
        """Begin no new delivery."""
        self._is_stopping = True
        self._wake.set()

    async def stop(self, grace_seconds: float) -> None:
        """End; what is under way may end within `grace_seconds`. What has not is sent after the next start."""
        self.begin_stop()
        if self._in_work:
            await asyncio.wait(self._in_work, timeout=grace_seconds)
        tasks = [*self._in_work, *([self._loop] if self._loop else [])]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _deliver_all(self) -> None:
        while not self._is_stopping:
            self._wake.clear()
            try:
                has_begun = await self._begin_due()
            except Exception as error:  # the database may be away for a while
                log.error("the outbox cannot be read (%s)", failure_code(error))
                await asyncio.sleep(FAILURE_PAUSE_SECONDS)
                continue
            if not has_begun:
                await self._rest()

    async def _begin_due(self) -> bool:
        room = MAX_IN_WORK - len(self._in_work)
        if room <= 0:
            return False
        channels = tuple(self._senders)
        messages = await self._threads.run(self._outbox.due, self._clock(), room, channels)
        deletions = await self._threads.run(self._platform_messages.due_deletions, self._clock(), room)
        for message in messages:
            self._begin(asyncio.create_task(self._deliver(message)))
        for deletion in deletions:
            self._begin(asyncio.create_task(self._take_back(deletion)))
        return bool(messages or deletions)

    def _begin(self, task: asyncio.Task[None]) -> None:
        self._in_work.add(task)
        task.add_done_callback(self._forget)

    def _forget(self, task: asyncio.Task[None]) -> None:
        self._in_work.discard(task)
        self._wake.set()

    async def _rest(self) -> None:
        try:
            async with asyncio.timeout(IDLE_SECONDS):
                await self._wake.wait()
        except TimeoutError:
            pass

    async def _deliver(self, message: Outgoing) -> None:
        try:
            await self._send(message)
            await self._threads.run(self._outbox.delivered, message.cursor, self._clock())
            self._metrics.delivered(message.channel, "delivered")
        except SendError as error:
            await self._note_failure(message, error)
        except Exception as error:  # one message must never stop the others
            await self._note_failure(message, SendError(failure_code(error), is_retryable=True))

    async def _send(self, message: Outgoing) -> None:
        async def taken(platform_id: str) -> None:
            noted = self._platform_messages.taken
            await self._threads.run(noted, message.conversation_id, message.cursor, platform_id, self._clock())

        async with asyncio.timeout(SEND_SECONDS):
            await self._senders[message.channel].send(_outgoing(message), taken)

    async def _note_failure(self, message: Outgoing, error: SendError) -> None:
        is_given_up = not error.is_retryable or message.attempts >= MAX_TRIES
        pause = timedelta(seconds=error.retry_after_seconds or pause_seconds(message.attempts))
        retry_at = None if is_given_up else self._clock() + pause
        name = short_name(message.conversation_id)
        log.warning("a %s message of %s was not taken (%s)", message.channel, name, error.reason)
        outcome = "failed" if is_given_up else "retried"
        self._metrics.delivered(message.channel, "held" if error.is_held else outcome)
        try:
            if error.is_held:
                await self._threads.run(self._outbox.hold, message.cursor, error.reason, self._clock())
                return
            failed, has_blocked = self._outbox.failed, error.reason == "blocked"
            await self._threads.run(failed, message.cursor, error.reason, retry_at, self._clock(), has_blocked)
        except Exception as failure:  # its lease ends all the same
            log.error("a failed delivery cannot be noted (%s)", failure_code(failure))

    async def _take_back(self, deletion: Deletion) -> None:
        sender = self._senders.get(deletion.channel)
        if sender is None:
            return
        try:
            async with asyncio.timeout(SEND_SECONDS):
                await sender.delete(deletion.address, deletion.platform_ids)
        except Exception as error:
            is_final = isinstance(error, SendError) and not error.is_retryable
            reason = error.reason if isinstance(error, SendError) else failure_code(error)
            log.warning("messages on %s were not taken back (%s)", deletion.channel, reason)
            if not is_final:
                return
        await self._threads.run(self._platform_messages.deletion_done, deletion.id)


def pause_seconds(attempts: int) -> float:
    """The wait before the next attempt: doubled each time, and spread, so that not all come back at once."""
    longest: float = min(FIRST_PAUSE_SECONDS * 2 ** (attempts - 1), LONGEST_PAUSE_SECONDS)
    return longest * random.uniform(0.75, 1.25)


def _outgoing(message: Outgoing) -> OutgoingMessage:
    return OutgoingMessage(
        address=message.address,
        text=message.text,
        buttons=message.buttons,
        cursor=message.cursor,
        sent_parts=message.sent_parts,
        variant=message.variant,
        heard_at=message.heard_at,
        attachments=message.attachments,
    )
