"""The form with which an operator writes an internal note; nothing of it goes to the person."""

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from console.access import read_form, require_operator, text_of
from console.conversation import ConversationPage
from console.office import Office
from conversations.conversation import UnknownConversationError
from conversations.internal_notes import MAX_NOTE_CHARS, InternalNotes


class NoteForm:
    """The route of the form; every operator may write a note, whoever holds the conversation."""

    def __init__(self, office: Office, page: ConversationPage) -> None:
        self._office = office
        self._page = page
        self._notes = InternalNotes(office.database)

    def routes(self) -> list[BaseRoute]:
        """The one route."""
        return [Route("/conversations/{id}/notes", self.write, methods=["POST"])]

    async def write(self, request: Request) -> Response:
        """Keep the note and go back to the page."""
        operator = await require_operator(self._office, request)
        text = text_of(await read_form(request), "note").replace("\r\n", "\n").strip()
        conversation_id = request.path_params["id"]
        if not text or len(text) > MAX_NOTE_CHARS:
            return await self._page.page(request, operator, 422, "internal_note_fault")
        try:
            await run_in_threadpool(self._notes.write, conversation_id, operator, text, self._office.clock())
        except UnknownConversationError:
            raise HTTPException(404, "gone") from None
        return RedirectResponse(f"/conversations/{conversation_id}#internal-notes", 303)
