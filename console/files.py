"""A picture or document that went to a migrant, for operators, as long as it is kept."""

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from console.access import require_operator
from console.office import Office
from conversations.attachment_json import MAX_ATTACHMENTS
from conversations.attachments import Attachments
from conversations.reply import Attachment

MAX_CURSOR = 2**53


class Files:
    """The route of one file; only of conversations that were handed over, as their page."""

    def __init__(self, office: Office) -> None:
        self._office = office
        self._attachments = Attachments(office.database)

    def routes(self) -> list[BaseRoute]:
        """The file."""
        return [Route("/conversations/{id}/files/{cursor:int}/{position:int}", self.file, methods=["GET"])]

    async def file(self, request: Request) -> Response:
        """The file's bytes; HTTP 404 where there is none for operators, or where it is forgotten."""
        await require_operator(self._office, request)
        places = (request.path_params[name] for name in ("id", "cursor", "position"))
        found = await run_in_threadpool(self._find, *places)
        if found is None:
            raise HTTPException(404)
        return Response(found.content, 200, {"content-disposition": found.disposition}, found.media_type)

    def _find(self, conversation_id: str, cursor: int, position: int) -> Attachment | None:
        is_possible = cursor <= MAX_CURSOR and position < MAX_ATTACHMENTS
        if not is_possible or not self._office.handovers.log(conversation_id):
            return None
        return self._attachments.file(conversation_id, cursor, position)
