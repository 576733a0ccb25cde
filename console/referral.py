"""The form with which the holder of a conversation asks the migrant whether a request may be passed on."""

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from console.access import read_form, require_operator, text_of
from console.conversation import ConversationPage
from console.office import Office
from console.referral_words import ReferralWords
from console.steps import FALLBACK_VARIANT
from conversations.conversation import Conversation
from conversations.handover import NotHolderError
from conversations.referral import DisguisedError, ReferralExistsError
from conversations.referral_buttons import new_code
from conversations.referral_steps import Referral

FAULTS: dict[type[Exception], str] = {
    NotHolderError: "not_yours",
    DisguisedError: "referral_disguised",
    ReferralExistsError: "referral_exists",
}


class ReferralForm:
    """The route of the form; only the holder of the conversation may send it."""

    def __init__(self, office: Office, page: ConversationPage, words: ReferralWords) -> None:
        self._office = office
        self._page = page
        self._words = words

    def routes(self) -> list[BaseRoute]:
        """The one route."""
        return [Route("/conversations/{id}/referral", self.ask, methods=["POST"])]

    async def ask(self, request: Request) -> Response:
        """Send the migrant the question whether their request may be passed on."""
        operator = await require_operator(self._office, request)
        organisation, _, need = text_of(await read_form(request), "choice").partition(":")
        if not self._is_offered(organisation, need):
            return await self._page.page(request, operator, 422, "referral_choose")
        try:
            await run_in_threadpool(self._ask, request.path_params["id"], operator, organisation, need)
        except tuple(FAULTS) as fault:
            return await self._page.page(request, operator, 409, FAULTS[type(fault)])
        return RedirectResponse(f"/conversations/{request.path_params['id']}", 303)

    def _is_offered(self, organisation_id: str, need: str) -> bool:
        """Only what the form shows: an organisation that may be named to a migrant, and a help that it offers."""
        found = self._office.organisations.get(organisation_id)
        return found is not None and found.is_shown and need in found.kinds

    def _ask(self, conversation_id: str, operator: str, organisation: str, need: str) -> None:
        conversation = self._office.conversations.get(conversation_id)
        if conversation is None:
            raise NotHolderError(conversation_id)
        referral = self._offered(conversation, operator, organisation, need)
        self._office.referrals.offer(referral, self._words.question(referral))

    def _offered(self, conversation: Conversation, operator: str, organisation: str, need: str) -> Referral:
        return Referral(
            code=new_code(),
            conversation_id=conversation.id,
            organisation=organisation,
            need=need,
            country=conversation.country,
            variant=conversation.variant or FALLBACK_VARIANT,
            state="offered",
            operator=operator,
            offered_at=self._office.clock(),
            consented_at=None,
            passed_on_at=None,
            note="",
        )
