"""The list of those who wait, danger first, with what operators have in hand; it renews itself."""

import asyncio
import json
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from time import monotonic
from typing import Any
from urllib.parse import urlencode

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import BaseRoute, Route

from console.access import operator_of, require_operator
from console.languages import variant_of_request
from console.office import LONGEST_WAIT_SECONDS, LOOK_SECONDS, Office
from console.pages import Pages
from console.queue_snapshot import QueueSnapshots
from console.queue_view import Filter, QueueView, Seat, filter_of, view_of
from conversations.waiting import Waiting

UNITS = ("minutes", "hours", "days")
SESSION_LOOK_SECONDS = 5.0
MORE_ROWS = 100
BEAT_SECONDS = 15.0
"""So often something is sent, so that a connection that is dead is noticed on both sides."""
RETRY_MS = 3000


@dataclass(frozen=True)
class Row:
    """One line of the list, in words."""

    waiting: Waiting
    seat: Seat
    reason: str
    topic: str | None
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
        self._snapshots = QueueSnapshots(office.handovers)

    def routes(self) -> list[BaseRoute]:
        """The page, and its changes: one at a time, or as a stream."""
        return [
            Route("/", self.show, methods=["GET"]),
            Route("/waiting/changes", self.changes, methods=["GET"]),
            Route("/waiting/events", self.events, methods=["GET"]),
        ]

    async def show(self, request: Request) -> Response:
        """The whole page."""
        operator = await require_operator(self._office, request)
        view = await self._view(operator, filter_of(request), is_fresh=True)
        lists = self._lists(request, view)
        speak = self._pages.speaker(variant_of_request(request))
        shapes = {unit: speak(unit, days="{days}", hours="{hours}", minutes="{minutes}") for unit in UNITS}
        values: dict[str, Any] = {
            "now": self._office.clock(),
            "shapes": shapes,
            "options": self._options(request, view),
        }
        return self._pages.page(request, "waiting.html", operator=operator, view=view, lists=lists, **values)

    async def changes(self, request: Request) -> Response:
        """The lists as soon as they differ from what the page shows (`seen`), at the latest after a while."""
        operator = await require_operator(self._office, request)
        seen, asked = request.query_params.get("seen", ""), filter_of(request)

        async def look() -> QueueView:
            return await self._view(operator, asked)

        view = await self._office.until_changed(look, lambda found: found.seen != seen, LONGEST_WAIT_SECONDS)
        await require_operator(self._office, request)
        return JSONResponse(self._change(request, view))

    async def events(self, request: Request) -> Response:
        """The same as server-sent events, for as long as the page is open and its operator logged in.

        https://html.spec.whatwg.org/multipage/server-sent-events.html
        """
        operator = await require_operator(self._office, request)
        stream = self._stream(request, operator)
        return StreamingResponse(stream, media_type="text/event-stream", headers={"X-Accel-Buffering": "no"})

    async def _stream(self, request: Request, operator: str) -> AsyncIterator[str]:
        seen, asked = request.query_params.get("seen", ""), filter_of(request)
        looked_at = beat_at = monotonic()
        yield f"retry: {RETRY_MS}\n\n"
        while not self._office.stopping.is_set():
            if monotonic() - looked_at >= SESSION_LOOK_SECONDS:
                looked_at = monotonic()
                if await operator_of(self._office, request) != operator:
                    yield "event: left\ndata: {}\n\n"
                    return
            view = await self._view(operator, asked)
            if view.seen != seen:
                seen, beat_at = view.seen, monotonic()
                yield f"event: lists\ndata: {json.dumps(self._change(request, view))}\n\n"
            elif monotonic() - beat_at >= BEAT_SECONDS:
                beat_at = monotonic()
                yield ": here\n\n"
            await asyncio.sleep(LOOK_SECONDS)

    async def _view(self, operator: str, asked: Filter, *, is_fresh: bool = False) -> QueueView:
        snapshot = await self._snapshots.get(is_fresh=is_fresh)
        desk = await run_in_threadpool(self._office.desks.of, operator)
        is_free = self._office.is_free_choice
        return view_of(asked, desk, snapshot.queue, snapshot.held, is_free_choice=is_free)

    def _change(self, request: Request, view: QueueView) -> dict[str, object]:
        return {"seen": view.seen, "count": view.waiting_count, "html": self._lists(request, view)}

    def _lists(self, request: Request, view: QueueView) -> str:
        rows = view.asked.rows
        left = max(0, len(view.queue) - rows)
        query = {name: value for name, value in vars(view.asked).items() if value} | {"rows": rows + MORE_ROWS}
        more = urlencode(query) if left else ""
        return self._pages.part(
            request,
            "_lists.html",
            view=view,
            more=more,
            left=left,
            queue=self._rows(request, view.queue[:rows]),
            mine=self._rows(request, view.mine[:rows]),
            colleagues=self._rows(request, view.colleagues[:rows]),
        )

    def _options(self, request: Request, view: QueueView) -> dict[str, list[tuple[str, str]]]:
        """The choices of the filter that lead to anybody: (value, words)."""
        variant, texts = variant_of_request(request), self._office.texts
        countries = [(code, self._office.places.country_name(code, variant)) for code in view.countries]
        return {"topic": [(each, texts.text(f"domain.{each}", variant)) for each in view.topics], "country": countries}

    def _rows(self, request: Request, seats: Sequence[Seat]) -> list[Row]:
        variant, now = variant_of_request(request), self._office.clock()
        return [self._row(seat, variant, self._pages.duration(variant, seat.waiting.since, now)) for seat in seats]

    def _row(self, seat: Seat, variant: str, duration: str) -> Row:
        each, name = seat.waiting, self._office.places.country_name
        key = f"topic.{each.topic}"
        return Row(
            each,
            seat,
            self._pages.reason(variant, each),
            self._office.texts.text(key, variant) if self._office.texts.has(key) else None,
            name(each.country, variant) if each.country else None,
            name(each.citizenship, variant) if each.citizenship else None,
            self._pages.channel(variant, each.channel),
            duration,
            tuple(self._office.labels.name(sign, variant) for sign in each.signs),
        )
