"""The button with which an operator takes a conversation that the bot has."""

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from console.access import read_form, require_operator
from console.conversation import ConversationPage
from console.office import Office
from conversations.conversation import UnknownConversationError
from conversations.stepping_in import step_in

FALLBACK_VARIANT = "ru"


class StepIn:
    """The route of the form; every operator may step in."""

    def __init__(self, office: Office, page: ConversationPage) -> None:
        self._office = office
        self._page = page

    def routes(self) -> list[BaseRoute]:
        """The one route."""
        return [Route("/conversations/{id}/step_in", self.step_in, methods=["POST"])]

    async def step_in(self, request: Request) -> Response:
        """From now on the bot is silent and this operator answers; the person is told, unless others may read it."""
        operator = await require_operator(self._office, request)
        await read_form(request)
        conversation_id = request.path_params["id"]
        try:
            has_it = await run_in_threadpool(self._step_in, conversation_id, operator)
        except UnknownConversationError:
            raise HTTPException(404, "gone") from None
        if has_it:
            return RedirectResponse(f"/conversations/{conversation_id}", 303)
        return await self._page.page(request, operator, 409, "step_in_late")

    def _step_in(self, conversation_id: str, operator: str) -> bool:
        office = self._office
        before = office.conversations.get(conversation_id)
        if not step_in(office.database, conversation_id, operator, office.clock()):
            return False
        if before is not None and before.state in ("bot", "closed") and not before.is_disguised:
            variant = before.variant or FALLBACK_VARIANT
            text, buttons = (
                office.texts.text("operator_joined", variant),
                office.texts.buttons("operator_joined", variant),
            )
            office.transcript.say(conversation_id, "system", text, buttons, None, (), office.clock())
        return True
