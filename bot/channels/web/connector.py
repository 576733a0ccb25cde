"""The web chat: its API under /chat/api, and the page itself under /chat with a strict content security policy."""

import asyncio
import hashlib
import secrets
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

from starlette.background import BackgroundTask
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import Message, Receive, Scope, Send

from bot.channels.channel import IncomingMessage, RefusedMessageError
from bot.channels.web.embedding import PATH as EMBED_PATH
from bot.channels.web.embedding import embed_script, frame_ancestors
from bot.channels.web.events import Events, Happened
from bot.channels.web.payloads import MAX_CURSOR, WrittenMessage, parse_beginning, parse_message, parse_query
from bot.channels.web.sending import FILES_PATH, shown, shown_farewell
from bot.channels.web.texts import PATH as TEXTS_PATH
from bot.channels.web.texts import texts_route
from bot.ground import LiveGround
from bot.limits import clean
from bot.news import News
from bot.own_data_file import FILES as OWN_DATA_FILES
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
        "connect-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'none'; "
    ),
    "cross-origin-opener-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=()",
    "cache-control": "no-cache",
}


def page_headers(origins: Sequence[str]) -> dict[str, str]:
    """The headers of the page, which these other sites may put into a frame."""
    return PAGE_HEADERS | {
        "content-security-policy": PAGE_HEADERS["content-security-policy"] + frame_ancestors(origins)
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
        origins: tuple[str, ...] = (),
    ) -> None:
        """`origins` are the other sites that may show the chat in a frame."""
        self._origins = origins
        self._ground = ground
        self._languages = languages
        self._store = store
        self._reception = reception
        self._news = news
        self._threads = threads
        self._clock = clock
        self._events = Events(self._happened, self._last_words, news)

    def routes(self) -> list[BaseRoute]:
        """The API and the page."""
        return [
            Route("/chat/api/conversations", self.begin, methods=["POST"]),
            Route("/chat/api/messages", self.write, methods=["POST"]),
            Route("/chat/api/messages", self.read, methods=["GET"]),
            Route("/chat/api/events", self.events, methods=["GET"]),
            Route(f"{FILES_PATH}/{{cursor:int}}/{{position:int}}", self.file, methods=["GET"]),
            Route(TEXTS_PATH, self.texts, methods=["GET"]),
            Route(EMBED_PATH, self.embed, methods=["GET"]),
            Route("/chat", _to_page, methods=["GET"]),
            Route("/", self.away, methods=["GET"]),
            Mount("/chat", GZipMiddleware(_Page(page_headers(self._origins)))),
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
        """The messages behind a cursor; where there is none, the next one, or nothing after `wait` seconds.

        Whoever has erased everything reads the last sentence once more; then nobody has this token.
        """
        asked = parse_query(request.query_params.get("after", ""), request.query_params.get("wait", ""))
        conversation = await self._opened(request)
        if conversation is None:
            return await self._farewell(request, asked.after)
        end = time.monotonic() + asked.wait_seconds
        with self._news.listen(conversation.id) as news:
            while True:
                news.clear()
                messages, now = await self._threads.run(self._news_of, conversation.id, asked.after)
                if now is None:
                    return await self._farewell(request, asked.after)
                left = end - time.monotonic()
                if messages or left <= 0 or self._news.is_closed or await request.is_disconnected():
                    return JSONResponse(shown(messages, asked.after, now.hidden_up_to))
                await _until(news, left)

    async def events(self, request: Request) -> Response:
        """The messages behind a cursor, or behind `Last-Event-ID`, and each new one as it comes."""
        asked = request.headers.get("last-event-id") or request.query_params.get("after", "")
        after = parse_query(asked, "").after
        conversation = await self._opened(request)
        if conversation is not None:
            return self._events.stream(conversation.id, _hash(_token(request)), after)
        said = await self._last_words(_hash(_token(request)), after)
        if said is None:
            raise _unknown()
        return self._events.last(said)

    async def file(self, request: Request) -> Response:
        """A picture or document of the conversation whose token is given; nobody else's, and none out of sight."""
        conversation = await self._conversation(request)
        cursor, position = request.path_params["cursor"], request.path_params["position"]
        found = None
        if (conversation.hidden_up_to or 0) < cursor <= MAX_CURSOR and position < MAX_ATTACHMENTS:
            found = await self._threads.run(self._store.attachments.file, conversation.id, cursor, position)
        if found is None:
            raise RefusedMessageError("not_found", "There is no such file, or it is no longer kept.", 404)
        is_own_data = found.name in OWN_DATA_FILES
        forget = BackgroundTask(self._forget, conversation.id, cursor, position) if is_own_data else None
        headers = {"content-disposition": found.disposition}
        return Response(found.content, 200, headers, found.media_type, forget)

    async def texts(self, request: Request) -> Response:
        """The texts of the page, of the live release."""
        ground = await self._threads.run(self._ground.now)
        response: Response = await texts_route(ground.wording, self._languages).endpoint(request)
        return response

    async def embed(self, _request: Request) -> Response:
        """The script that puts the chat on another site."""
        ground = await self._threads.run(self._ground.now)
        return embed_script(ground.wording, self._languages, self._origins)

    async def away(self, _request: Request) -> Response:
        """The neutral page; whoever has left the chat and loads again finds a clock."""
        return FileResponse(PAGE / "away.html", headers=page_headers(self._origins))

    def _create(self, token: str, variant: str | None) -> str:
        conversation = self._store.conversations.create(CHANNEL, None, _hash(token), self._clock())
        if variant is not None:
            self._store.conversations.remember(conversation.id, variant=variant, is_language_chosen=True)
        return conversation.id

    def _leaves(self, written: WrittenMessage) -> bool:
        """Whether this is a word of the quick exit: then the page goes away too."""
        return written.payload is None and self._ground.now().words.meaning(clean(written.text)) == "exit"

    def _news_of(self, conversation_id: str, after: int) -> tuple[Sequence[TranscriptMessage], Conversation | None]:
        """The messages behind a cursor, and the conversation as it is now; None when it is erased."""
        messages = self._store.transcript.after(conversation_id, after)
        return messages, self._store.conversations.get(conversation_id)

    async def _forget(self, conversation_id: str, cursor: int, position: int) -> None:
        """A copy of everything is kept no longer than until it is fetched."""
        await self._threads.run(self._store.attachments.forget, conversation_id, cursor, position)

    async def _farewell(self, request: Request, after: int) -> Response:
        """The last sentence of an erased conversation, said once; raises `RefusedMessageError` where there is none."""
        said = await self._last_words(_hash(_token(request)), after)
        if said is None:
            raise _unknown()
        return JSONResponse(said)

    async def _last_words(self, token_hash: str, after: int) -> dict[str, object] | None:
        said = await self._threads.run(self._store.farewells.take, CHANNEL, token_hash)
        return shown_farewell(said, after) if said else None

    async def _happened(self, conversation_id: str, after: int) -> Happened:
        messages, now = await self._threads.run(self._news_of, conversation_id, after)
        return Happened(messages, now.hidden_up_to if now else None, now is None)

    async def _conversation(self, request: Request) -> Conversation:
        """The conversation of the bearer token; raises `RefusedMessageError`.

        The hash of a random token of 256 bits is looked up: how long that takes says nothing about any token.
        """
        conversation = await self._opened(request)
        if conversation is None:
            raise _unknown()
        return conversation

    async def _opened(self, request: Request) -> Conversation | None:
        """As `_conversation`; None where the token opens none (any more)."""
        token_hash = _hash(_token(request))
        conversation = await self._threads.run(self._store.conversations.by_token_hash, token_hash)
        return conversation if conversation is not None and conversation.channel == CHANNEL else None


class _Page(StaticFiles):
    """The files of the page, with its headers; a missing one is an error of the usual form."""

    def __init__(self, headers: Mapping[str, str]) -> None:
        super().__init__(directory=PAGE, html=True, check_dir=False)
        self._headers = [(name.encode(), value.encode()) for name, value in headers.items()]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message["headers"], *self._headers]
            await send(message)

        await super().__call__(scope, receive, send_with_headers)


async def _to_page(_request: Request) -> Response:
    return RedirectResponse("/chat/", 308)


async def _until(news: asyncio.Event, seconds: float) -> None:
    try:
        async with asyncio.timeout(seconds):
            await news.wait()
    except TimeoutError:
        pass


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def _token(request: Request) -> str:
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not token:
        raise _unknown()
    return str(token.strip())


def _unknown() -> RefusedMessageError:
    return RefusedMessageError("unknown_token", "No conversation has this token.", 401)
