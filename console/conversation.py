"""The page of one conversation: everything said, who holds it, and the forms of the one who does; it renews itself."""

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from console.access import require_operator
from console.board import Board, Boards
from console.conversation_words import MAX_ANSWER_CHARS, ConversationWords
from console.languages import variant_of_request
from console.office import LONGEST_WAIT_SECONDS, Office
from console.pages import Pages
from console.referral_rows import ReferralRows
from console.sight import Seen, Sight, fingerprint, newer_than
from conversations.erasure import was_erased_by_person
from conversations.history import Shown

__all__ = ["MAX_ANSWER_CHARS", "ConversationPage"]

MAX_CURSOR = 2**53
Fingerprints = dict[int, tuple[object, ...]]


class ConversationPage:
    """Routes of the page."""

    def __init__(self, office: Office, pages: Pages, referral_rows: ReferralRows) -> None:
        self._office = office
        self._pages = pages
        self._sight = Sight(office)
        self._words = ConversationWords(office, pages, referral_rows)

    def routes(self) -> list[BaseRoute]:
        """The page, its changes, and what was said before."""
        return [
            Route("/conversations/{id}", self.show, methods=["GET"]),
            Route("/conversations/{id}/changes", self.changes, methods=["GET"]),
            Route("/conversations/{id}/older", self.older, methods=["GET"]),
        ]

    async def show(self, request: Request) -> Response:
        """The page with the newest messages, or from the cursor `from` on."""
        operator = await require_operator(self._office, request)
        return await self.page(request, operator)

    async def page(
        self, request: Request, operator: str, status: int = 200, error: str = "", draft: str = ""
    ) -> Response:
        """The page, with what went wrong and what was written then; HTTP 404 where there is no such conversation."""
        seen = await self.look(request, cursor_of(request.query_params.get("from", "")))
        board = await run_in_threadpool(self._board, operator)
        values = await run_in_threadpool(self._words.values, seen, operator, variant_of_request(request), board)
        return self._pages.page(request, "conversation.html", status, error=error, draft=draft, **values)

    async def changes(self, request: Request) -> Response:
        """What is new behind the cursor `after`, or in the state `seen`; at the latest after a while."""
        operator = await require_operator(self._office, request)
        after, state = cursor_of(request.query_params.get("after", "")), request.query_params.get("seen", "")
        drawn = request.query_params.get("drawn", "")

        async def look() -> Seen:
            return await self.look(request)

        def is_new(now: Seen) -> bool:
            return now.cursor > after or now.state != state or (bool(drawn) and now.drawn != drawn)

        found = await self._office.until_changed(look, is_new, LONGEST_WAIT_SECONDS)
        await require_operator(self._office, request)
        known = as_drawn(found, drawn)
        return JSONResponse(await self.parts(request, operator, found, after, state, known))

    async def older(self, request: Request) -> Response:
        """The messages before the cursor `before`, as they stand in the page."""
        operator = await require_operator(self._office, request)
        seen = await self.look(request)
        before = cursor_of(request.query_params.get("before", ""))
        stretch = await run_in_threadpool(self._sight.older, seen.conversation.id, before)
        variant = variant_of_request(request)
        values = await run_in_threadpool(self._words.messages, seen.conversation, stretch.messages, variant)
        html = self._pages.part(request, "_messages.html", operator=operator, **values)
        return JSONResponse({"messages": html, "has_older": stretch.has_older})

    async def look(self, request: Request, start: int = 0) -> Seen:
        """The conversation of this address; HTTP 404 where there is none."""
        seen = await run_in_threadpool(self._sight.look, request.path_params["id"], start)
        if seen is None:
            deleted = was_erased_by_person(self._office.database, request.path_params["id"])
            raise HTTPException(404, "deleted" if deleted else "gone")
        return seen

    async def parts(
        self,
        request: Request,
        operator: str,
        seen: Seen,
        after: int,
        state: str,
        drawn: Fingerprints,
    ) -> dict[str, object]:
        """The parts of the page that have changed since the cursor `after` and the state `state`.

        `drawn` says how the messages look that the page has.
        """
        fresh = newer_than(seen.stretch.messages, after)
        if after and fresh and len(fresh) == len(seen.stretch.messages):  # more came than one page holds
            seen = await self.look(request, after + 1)
            fresh = list(seen.stretch.messages)
        again = [each for each in seen.stretch.messages if _is_to_redraw(each, after, drawn)]
        parts: dict[str, object] = {"seen": seen.state, "cursor": seen.cursor or after, "drawn": seen.drawn}
        if not (fresh or again or seen.state != state):
            return parts
        variant = variant_of_request(request)
        values = await run_in_threadpool(self._words.values, seen, operator, variant, None)
        if fresh:
            parts["messages"] = self._pages.part(request, "_messages.html", **values | {"messages": fresh})
            parts["from_migrant"] = sum(each.message.sender == "migrant" for each in fresh)
        if again:
            draw = self._pages.part
            parts["again"] = {
                str(each.message.cursor): draw(request, "_messages.html", **values | {"messages": [each]})
                for each in again
            }
        if seen.state != state:
            for name in ("around", "forms", "panel"):
                parts[name] = self._pages.part(request, f"_{name}.html", draft="", **values)
        return parts

    async def board_part(self, request: Request, operator: str, board: Board) -> str:
        """The lists beside the conversation."""
        variant = variant_of_request(request)
        values = self._words.board(board, request.path_params["id"], variant)
        return self._pages.part(request, "_own.html", operator=operator, **values)

    def _board(self, operator: str) -> Board:
        return Boards(self._office.handovers.held(operator), self._office.handovers.queue()).of(operator)


def cursor_of(text: str) -> int:
    """A cursor of an address; 0 for what is none."""
    return min(int(text), MAX_CURSOR) if text.isascii() and text.isdigit() and len(text) < 20 else 0


def fingerprints(seen: Seen) -> Fingerprints:
    """How the messages look that a page has been given."""
    return {each.message.cursor: fingerprint(each) for each in seen.stretch.messages}


def as_drawn(seen: Seen, digest: str) -> Fingerprints:
    """How the messages look on a page that says `Seen.drawn` of them: any of them may be old when it differs."""
    is_same = digest in ("", seen.drawn)
    return fingerprints(seen) if is_same else {each.message.cursor: () for each in seen.stretch.messages}


def _is_to_redraw(shown: Shown, after: int, drawn: Fingerprints) -> bool:
    cursor, now = shown.message.cursor, fingerprint(shown)
    return cursor <= after and drawn.get(cursor, now) != now
