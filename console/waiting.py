"""The list of those who wait, danger first, with what operators have in hand; it renews itself."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from console.access import require_operator
from console.languages import variant_of_request
from console.office import LONGEST_WAIT_SECONDS, Office
from console.pages import Pages
from conversations.handover import Waiting


@dataclass(frozen=True)
class Row:
    """One line of the list, in words."""

    waiting: Waiting
    reason: str
    country: str | None
    citizenship: str | None
    channel: str
    duration: str
    signs: tuple[str, ...]


class WaitingPage:
    """Routes of the list."""

    def __init__(self, office: Office, pages: Pages) -> None:
        self._office = office
        self._pages = pages

    def routes(self) -> list[BaseRoute]:
        """The page, and its changes."""
        return [
            Route("/", self.show, methods=["GET"]),
            Route("/waiting/changes", self.changes, methods=["GET"]),
        ]

    async def show(self, request: Request) -> Response:
        """The whole page."""
        operator = await require_operator(self._office, request)
        lists = await self._lists(request, operator)
        return self._pages.page(request, "waiting.html", operator=operator, lists=lists, seen=_digest(lists))

    async def changes(self, request: Request) -> Response:
        """The lists as soon as they differ from what the page shows (`seen`), at the latest after a while."""
        operator = await require_operator(self._office, request)
        seen = request.query_params.get("seen", "")

        async def look() -> str:
            return await self._lists(request, operator)

        lists = await self._office.until_changed(look, lambda found: _digest(found) != seen, LONGEST_WAIT_SECONDS)
        await require_operator(self._office, request)
        return JSONResponse({"seen": _digest(lists), "html": lists})

    async def _lists(self, request: Request, operator: str) -> str:
        queue = await run_in_threadpool(self._office.handovers.queue)
        held = await run_in_threadpool(self._office.handovers.held)
        return self._pages.part(
            request,
            "_lists.html",
            queue=self._rows(request, queue),
            mine=self._rows(request, [each for each in held if each.operator == operator]),
            colleagues=self._rows(request, [each for each in held if each.operator != operator]),
        )

    def _rows(self, request: Request, found: Sequence[Waiting]) -> list[Row]:
        variant, now = variant_of_request(request), self._office.clock()
        name = self._office.places.country_name
        return [
            Row(
                each,
                self._pages.reason(variant, each),
                name(each.country, variant) if each.country else None,
                name(each.citizenship, variant) if each.citizenship else None,
                self._pages.channel(variant, each.channel),
                self._pages.duration(variant, each.since, now),
                tuple(self._office.labels.name(sign, variant) for sign in each.signs),
            )
            for each in found
        ]


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:24]
