"""A picture or document of a conversation, for operators, as long as it is kept; what came, for its holder alone."""

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from console.access import require_operator
from console.office import Office
from conversations.attachments import Attachments
from conversations.received import ReceivedMedia
from conversations.received_steps import MAX_FILES
from conversations.reply import Attachment

MAX_CURSOR = 2**53
HARMLESS = "default-src 'none'; sandbox; frame-ancestors 'none'"
"""Whatever is in a file, it runs nothing, loads nothing, and is nobody's page."""


class Files:
    """The route of one file; every operator may see it, as the page that names it."""

    def __init__(self, office: Office) -> None:
        self._office = office
        self._attachments = Attachments(office.database)
        self._received = ReceivedMedia(office.database)

    def routes(self) -> list[BaseRoute]:
        """The file."""
        return [Route("/conversations/{id}/files/{cursor:int}/{position:int}", self.file, methods=["GET"])]

    async def file(self, request: Request) -> Response:
        """The file's bytes; HTTP 404 where there is none for operators, or where it is forgotten."""
        operator = await require_operator(self._office, request)
        places = (request.path_params[name] for name in ("id", "cursor", "position"))
        found = await run_in_threadpool(self._find, operator, *places)
        if found is None:
            raise HTTPException(404)
        headers = {"content-disposition": found.disposition, "content-security-policy": HARMLESS}
        return Response(found.content, 200, headers, found.media_type)

    def _find(self, operator: str, conversation_id: str, cursor: int, position: int) -> Attachment | None:
        if cursor > MAX_CURSOR or position >= MAX_FILES:
            return None
        if self._received.is_migrants(conversation_id, cursor) and not self._holds(operator, conversation_id):
            return None
        return self._attachments.file(conversation_id, cursor, position)

    def _holds(self, operator: str, conversation_id: str) -> bool:
        conversation = self._office.conversations.get(conversation_id)
        return conversation is not None and (conversation.state, conversation.operator) == ("operator", operator)
