"""When more messages wait than can be answered soon: each person is told once that it takes longer."""

import asyncio
import logging

from bot.failures import failure_code
from bot.ground import LiveGround
from bot.metrics import Metrics
from bot.news import News
from bot.notices import notice
from bot.store import Store
from bot.threads import Threads
from conversations.backlog import BacklogNotices
from foundation.clock import Clock

LOOK_SECONDS = 1.0
OVER_SHARE = 0.5
"""The backlog has gone when the queue is down to this share of the bound, so that it does not come and go."""

log = logging.getLogger(__name__)


class Backlog:
    """Looks at the queue once a second; with a bound of 0 nobody is told anything."""

    def __init__(
        self,
        store: Store,
        ground: LiveGround,
        threads: Threads,
        news: News,
        metrics: Metrics,
        most_waiting: int,
        clock: Clock,
    ) -> None:
        self._inbox = store.inbox
        self._notices = BacklogNotices(store.database)
        self._ground = ground
        self._threads = threads
        self._news = news
        self._metrics = metrics
        self._most_waiting = most_waiting
        self._clock = clock
        self._is_high = False
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Begin, where there is a bound."""
        if self._most_waiting:
            self._task = asyncio.create_task(self._run())

    def stop(self) -> None:
        """End."""
        if self._task:
            self._task.cancel()

    async def arrived(self, conversation_id: str, variant: str) -> None:
        """A message has come; whoever has to wait long is told so, without holding the message up."""
        if not self._is_high:
            return
        try:
            if await self._threads.run(self._say_once, conversation_id, variant):
                self._metrics.notice("backlog")
                self._news.tell(conversation_id)
        except Exception as error:  # the message itself is safe
            log.error("a notice of the backlog was not written (%s)", failure_code(error))

    def _say_once(self, conversation_id: str, variant: str) -> bool:
        said = notice(self._ground.now(), "backlog_notice", variant)
        return self._notices.say_once(conversation_id, said, self._clock())

    async def _run(self) -> None:
        while True:
            try:
                await self._look()
            except Exception as error:  # the database may be away for a while
                log.error("the length of the queue cannot be read (%s)", failure_code(error))
            await asyncio.sleep(LOOK_SECONDS)

    async def _look(self) -> None:
        waiting = await self._threads.run(self._inbox.pending_count)
        if waiting > self._most_waiting:
            if not self._is_high:
                log.warning("%d messages wait for an answer, more than %d", waiting, self._most_waiting)
            self._is_high = True
        elif waiting <= self._most_waiting * OVER_SHARE:
            if self._is_high:
                log.warning("the backlog has gone: %d messages wait", waiting)
            self._is_high = False
            await self._threads.run(self._notices.over)
