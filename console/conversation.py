"""The page of one conversation: everything said, who holds it, and the forms of the one who does; it renews itself."""

from dataclasses import dataclass

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from console.access import require_operator
from console.languages import variant_of_request
from console.office import LONGEST_WAIT_SECONDS, Office
from console.pages import Pages
from conversations.conversation import Conversation
from conversations.handover_steps import Step
from conversations.transcript import Message

MAX_ANSWER_CHARS = 4000
MAX_CURSOR = 2**53


@dataclass(frozen=True)
class Seen:
    """A conversation as an operator sees it at one moment."""

    conversation: Conversation
    messages: tuple[Message, ...]
    steps: tuple[Step, ...]

    @property
    def state(self) -> str:
        """Changes when the part of the page around the messages has to change."""
        return f"{self.conversation.state}:{self.conversation.operator}:{self.conversation.danger}:{len(self.steps)}"


class ConversationPage:
    """Routes of the page."""

    def __init__(self, office: Office, pages: Pages) -> None:
        self._office = office
        self._pages = pages

    def routes(self) -> list[BaseRoute]:
        """The page, and its changes."""
        return [
            Route("/conversations/{id}", self.show, methods=["GET"]),
            Route("/conversations/{id}/changes", self.changes, methods=["GET"]),
        ]

    async def show(self, request: Request) -> Response:
        """The whole page."""
        operator = await require_operator(self._office, request)
        return await self.page(request, operator)

    async def page(
        self, request: Request, operator: str, status: int = 200, error: str = "", draft: str = ""
    ) -> Response:
        """The page, with what went wrong and what was written then; HTTP 404 where there is no such conversation."""
        seen = await run_in_threadpool(self._look, request.path_params["id"], 0)
        values = self._values(request, seen, operator)
        return self._pages.page(request, "conversation.html", status, error=error, draft=draft, **values)

    async def changes(self, request: Request) -> Response:
        """What is new behind the cursor `after`, or in the state `seen`; at the latest after a while."""
        operator = await require_operator(self._office, request)
        after, state = _cursor(request.query_params.get("after", "")), request.query_params.get("seen", "")

        async def look() -> Seen:
            return await run_in_threadpool(self._look, request.path_params["id"], after)

        found = await self._office.until_changed(
            look, lambda now: bool(now.messages) or now.state != state, LONGEST_WAIT_SECONDS
        )
        await require_operator(self._office, request)
        values = self._values(request, found, operator)
        parts: dict[str, object] = {"seen": found.state, "cursor": values["cursor"] or after}
        if found.messages:
            parts["messages"] = self._pages.part(request, "_messages.html", **values)
        if found.state != state:
            parts["around"] = self._pages.part(request, "_around.html", **values)
            parts["forms"] = self._pages.part(request, "_forms.html", draft="", **values)
        return JSONResponse(parts)

    def _look(self, conversation_id: str, after: int) -> Seen:
        """Only conversations that were handed over at least once: what others say to the bot is not for operators."""
        conversation = self._office.conversations.get(conversation_id)
        steps = self._office.handovers.log(conversation_id) if conversation else ()
        if conversation is None or not steps:
            raise HTTPException(404, "gone")
        return Seen(conversation, self._office.history(conversation_id, after), steps)

    def _values(self, request: Request, seen: Seen, operator: str) -> dict[str, object]:
        variant, name = variant_of_request(request), self._office.places.country_name
        conversation = seen.conversation
        return {
            "operator": operator,
            "conversation": conversation,
            "messages": seen.messages,
            "steps": seen.steps,
            "cursor": seen.messages[-1].cursor if seen.messages else 0,
            "seen": seen.state,
            "country": name(conversation.country, variant) if conversation.country else None,
            "citizenship": name(conversation.citizenship, variant) if conversation.citizenship else None,
            "channel": self._pages.channel(variant, conversation.channel),
            "max_chars": MAX_ANSWER_CHARS,
        }


def _cursor(text: str) -> int:
    return min(int(text), MAX_CURSOR) if text.isascii() and text.isdigit() and len(text) < 20 else 0
