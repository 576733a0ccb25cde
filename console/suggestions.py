"""Suggestions beside a message of the migrant: entries and canned replies, each in two languages side by side."""

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import BaseRoute, Route

from console.access import require_operator
from console.handed_over import Reader, handed_over, message_at
from console.languages import variant_of_request
from console.live_index import NoReleaseError
from console.office import Office
from console.pages import Pages
from console.suggested import Suggested, Suggester
from conversations.transcript import Message
from foundation.clock import day_of

NOTHING = Suggested((), (), True)


class Suggestions:
    """The route of the panel."""

    def __init__(self, office: Office, pages: Pages, suggester: Suggester) -> None:
        self._office = office
        self._pages = pages
        self._suggester = suggester

    def routes(self) -> list[BaseRoute]:
        """The panel of one message."""
        return [Route("/conversations/{id}/suggestions/{cursor:int}", self.show, methods=["GET"])]

    async def show(self, request: Request) -> Response:
        """The panel as a part of a page; it says so itself where nothing can be suggested."""
        operator = await require_operator(self._office, request)
        return await run_in_threadpool(self._panel, request, operator)

    def _panel(self, request: Request, operator: str) -> Response:
        conversation = handed_over(self._office, request.path_params["id"])
        message = message_at(self._office, conversation.id, min(request.path_params["cursor"], 2**53))
        reader = Reader(operator, variant_of_request(request), conversation)
        values: dict[str, object] = {"reader": reader, "message": message, "suggested": NOTHING, "missing": ""}
        try:
            values["suggested"] = self._look(message, reader)
        except NoReleaseError as error:
            values["missing"] = "suggestions_broken" if error.is_broken else "suggestions_no_release"
        return HTMLResponse(self._pages.part(request, "_suggestions.html", **values))

    def _look(self, message: Message, reader: Reader) -> Suggested:
        """Nothing for what was not said in words, such as a button without a title, and for what we ourselves say."""
        has_words = message.sender == "migrant" and message.text.strip() and message.text != message.payload
        return self._suggester.suggest(message.text, reader, day_of(self._office.clock())) if has_words else NOTHING
