"""Passing a conversation on to a colleague who is there, or to a team, with a note."""

from dataclasses import dataclass

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from console.access import read_form, require_operator, text_of
from console.conversation import ConversationPage
from console.office import Office
from conversations.conversation import Conversation
from conversations.desks import Desk
from conversations.fitness import misfits
from conversations.handover import NotHolderError
from conversations.reply import Button, Reply
from conversations.transfers import MAX_NOTE_CHARS, Transfer, TransferError

FALLBACK_VARIANT = "ru"


@dataclass(frozen=True)
class PassingOn:
    """What the page shows: to whom it can go, what was written before, and what stands against taking it."""

    colleagues: tuple[Desk, ...]
    teams: tuple[str, ...]
    transfers: tuple[Transfer, ...]
    misfits: tuple[str, ...]
    is_lifted: bool
    max_chars: int


class TransferForm:
    """Route of the form on the page of one conversation."""

    def __init__(self, office: Office, page: ConversationPage) -> None:
        self._office = office
        self._page = page

    def routes(self) -> list[BaseRoute]:
        """The form."""
        return [Route("/conversations/{id}/transfer", self.transfer, methods=["POST"])]

    async def transfer(self, request: Request) -> Response:
        """Pass it on; when that cannot be, the page says why."""
        operator = await require_operator(self._office, request)
        form = await read_form(request)
        kind, _, name = text_of(form, "to").partition(":")
        note = text_of(form, "note").replace("\r\n", "\n").strip()[:MAX_NOTE_CHARS]
        try:
            await run_in_threadpool(self._transfer, request.path_params["id"], operator, kind, name, note)
        except NotHolderError:
            return await self._page.page(request, operator, 409, "not_yours")
        except TransferError as error:
            return await self._page.page(request, operator, 409, f"transfer_{error}")
        return RedirectResponse("/", 303)

    def choices(self, conversation: Conversation, operator: str) -> PassingOn:
        """For the template of the form. Blocks for a few reads."""
        office, now = self._office, self._office.clock()
        transfers = office.transfers.of(conversation.id)
        is_holder = conversation.state == "operator" and conversation.operator == operator
        desks = [each for each in office.desks.all() if each.name != operator] if is_holder else []
        teams = office.desks.teams() if is_holder else ()
        there = tuple(each for each in desks if each.is_there(now))
        against = self._misfits(conversation, operator) if conversation.state == "waiting" else ()
        is_lifted = bool(against) and not office.handovers.refusals(conversation.id, operator)
        return PassingOn(there, teams, transfers, against, is_lifted, MAX_NOTE_CHARS)

    def _misfits(self, conversation: Conversation, operator: str) -> tuple[str, ...]:
        waiting = self._office.handovers.waiting(conversation.id)
        return misfits(self._office.desks.of(operator), waiting.wanted) if waiting else ()

    def _transfer(self, conversation_id: str, operator: str, kind: str, name: str, note: str) -> None:
        office = self._office
        ways = {"operator": office.transfers.to_operator, "team": office.transfers.to_team}
        if kind not in ways:
            raise TransferError("nobody")
        ways[kind](conversation_id, operator, name, note, self._words, office.clock())

    def _words(self, conversation: Conversation) -> Reply:
        """What the migrant is told."""
        variant, texts = conversation.variant or FALLBACK_VARIANT, self._office.texts
        buttons = tuple(Button(*pair) for pair in texts.buttons("operator_changed", variant))
        return Reply(texts.text("operator_changed", variant), buttons, "system", answers_question=False)
