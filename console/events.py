"""Server-sent events of one conversation's page: whatever changes is on the screen in under a second.

https://html.spec.whatwg.org/multipage/server-sent-events.html. Each event's id is where the page has come to, so that
a page that comes back after a break gets what it missed, and nothing twice.
"""

import asyncio
import json
from collections.abc import AsyncIterator
from dataclasses import dataclass

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import BaseRoute, Route

from console.access import NotLoggedInError, read_form, require_operator, text_of
from console.colleagues import Colleague, Presence
from console.conversation import ConversationPage, Fingerprints, as_drawn, cursor_of, fingerprints
from console.live import Live, Watch
from console.office import Office
from console.pages import Pages

HEARTBEAT_SECONDS = 15.0
RETRY_MILLISECONDS = 2000
MAX_ID_CHARS = 80
NOTHING_NEW = 3
"""So many parts are there though nothing has changed: state, cursor, and how the messages look."""


@dataclass
class Position:
    """What a page has: messages up to a cursor, a state around them, lists, colleagues; how its messages look."""

    cursor: int
    state: str
    board: str = ""
    colleagues: tuple[Colleague, ...] = ()
    digest: str = ""
    drawn: Fingerprints | None = None

    def id(self) -> str:
        """As it stands in an event."""
        return f"{self.cursor}.{self.state}.{self.digest}"


class Events:
    """Routes of what happens on a conversation's page while it is open."""

    def __init__(self, office: Office, pages: Pages, page: ConversationPage, live: Live, presence: Presence) -> None:
        self._office = office
        self._pages = pages
        self._page = page
        self._live = live
        self._presence = presence

    def routes(self) -> list[BaseRoute]:
        """The stream, and the word that somebody is writing."""
        return [
            Route("/conversations/{id}/events", self.events, methods=["GET"]),
            Route("/conversations/{id}/typing", self.typing, methods=["POST"]),
        ]

    async def events(self, request: Request) -> Response:
        """The stream; HTTP 404 where there is no such conversation."""
        operator = await require_operator(self._office, request)
        await self._page.look(request)
        headers = {"X-Accel-Buffering": "no"}
        return StreamingResponse(self._stream(request, operator), media_type="text/event-stream", headers=headers)

    async def typing(self, request: Request) -> Response:
        """This operator is writing; colleagues on the same page see it for some seconds."""
        operator = await require_operator(self._office, request)
        form = await read_form(request)
        conversation_id = request.path_params["id"]
        if text_of(form, "doing") == "typing" and self._presence.typing(conversation_id, operator):
            self._live.tell(conversation_id)
        return Response(status_code=204)

    async def _stream(self, request: Request, operator: str) -> AsyncIterator[str]:
        conversation_id, position = request.path_params["id"], _position(request)
        yield f"retry: {RETRY_MILLISECONDS}\nevent: hello\ndata: {{}}\n\n"
        with self._live.watch(conversation_id, operator) as watch, self._presence.looking(conversation_id, operator):
            self._live.tell(conversation_id)
            try:
                while not self._live.is_stopping:
                    if event := await self._next(request, operator, watch, position):
                        yield event
            except (NotLoggedInError, HTTPException):
                yield "event: gone\ndata: {}\n\n"
            finally:
                self._live.tell(conversation_id)

    async def _next(self, request: Request, operator: str, watch: Watch, position: Position) -> str:
        """The next event; a comment when nothing has happened for a while, so that nobody takes the line for dead."""
        try:
            async with asyncio.timeout(HEARTBEAT_SECONDS):
                await watch.woken.wait()
        except TimeoutError:
            await require_operator(self._office, request)
            return ": still here\n\n"
        watch.woken.clear()
        parts = await self._parts(request, operator, watch, position)
        if not parts:
            return ""
        await require_operator(self._office, request)
        return f"id: {position.id()}\ndata: {json.dumps(parts, ensure_ascii=False)}\n\n"

    async def _parts(self, request: Request, operator: str, watch: Watch, position: Position) -> dict[str, object]:
        parts: dict[str, object] = {}
        if watch.is_changed:
            watch.is_changed = False
            seen = await self._page.look(request)
            drawn = as_drawn(seen, position.digest) if position.drawn is None else position.drawn
            found = await self._page.parts(request, operator, seen, position.cursor, position.state, drawn)
            parts |= found if len(found) > NOTHING_NEW else {}
            position.cursor, position.state = max(position.cursor, seen.cursor), seen.state
            position.drawn, position.digest = fingerprints(seen), seen.drawn
        board = self._live.board(operator)
        if board.digest() != position.board:
            position.board = board.digest()
            parts["own"] = await self._page.board_part(request, operator, board)
        others = self._presence.others(request.path_params["id"], operator)
        if others != position.colleagues:
            position.colleagues = others
            parts["presence"] = self._pages.part(request, "_colleagues.html", colleagues=others)
        return parts


def _position(request: Request) -> Position:
    """Where the page has come to: after a break the browser says so itself."""
    last = request.headers.get("last-event-id", "")[:MAX_ID_CHARS]
    cursor, dot, state = last.partition(".")
    if dot:
        return Position(cursor_of(cursor), state.partition(".")[0], digest=state.partition(".")[2])
    query = request.query_params
    return Position(cursor_of(query.get("after", "")), query.get("seen", ""), digest=query.get("drawn", ""))
