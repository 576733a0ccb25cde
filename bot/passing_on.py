"""A picture, document or voice message for the operator who holds the conversation."""

from bot.files.harmless import harmless
from bot.files.refusals import NOT_FETCHED
from bot.ground import LiveGround
from bot.news import News
from bot.notices import notice
from bot.receiving import Fetching
from bot.store import Store
from bot.threads import Threads
from conversations.received import Received
from conversations.reply import Reply
from foundation.clock import Clock

PASSED_ON = "file_passed_on"


class PassingOn:
    """Implements `Task`: fetched, made harmless, attached; the person is told, whatever became of it."""

    def __init__(
        self,
        store: Store,
        fetching: Fetching,
        ground: LiveGround,
        threads: Threads,
        news: News,
        max_file_mb: int,
        first_variant: str,
        clock: Clock,
    ) -> None:
        self._store = store
        self._fetching = fetching
        self._ground = ground
        self._threads = threads
        self._news = news
        self._max_file_mb = max_file_mb
        self._first_variant = first_variant
        self._clock = clock

    async def take(self, received: Received) -> None:
        """See `Task.take`. Where no operator is there any more, nothing is fetched and nothing kept."""
        now = await self._threads.run(self._store.conversations.get, received.conversation.id)
        if now is None or now.state != "operator":
            return await self._end(received, None)
        max_bytes = self._max_file_mb * 1_000_000
        content = await self._fetching.fetch(received, max_bytes)
        file = await self._threads.run(harmless, content, max_bytes, is_voice=received.kind == "voice")
        said = self._notice(received, PASSED_ON) if received.position == 0 else None
        await self._threads.run(self._store.received.pass_on, received, file, said, self._clock())
        self._news.tell(received.conversation.id)

    async def failed(self, received: Received, key: str | None) -> None:
        """See `Task.failed`."""
        await self._end(received, key or NOT_FETCHED)

    async def _end(self, received: Received, key: str | None) -> None:
        said = (self._notice(received, key),) if key else ()
        await self._threads.run(self._store.received.give_up, received, said, self._clock())
        self._news.tell(received.conversation.id)

    def _notice(self, received: Received, key: str) -> Reply:
        variant = received.conversation.variant or self._first_variant
        return notice(self._ground.now(), key, variant, limit=self._max_file_mb)
