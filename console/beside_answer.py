"""The panel beside the answer: suggestions, canned replies and translation in one place, and its routes."""

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import BaseRoute, Route

from console.access import require_operator
from console.canned_replies import CannedReplies
from console.canned_shelf import CannedShelf
from console.handed_over import Reader, handed_over
from console.languages import variant_of_request
from console.live_index import LiveIndex
from console.office import Office
from console.pages import Pages
from console.suggested import Suggester
from console.suggestions import Suggestions
from console.translation_service import open_translator
from console.translations import TranslationDesk
from console.translator import host_of
from conversations.conversation import Conversation


def beside_answer_routes(office: Office, pages: Pages) -> list[BaseRoute]:
    """Everything of the panel; nothing is read or asked before an operator looks."""
    shelf = CannedShelf(office.settings.content)
    suggester = Suggester(LiveIndex(office.settings), shelf, office.places)
    return [
        Route("/conversations/{id}/beside_answer", BesideAnswer(office, pages).show, methods=["GET"]),
        *Suggestions(office, pages, suggester).routes(),
        *CannedReplies(office, pages, shelf, suggester).routes(),
        *TranslationDesk(office, pages, open_translator(office.settings)).routes(),
    ]


class BesideAnswer:
    """The empty panel, which its scripts fill."""

    def __init__(self, office: Office, pages: Pages) -> None:
        self._office = office
        self._pages = pages

    async def show(self, request: Request) -> Response:
        """The panel in the operator's language; HTTP 204 beside what the bot holds and nobody was ever called to."""
        operator = await require_operator(self._office, request)
        conversation = await run_in_threadpool(self._conversation, request.path_params["id"])
        if conversation is None:
            return Response(status_code=204)
        reader = Reader(operator, variant_of_request(request), conversation)
        values = {"reader": reader, "host": host_of(self._office.settings)}
        return HTMLResponse(self._pages.part(request, "_beside_answer.html", **values))

    def _conversation(self, conversation_id: str) -> Conversation | None:
        if self._office.conversations.get(conversation_id) and not self._office.handovers.log(conversation_id):
            return None
        return handed_over(self._office, conversation_id)
