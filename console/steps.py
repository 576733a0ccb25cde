"""What an operator does with a conversation: take, answer, give back to the bot, close."""

from collections import OrderedDict
from collections.abc import Callable
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from console.access import read_form, require_operator, text_of
from console.conversation import MAX_ANSWER_CHARS, ConversationPage
from console.languages import variant_of_request
from console.machine_answers import keep_own_words, with_sentence
from console.office import Office
from conversations.conversation import UnknownConversationError
from conversations.handover import NotHolderError
from conversations.received import ReceivedMedia

REMEMBERED_FORMS = 1000
FALLBACK_VARIANT = "ru"

Act = Callable[..., Any]


class Steps:
    """Routes of the forms on the page of one conversation."""

    def __init__(self, office: Office, page: ConversationPage) -> None:
        self._office = office
        self._page = page
        self._received = ReceivedMedia(office.database)
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
        return await self._page.page(request, operator, 409, await self._why_not(request, operator))

    async def answer(self, request: Request) -> Response:
        """Send the text to the migrant; when that cannot be, the page shows it again."""
        operator = await require_operator(self._office, request)
        form = await read_form(request)
        draft = text_of(form, "text").replace("\r\n", "\n")
        of, once = request.path_params["id"], text_of(form, "once")
        text = await run_in_threadpool(with_sentence, self._office, of, form, draft.strip())
        if error := _fault(text):
            return await self._page.page(request, operator, 422, error, draft)
        if once and once in self._sent:
            return _back(request)
        self._remember(once)
        try:
            cursor = await self._run(self._office.handovers.answer, of, operator, text, self._office.clock())
        except NotHolderError:
            return await self._page.page(request, operator, 409, "not_yours", draft)
        await run_in_threadpool(keep_own_words, self._office, of, form, variant_of_request(request), cursor)
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
        variant = (conversation.variant if conversation else None) or FALLBACK_VARIANT
        keys = ("bot_is_back", "files_deleted") if self._received.has_kept(conversation_id) else ("bot_is_back",)
        return "\n\n".join(self._office.texts.text(key, variant) for key in keys)

    async def _run(self, step: Act, *arguments: object) -> Any:
        try:
            return await run_in_threadpool(step, *arguments)
        except UnknownConversationError:
            raise HTTPException(404, "gone") from None

    async def _why_not(self, request: Request, operator: str) -> str:
        """The sentence that says why it could not be taken."""
        conversation = await run_in_threadpool(self._office.conversations.get, request.path_params["id"])
        if conversation and conversation.operator:
            return "taken_by"
        refused = await run_in_threadpool(self._office.handovers.refusals, request.path_params["id"], operator)
        return f"misfit_{refused[0]}" if refused else "not_waiting"

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
