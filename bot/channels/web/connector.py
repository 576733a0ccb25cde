"""The web chat: its API under /chat/api, and the page itself under /chat with a strict content security policy."""

import asyncio
import hashlib
import secrets
import time
from collections.abc import Sequence
from pathlib import Path

from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import Message, Receive, Scope, Send

from bot.channels.channel import IncomingMessage, RefusedMessageError
from bot.channels.web.payloads import MAX_CURSOR, WrittenMessage, parse_beginning, parse_message, parse_query
from bot.channels.web.sending import FILES_PATH, shown
from bot.channels.web.texts import PATH as TEXTS_PATH
from bot.channels.web.texts import texts_route
from bot.ground import LiveGround
from bot.limits import clean
from bot.news import News
from bot.reception import Reception
from bot.store import Store
from bot.threads import Threads
from conversations.attachment_json import MAX_ATTACHMENTS
from conversations.conversation import Conversation, UnknownConversationError
from conversations.transcript import Message as TranscriptMessage
from foundation.clock import Clock

CHANNEL = "web"
TOKEN_BYTES = 32
PAGE = Path(__file__).parent / "page"
PAGE_HEADERS = {
    "content-security-policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; font-src 'self'; "
        "connect-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    "cross-origin-opener-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=()",
    "cache-control": "no-cache",
}


class WebChat:
    """Routes of the web chat."""

    def __init__(
        self,
        store: Store,
        reception: Reception,
        ground: LiveGround,
        news: News,
        threads: Threads,
        languages: tuple[str, ...],
        clock: Clock,
    ) -> None:
        self._ground = ground
        self._languages = languages
        self._store = store
        self._reception = reception
        self._news = news
        self._threads = threads
        self._clock = clock

    def routes(self) -> list[BaseRoute]:
        """The API and the page."""
        return [
            Route("/chat/api/conversations", self.begin, methods=["POST"]),
            Route("/chat/api/messages", self.write, methods=["POST"]),
            Route("/chat/api/messages", self.read, methods=["GET"]),
            Route(f"{FILES_PATH}/{{cursor:int}}/{{position:int}}", self.file, methods=["GET"]),
            Route(TEXTS_PATH, self.texts, methods=["GET"]),
            Route("/chat", _to_page, methods=["GET"]),
            Route("/", _away, methods=["GET"]),
            Mount("/chat", GZipMiddleware(_Page())),
        ]

    async def begin(self, request: Request) -> Response:
        """A new conversation: its id, and the token that opens it and is nowhere stored."""
        variant = parse_beginning(await request.body())
        token = secrets.token_urlsafe(TOKEN_BYTES)
        conversation_id = await self._threads.run(self._create, token, variant)
        return JSONResponse({"conversation": conversation_id, "token": token}, 201)

    async def write(self, request: Request) -> Response:
        """Store a message, then acknowledge it."""
        conversation = await self._conversation(request)
        written = parse_message(await request.body())
        incoming = IncomingMessage(
            CHANNEL, conversation.address, written.message_id, written.text, written.payload, self._clock()
        )
        try:
            await self._reception.receive(conversation, incoming)
        except UnknownConversationError:
            raise _unknown() from None
        leaves = await self._threads.run(self._leaves, written)
        return JSONResponse({"id": written.message_id} | ({"leave": True} if leaves else {}), 202)

    async def read(self, request: Request) -> Response:
        """The messages behind a cursor; where there is none, the next one, or nothing after `wait` seconds."""
        conversation = await self._conversation(request)
        asked = parse_query(request.query_params.get("after", ""), request.query_params.get("wait", ""))
        end = time.monotonic() + asked.wait_seconds
        with self._news.listen(conversation.id) as news:
            while True:
                news.clear()
                messages, hidden_up_to = await self._threads.run(self._news_of, conversation.id, asked.after)
                left = end - time.monotonic()
                if messages or left <= 0 or self._news.is_closed or await request.is_disconnected():
                    return JSONResponse(shown(messages, asked.after, hidden_up_to))
                await _until(news, left)

    async def file(self, request: Request) -> Response:
        """A picture or document of the conversation whose token is given; nobody else's, and none out of sight."""
        conversation = await self._conversation(request)
        cursor, position = request.path_params["cursor"], request.path_params["position"]
        found = None
        if (conversation.hidden_up_to or 0) < cursor <= MAX_CURSOR and position < MAX_ATTACHMENTS:
            found = await self._threads.run(self._store.attachments.file, conversation.id, cursor, position)
        if found is None:
            raise RefusedMessageError("not_found", "There is no such file, or it is no longer kept.", 404)
        return Response(found.content, 200, {"content-disposition": found.disposition}, found.media_type)

    async def texts(self, request: Request) -> Response:
        """The texts of the page, of the live release."""
        ground = await self._threads.run(self._ground.now)
        response: Response = await texts_route(ground.wording, self._languages).endpoint(request)
        return response

    def _create(self, token: str, variant: str | None) -> str:
        conversation = self._store.conversations.create(CHANNEL, None, _hash(token), self._clock())
        if variant is not None:
            self._store.conversations.remember(conversation.id, variant=variant, is_language_chosen=True)
        return conversation.id

    def _leaves(self, written: WrittenMessage) -> bool:
        """Whether this is a word of the quick exit: then the page goes away too."""
        return written.payload is None and self._ground.now().words.meaning(clean(written.text)) == "exit"

    def _news_of(self, conversation_id: str, after: int) -> tuple[Sequence[TranscriptMessage], int | None]:
        """The messages behind a cursor, and up to which one they are out of sight."""
        messages = self._store.transcript.after(conversation_id, after)
        now = self._store.conversations.get(conversation_id) if messages else None
        return messages, now.hidden_up_to if now else None

    async def _conversation(self, request: Request) -> Conversation:
        """The conversation of the bearer token; raises `RefusedMessageError`.

        The hash of a random token of 256 bits is looked up: how long that takes says nothing about any token.
        """
        scheme, _, token = request.headers.get("authorization", "").partition(" ")
        if scheme.lower() != "bearer" or not token:
            raise _unknown()
        conversation = await self._threads.run(self._store.conversations.by_token_hash, _hash(token.strip()))
        if conversation is None or conversation.channel != CHANNEL:
            raise _unknown()
        return conversation


class _Page(StaticFiles):
    """The files of the page, with its headers; a missing one is an error of the usual form."""

    def __init__(self) -> None:
        super().__init__(directory=PAGE, html=True, check_dir=False)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message["headers"], *_PAGE_HEADERS]
            await send(message)

        await super().__call__(scope, receive, send_with_headers)


_PAGE_HEADERS = [(name.encode(), value.encode()) for name, value in PAGE_HEADERS.items()]


async def _to_page(_request: Request) -> Response:
    return RedirectResponse("/chat/", 308)


async def _away(_request: Request) -> Response:
    """The neutral page; whoever has left the chat and loads again finds a clock."""
    return FileResponse(PAGE / "away.html", headers=PAGE_HEADERS)


async def _until(news: asyncio.Event, seconds: float) -> None:
    try:
        async with asyncio.timeout(seconds):
            await news.wait()
    except TimeoutError:
        pass


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def _unknown() -> RefusedMessageError:
    return RefusedMessageError("unknown_token", "No conversation has this token.", 401)
