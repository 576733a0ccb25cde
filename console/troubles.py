"""Troubles: messages that were set aside and replies that did not arrive, the reason in words, and a further try."""

from dataclasses import dataclass

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from console.access import read_form, require_operator, text_of
from console.languages import variant_of_request
from console.office import Office
from console.pages import Pages
from conversations.troubles import Trouble, Troubles

MAX_NUMBER_DIGITS = 18
UNDELIVERABLE = {
    "blocked": "blocked",
    "undeliverable": "not_reached",
    "expired": "not_reached",
    "country_restricted": "not_reached",
    "too_long": "too_large",
    "too_large": "too_large",
    "media": "too_large",
    "account_locked": "account",
    "not_allowed": "account",
    "no_permission": "account",
    "token_refused": "account",
    "wrong_token": "account",
    "number_not_ready": "account",
    "no_display_name": "account",
    "payment": "account",
    "template": "account",
    "throttled": "gave_up",
    "paced": "gave_up",
    "server_error": "gave_up",
    "no_connection": "gave_up",
    "no_answer": "gave_up",
    "bad_answer": "gave_up",
    "moved": "not_reached",
}
"""What a code of a messenger means to an operator; every other code: the messenger has refused the message."""
NO_ANSWER = frozenset({"timeout", "is not started"})
WRONG_ANSWER = frozenset({"empty", "unreadable"})


@dataclass(frozen=True)
class TroubleRow:
    """One line of the list, in words."""

    trouble: Trouble
    channel: str
    reason: str
    duration: str


class TroublesPage:
    """Routes of the page."""

    def __init__(self, office: Office, pages: Pages) -> None:
        self._office = office
        self._pages = pages
        self._troubles = Troubles(office.database)

    def routes(self) -> list[BaseRoute]:
        """The list, and the form that tries again."""
        return [
            Route("/troubles", self.show, methods=["GET"]),
            Route("/troubles/again", self.try_again, methods=["POST"]),
        ]

    async def show(self, request: Request) -> Response:
        """The newest first; `said` tells what became of the last try."""
        operator = await require_operator(self._office, request)
        troubles = await run_in_threadpool(self._troubles.newest)
        rows = [self._row(request, each) for each in troubles]
        asked = request.query_params.get("said", "")
        said = f"trouble_{asked}" if asked in ("again", "gone") else ""
        return self._pages.page(request, "troubles.html", operator=operator, rows=rows, said=said)

    async def try_again(self, request: Request) -> Response:
        """Let the message have its turn, or the reply be sent, once more."""
        await require_operator(self._office, request)
        form = await read_form(request)
        kind, number = text_of(form, "kind"), _number(text_of(form, "number"))
        is_begun = await run_in_threadpool(self._troubles.try_again, kind, number, self._office.clock())
        return RedirectResponse(f"/troubles?said={'again' if is_begun else 'gone'}", 303)

    def _row(self, request: Request, trouble: Trouble) -> TroubleRow:
        variant = variant_of_request(request)
        channel = self._pages.channel(variant, trouble.channel)
        return TroubleRow(
            trouble,
            channel,
            self._pages.speaker(variant)(f"trouble_{_meaning(trouble)}", name=channel),
            self._pages.duration(variant, trouble.at, self._office.clock()),
        )


def _meaning(trouble: Trouble) -> str:
    """The key of the sentence for a code."""
    if trouble.kind == "undeliverable":
        return UNDELIVERABLE.get(trouble.reason, "refused")
    if trouble.reason in NO_ANSWER:
        return "no_answer"
    return "wrong_answer" if trouble.reason in WRONG_ANSWER else "broke_off"


def _number(text: str) -> int:
    """A row's number; 0, which no row has, for anything else."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= MAX_NUMBER_DIGITS else 0
