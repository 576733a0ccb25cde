"""The messages of a conversation as server-sent events: each as soon as it is there, over one open answer.

The form is that of https://html.spec.whatwg.org/multipage/server-sent-events.html; the data of an event is what
GET /chat/api/messages answers, its id the cursor to go on from.
"""

import asyncio
import json
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from dataclasses import dataclass

from starlette.responses import StreamingResponse
from starlette.types import Receive, Scope, Send

from bot.channels.channel import RefusedMessageError
from bot.channels.web.sending import shown
from bot.news import News
from conversations.transcript import Message

MAX_STREAMS_OF_A_CONVERSATION = 6
"""As many as a browser opens to one site; another page asks again and again instead."""
HEARTBEAT_SECONDS = 15.0
"""Proxies end an answer in which nothing comes for a minute, phones sooner."""
RETRY_MILLISECONDS = 2000
HEADERS = {
    "cache-control": "no-store, no-transform",
    "x-accel-buffering": "no",  # https://nginx.org/en/docs/http/ngx_http_proxy_module.html#proxy_buffering
}
HEARTBEAT = b": nothing new\n\n"


@dataclass(frozen=True)
class Happened:
    """The messages behind a cursor, up to which one they are out of sight, and whether the conversation is erased."""

    messages: Sequence[Message]
    hidden_up_to: int | None
    is_erased: bool


Read = Callable[[str, int], Awaitable[Happened]]
LastWords = Callable[[str, int], Awaitable[dict[str, object] | None]]


class Events:
    """Opens streams; all wait for the same news, and each is written no faster than its reader takes it."""

    def __init__(self, read: Read, last_words: LastWords, news: News) -> None:
        """`read(conversation, after)`; `last_words(token hash, after)`: the data of an erased one's last event."""
        self._read = read
        self._last_words = last_words
        self._news = news
        self._open: Counter[str] = Counter()

    def stream(self, conversation_id: str, token_hash: str, after: int) -> "EventStream":
        """The answer that goes on; raises `RefusedMessageError` where too many of this conversation are open."""
        if self._open[conversation_id] >= MAX_STREAMS_OF_A_CONVERSATION:
            sentence = f"{MAX_STREAMS_OF_A_CONVERSATION} streams of this conversation are open. Ask /chat/api/messages."
            raise RefusedMessageError("too_many_streams", sentence, 429)
        self._open[conversation_id] += 1
        return EventStream(self._events(conversation_id, token_hash, after), lambda: self._end(conversation_id))

    def last(self, values: dict[str, object]) -> "EventStream":
        """The answer that holds nothing but the last event of a conversation."""
        return EventStream(_once(values), lambda: None)

    def _end(self, conversation_id: str) -> None:
        self._open[conversation_id] -= 1
        if self._open[conversation_id] <= 0:
            del self._open[conversation_id]

    async def _events(self, conversation_id: str, token_hash: str, cursor: int) -> AsyncIterator[bytes]:
        """The first event comes at once, empty or not: it shows that nobody on the way holds events back."""
        is_first = True
        with self._news.listen(conversation_id) as told:
            while not self._news.is_closed:
                told.clear()
                now = await self._read(conversation_id, cursor)
                if now.is_erased:
                    if (said := await self._last_words(token_hash, cursor)) is not None:
                        yield _event(said)
                    return
                if now.messages or is_first:
                    values = shown(now.messages, cursor, now.hidden_up_to)
                    cursor, is_first = values["cursor"], False
                    yield _event(values)
                elif not await _is_told(told):
                    yield HEARTBEAT


class EventStream(StreamingResponse):
    """The answer; says when it has ended, however it ended."""

    def __init__(self, events: AsyncIterator[bytes], on_end: Callable[[], None]) -> None:
        super().__init__(events, 200, HEADERS, "text/event-stream; charset=utf-8")
        self._on_end = on_end

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """See `StreamingResponse`."""
        try:
            await super().__call__(scope, receive, send)
        finally:
            self._on_end()


async def _once(values: dict[str, object]) -> AsyncIterator[bytes]:
    yield _event(values)


def _event(values: dict[str, object]) -> bytes:
    data = json.dumps(values, ensure_ascii=False, separators=(",", ":"))
    return f"id: {values['cursor']}\nretry: {RETRY_MILLISECONDS}\ndata: {data}\n\n".encode()


async def _is_told(told: asyncio.Event) -> bool:
    """Whether there is news; False after the time of a heartbeat."""
    try:
        async with asyncio.timeout(HEARTBEAT_SECONDS):
            await told.wait()
    except TimeoutError:
        return False
    return True
