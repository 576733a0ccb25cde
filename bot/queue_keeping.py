"""Keeps the operators' queue: takes back what is left unanswered, and hands out where that is set."""

import asyncio
import logging
from datetime import timedelta

from bot.failures import failure_code
from bot.ground import LiveGround
from bot.metrics import Metrics
from bot.news import News
from bot.notices import notice
from bot.threads import Threads
from conversations.conversation import Conversation
from conversations.database import Database
from conversations.hand_out import HandOut
from conversations.reply import Reply
from conversations.returning import Returning
from foundation.clock import Clock
from foundation.privacy import short_name

EVERY_SECONDS = 2.0

log = logging.getLogger(__name__)


class QueueKeeping:
    """Runs beside the worker; several gateways on one database may do so at once, each step happens once.

    A patience of no minutes takes nothing back.
    """

    def __init__(
        self,
        database: Database,
        ground: LiveGround,
        threads: Threads,
        news: News,
        metrics: Metrics,
        first_variant: str,
        patience_minutes: int,
        is_fair: bool,
        clock: Clock,
    ) -> None:
        self._returning = Returning(database)
        self._hand_out = HandOut(database)
        self._ground = ground
        self._threads = threads
        self._news = news
        self._metrics = metrics
        self._first_variant = first_variant
        self._patience = timedelta(minutes=patience_minutes)
        self._is_fair = is_fair
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
                for conversation_id in await self._threads.run(self._keep):
                    self._news.tell(conversation_id)
            except Exception as error:  # the next look is another try
                log.error("the queue could not be kept (%s)", failure_code(error))
            await asyncio.sleep(EVERY_SECONDS)

    def _keep(self) -> tuple[str, ...]:
        """The conversations in which something has changed."""
        return (*self._take_back(), *(self._give_out() if self._is_fair else ()))

    def _take_back(self) -> tuple[str, ...]:
        if not self._patience:
            return ()
        now = self._clock()
        self._returning.open_to_all(self._patience, now)
        returned = self._returning.run(self._patience, self._words("back_in_queue"), now)
        for conversation_id, _ in returned:
            self._metrics.notice("returned")
            log.info("%s went back to the queue, unanswered", short_name(conversation_id))
        return tuple(each for each, _ in returned)

    def _give_out(self) -> tuple[str, ...]:
        given = self._hand_out.run(self._words("operator_joined"), self._clock())
        for each in given:
            log.info("%s was handed out", short_name(each.conversation_id))
        return tuple(each.conversation_id for each in given)

    def _words(self, key: str) -> "_Words":
        return _Words(self._ground, key, self._first_variant)


class _Words:
    """A notice in the conversation's own language."""

    def __init__(self, ground: LiveGround, key: str, first_variant: str) -> None:
        self._ground = ground
        self._key = key
        self._first_variant = first_variant

    def __call__(self, conversation: Conversation) -> Reply:
        return notice(self._ground.now(), self._key, conversation.variant or self._first_variant)
