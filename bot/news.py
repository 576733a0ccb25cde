"""Tells those who wait for a conversation's next message that there is one; one poller for all of them."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager

POLL_SECONDS = 0.3
RETRY_SECONDS = 2.0

log = logging.getLogger(__name__)


class News:
    """Listeners by conversation. What this process writes is told at once, what others write within `POLL_SECONDS`."""

    def __init__(self, changed_since: Callable[[int | None], Awaitable[tuple[int, set[str] | None]]]) -> None:
        """`changed_since(cursor)` gives the newest cursor and the conversations changed since; None stands for all."""
        self._changed_since = changed_since
        self._listeners: dict[str, set[asyncio.Event]] = {}
        self._poller: asyncio.Task[None] | None = None
        self._is_closed = False
        self._on_news: Callable[[], None] | None = None

    def call(self, on_news: Callable[[], None]) -> None:
        """Have this called whenever this process tells of news."""
        self._on_news = on_news

    @contextmanager
    def listen(self, conversation_id: str) -> Iterator[asyncio.Event]:
        """An event that is set with every news of this conversation; clear it before you read."""
        event = asyncio.Event()
        self._listeners.setdefault(conversation_id, set()).add(event)
        if self._poller is None or self._poller.done():
            self._poller = asyncio.create_task(self._poll())
        try:
            yield event
        finally:
            self._listeners[conversation_id].discard(event)
            if not self._listeners[conversation_id]:
                del self._listeners[conversation_id]

    @property
    def is_closed(self) -> bool:
        """Whether nobody should wait any more."""
        return self._is_closed

    def tell(self, conversation_id: str) -> None:
        """There is something new in this conversation."""
        if self._on_news:
            self._on_news()
        for event in self._listeners.get(conversation_id, ()):
            event.set()

    def close(self) -> None:
        """Let everybody who waits go at once."""
        self._is_closed = True
        self._tell_all()
        if self._poller:
            self._poller.cancel()

    def _tell_all(self) -> None:
        for conversation_id in tuple(self._listeners):
            self.tell(conversation_id)

    async def _poll(self) -> None:
        """Runs while somebody listens. The first look tells everybody: what came before it may not have been read."""
        seen: int | None = None
        while self._listeners and not self._is_closed:
            try:
                seen, changed = await self._changed_since(seen)
            except Exception as error:  # the database may be away for a while
                log.warning("the transcript cannot be read (%s)", type(error).__name__)
                await asyncio.sleep(RETRY_SECONDS)
                continue
            if changed is None:
                self._tell_all()
            for conversation_id in changed or ():
                self.tell(conversation_id)
            await asyncio.sleep(POLL_SECONDS)
