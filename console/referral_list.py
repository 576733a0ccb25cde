"""The list of open referrals: what was passed on, and what became of it."""

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from console.access import read_form, require_operator, text_of
from console.languages import variant_of_request
from console.office import Office
from console.pages import Pages
from console.referral_rows import ReferralRows
from console.referral_words import ReferralWords
from conversations.handover import NotHolderError
from conversations.referral import MAX_NOTE_CHARS, DisguisedError
from conversations.referral_steps import ReferralStateError

STATES = ("offered", "agreed", "refused", "withdrawn", "passed_on", "answered", "no_answer", "helped", "closed")
FAULTS: dict[type[Exception], str] = {
    NotHolderError: "not_yours",
    DisguisedError: "referral_disguised",
    ReferralStateError: "referral_not_now",
}


class ReferralList:
    """Routes of the list. Every operator may write an outcome down; passing on is for who holds or has asked."""

    def __init__(self, office: Office, pages: Pages, words: ReferralWords, rows: ReferralRows) -> None:
        self._office = office
        self._pages = pages
        self._words = words
        self._rows = rows

    def routes(self) -> list[BaseRoute]:
        """The page and its two forms."""
        return [
            Route("/referrals", self.show, methods=["GET"]),
            Route("/referrals/{code}/passed_on", self.pass_on, methods=["POST"]),
            Route("/referrals/{code}/outcome", self.record, methods=["POST"]),
        ]

    async def show(self, request: Request) -> Response:
        """The whole page."""
        return await self._page(request, await require_operator(self._office, request))

    async def pass_on(self, request: Request) -> Response:
        """The operator has passed the request on; the migrant gets the receipt. Then back to where the form was."""
        operator = await require_operator(self._office, request)
        form = await read_form(request)
        try:
            conversation_id = await run_in_threadpool(self._pass_on, request.path_params["code"], operator)
        except tuple(FAULTS) as fault:
            return await self._page(request, operator, 409, FAULTS[type(fault)])
        is_from_conversation = text_of(form, "back") == "conversation"
        return RedirectResponse(f"/conversations/{conversation_id}" if is_from_conversation else "/referrals", 303)

    async def record(self, request: Request) -> Response:
        """Write down what became of it."""
        operator = await require_operator(self._office, request)
        form = await read_form(request)
        outcome, note = text_of(form, "outcome"), text_of(form, "note").strip()
        try:
            await run_in_threadpool(
                self._office.referrals.record,
                request.path_params["code"],
                operator,
                outcome,
                note,
                self._office.clock(),
            )
        except ReferralStateError:
            return await self._page(request, operator, 409, "referral_not_now")
        except ValueError:
            return await self._page(request, operator, 422, "referral_wrong")
        return RedirectResponse("/referrals", 303)

    def _pass_on(self, code: str, operator: str) -> str:
        referral, now = self._office.referrals.get(code), self._office.clock()
        if referral is None:
            raise ReferralStateError(code)
        self._office.referrals.pass_on(code, operator, self._words.receipt(referral, now), now)
        return referral.conversation_id

    async def _page(self, request: Request, operator: str, status: int = 200, error: str = "") -> Response:
        variant = variant_of_request(request)
        rows = await run_in_threadpool(self._rows.open, operator, variant)
        totals = await run_in_threadpool(self._office.referrals.totals)
        counted = [(state, totals[state]) for state in STATES if totals.get(state)]
        return self._pages.page(
            request,
            "referrals.html",
            status,
            operator=operator,
            rows=rows,
            totals=counted,
            error=error,
            max_note_chars=MAX_NOTE_CHARS,
        )
