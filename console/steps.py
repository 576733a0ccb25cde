"""What an operator does with a conversation: take, answer, give back to the bot, close."""

from collections import OrderedDict
from collections.abc import Callable

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from console.access import read_form, require_operator, text_of
from console.conversation import MAX_ANSWER_CHARS, ConversationPage
from console.office import Office
from conversations.conversation import UnknownConversationError
from conversations.handover import NotHolderError

REMEMBERED_FORMS = 1000
FALLBACK_VARIANT = "ru"

Act = Callable[..., object]


class Steps:
    """Routes of the forms on the page of one conversation."""

    def __init__(self, office: Office, page: ConversationPage) -> None:
        self._office = office
        self._page = page
        self._sent: OrderedDict[str, None] = OrderedDict()

    def routes(self) -> list[BaseRoute]:
        """One route a form."""
        forms = {"take": self.take, "answer": self.answer, "give_back": self.give_back, "close": self.close}
        return [Route(f"/conversations/{{id}}/{name}", form, methods=["POST"]) for name, form in forms.items()]

    async def take(self, request: Request) -> Response:
        """From now on the bot is silent and this operator answers; the migrant is told, unless others may read it."""
        operator = await require_operator(self._office, request)
        await read_form(request)
        if await self._run(self._take, request.path_params["id"], operator):
            return _back(request)
        holder = await self._holder(request)
        return await self._page.page(request, operator, 409, "taken_by" if holder else "not_waiting")

    async def answer(self, request: Request) -> Response:
        """Send the text to the migrant; when that cannot be, the page shows it again."""
        operator = await require_operator(self._office, request)
        form = await read_form(request)
        draft = text_of(form, "text").replace("\r\n", "\n")
        text, once = draft.strip(), text_of(form, "once")
        if error := _fault(text):
            return await self._page.page(request, operator, 422, error, draft)
        if once and once in self._sent:
            return _back(request)
        self._remember(once)
        try:
            await self._run(
                self._office.handovers.answer, request.path_params["id"], operator, text, self._office.clock()
            )
        except NotHolderError:
            return await self._page.page(request, operator, 409, "not_yours", draft)
        return _back(request)

    async def give_back(self, request: Request) -> Response:
        """The bot answers again."""
        return await self._end(request, self._give_back)

    async def close(self, request: Request) -> Response:
        """The conversation is over."""
        return await self._end(request, self._close)

    async def _end(self, request: Request, end: Act) -> Response:
        operator = await require_operator(self._office, request)
        await read_form(request)
        try:
            await self._run(end, request.path_params["id"], operator)
        except NotHolderError:
            return await self._page.page(request, operator, 409, "not_yours")
        return _back(request)

    def _take(self, conversation_id: str, operator: str) -> bool:
        before = self._office.conversations.get(conversation_id)
        if before is None or not self._office.handovers.take(conversation_id, operator, self._office.clock()):
            return False
        if before.state == "waiting" and not before.is_disguised:
            variant = before.variant or FALLBACK_VARIANT
            text = self._office.texts.text("operator_joined", variant)
            buttons = self._office.texts.buttons("operator_joined", variant)
            self._office.transcript.say(conversation_id, "system", text, buttons, None, (), self._office.clock())
        return True

    def _give_back(self, conversation_id: str, operator: str) -> None:
        text = self._bot_is_back(conversation_id)
        self._office.handovers.give_back(conversation_id, operator, text, self._office.clock())

    def _close(self, conversation_id: str, operator: str) -> None:
        text = self._bot_is_back(conversation_id)
        self._office.handovers.close(conversation_id, operator, text, self._office.clock())

    def _bot_is_back(self, conversation_id: str) -> str:
        conversation = self._office.conversations.get(conversation_id)
        variant = conversation.variant if conversation else None
        return self._office.texts.text("bot_is_back", variant or FALLBACK_VARIANT)

    async def _run(self, step: Act, *arguments: object) -> object:
        try:
            return await run_in_threadpool(step, *arguments)
        except UnknownConversationError:
            raise HTTPException(404, "gone") from None

    async def _holder(self, request: Request) -> str | None:
        conversation = await run_in_threadpool(self._office.conversations.get, request.path_params["id"])
        return conversation.operator if conversation else None

    def _remember(self, once: str) -> None:
        """A form that comes twice, by a double click or a reload, is carried out once."""
        if once:
            self._sent[once] = None
        while len(self._sent) > REMEMBERED_FORMS:
            self._sent.popitem(last=False)


def _fault(text: str) -> str:
    if not text:
        return "answer_empty"
    return "answer_too_long" if len(text) > MAX_ANSWER_CHARS else ""


def _back(request: Request) -> Response:
    return RedirectResponse(f"/conversations/{request.path_params['id']}", 303)
