"""Canned replies, looked for by the operator's words, shown in the operator's language and in the migrant's."""

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import BaseRoute, Route

from console.access import require_operator
from console.canned_shelf import CannedShelf
from console.handed_over import Reader, handed_over
from console.languages import variant_of_request
from console.office import Office
from console.pages import Pages
from console.suggested import Suggester
from knowledge_base.canned_replies import search

MAX_QUERY_CHARS = 100
MAX_SHOWN = 60


class CannedReplies:
    """The route of the list."""

    def __init__(self, office: Office, pages: Pages, shelf: CannedShelf, suggester: Suggester) -> None:
        self._office = office
        self._pages = pages
        self._shelf = shelf
        self._suggester = suggester

    def routes(self) -> list[BaseRoute]:
        """The list for one conversation."""
        return [Route("/conversations/{id}/canned", self.show, methods=["GET"])]

    async def show(self, request: Request) -> Response:
        """Those that hold the words of `q`, best first, as a part of a page."""
        operator = await require_operator(self._office, request)
        return await run_in_threadpool(self._list, request, operator)

    def _list(self, request: Request, operator: str) -> Response:
        reader = Reader(operator, variant_of_request(request), handed_over(self._office, request.path_params["id"]))
        query = request.query_params.get("q", "")[:MAX_QUERY_CHARS]
        found = search(self._shelf.replies(), query, reader.variant)[:MAX_SHOWN]
        pairs = [self._suggester.canned(reply, reader) for reply in found]
        return HTMLResponse(self._pages.part(request, "_canned.html", reader=reader, pairs=pairs))
