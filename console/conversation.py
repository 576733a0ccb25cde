"""The page of one conversation: everything said, who holds it, and the forms of the one who does; it renews itself."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from console.access import require_operator
from console.languages import variant_of_request
from console.office import LONGEST_WAIT_SECONDS, Office
from console.pages import Pages
from console.referral_rows import ReferralRows
from conversations.conversation import Conversation
from conversations.handover_steps import Step
from conversations.notes import Note
from conversations.referral_steps import Referral, ReferralStep
from conversations.transcript import Message

MAX_ANSWER_CHARS = 4000
MAX_CURSOR = 2**53


@dataclass(frozen=True)
class Seen:
    """A conversation as an operator sees it at one moment."""

    conversation: Conversation
    messages: tuple[Message, ...]
    steps: tuple[Step, ...]
    note: Note | None
    referrals: tuple[Referral, ...]
    referral_steps: tuple[ReferralStep, ...]

    @property
    def state(self) -> str:
        """Changes when the part of the page around the messages has to change."""
        about, steps = self.conversation, len(self.steps) + len(self.referral_steps)
        hidden, held = f"{about.is_disguised:d}", about.held_reason if about.held_since else ""
        return f"{about.state}:{about.operator}:{about.danger}:{steps}:{hidden}:{about.safety_signs}:{held}"


class ConversationPage:
    """Routes of the page."""

    def __init__(self, office: Office, pages: Pages, referral_rows: ReferralRows) -> None:
        self._office = office
        self._pages = pages
        self._referral_rows = referral_rows

    def routes(self) -> list[BaseRoute]:
        """The page, and its changes."""
        return [
            Route("/conversations/{id}", self.show, methods=["GET"]),
            Route("/conversations/{id}/changes", self.changes, methods=["GET"]),
        ]

    async def show(self, request: Request) -> Response:
        """The whole page."""
        operator = await require_operator(self._office, request)
        return await self.page(request, operator)

    async def page(
        self, request: Request, operator: str, status: int = 200, error: str = "", draft: str = ""
    ) -> Response:
        """The page, with what went wrong and what was written then; HTTP 404 where there is no such conversation."""
        seen = await run_in_threadpool(self._look, request.path_params["id"], 0)
        values = self._values(request, seen, operator)
        return self._pages.page(request, "conversation.html", status, error=error, draft=draft, **values)

    async def changes(self, request: Request) -> Response:
        """What is new behind the cursor `after`, or in the state `seen`; at the latest after a while."""
        operator = await require_operator(self._office, request)
        after, state = _cursor(request.query_params.get("after", "")), request.query_params.get("seen", "")

        async def look() -> Seen:
            return await run_in_threadpool(self._look, request.path_params["id"], after)

        found = await self._office.until_changed(
            look, lambda now: bool(now.messages) or now.state != state, LONGEST_WAIT_SECONDS
        )
        await require_operator(self._office, request)
        values = self._values(request, found, operator)
        parts: dict[str, object] = {"seen": found.state, "cursor": values["cursor"] or after}
        if found.messages:
            parts["messages"] = self._pages.part(request, "_messages.html", **values)
        if found.state != state:
            parts["around"] = self._pages.part(request, "_around.html", **values)
            parts["forms"] = self._pages.part(request, "_forms.html", draft="", **values)
        return JSONResponse(parts)

    def _look(self, conversation_id: str, after: int) -> Seen:
        """Only conversations that were handed over at least once: what others say to the bot is not for operators."""
        conversation = self._office.conversations.get(conversation_id)
        steps = self._office.handovers.log(conversation_id) if conversation else ()
        if conversation is None or not steps:
            raise HTTPException(404, "gone")
        note, referrals = self._office.notes.newest(conversation_id), self._office.referrals.of(conversation_id)
        referral_steps = self._office.referrals.log(conversation_id)
        history = self._office.history(conversation_id, after)
        return Seen(conversation, history, steps, note, referrals, referral_steps)

    def _values(self, request: Request, seen: Seen, operator: str) -> dict[str, object]:
        variant, name = variant_of_request(request), self._office.places.country_name
        conversation = seen.conversation
        return {
            "operator": operator,
            "conversation": conversation,
            "messages": seen.messages,
            "steps": seen.steps,
            "cursor": seen.messages[-1].cursor if seen.messages else 0,
            "seen": seen.state,
            "country": name(conversation.country, variant) if conversation.country else None,
            "citizenship": name(conversation.citizenship, variant) if conversation.citizenship else None,
            "channel": self._pages.channel(variant, conversation.channel),
            "sign_names": partial(self._sign_names, variant=variant),
            "max_chars": MAX_ANSWER_CHARS,
            "note": self._named(seen.note, variant) if seen.note else None,
            **self._referral(seen, operator, variant),
        }

    def _named(self, note: Note, variant: str) -> list[tuple[str, list[str]]]:
        """The parts of a note that hold anything: (key of the title, names)."""
        routes = (note.route,) if note.route else ()
        parts = (("signs", note.signs), ("factors", note.factors), ("route", routes), ("needs", note.needs))
        name = self._office.labels.name
        return [(f"note_{part}", [name(each, variant) for each in ids]) for part, ids in parts if ids]

    def _sign_names(self, signs: Sequence[str], variant: str) -> list[str]:
        """What the signs of danger are called; earlier detectors gave others, which have no name."""
        labels = self._office.labels
        return [labels.name(sign, variant) for sign in signs if sign in labels.ids()]

    def _referral(self, seen: Seen, operator: str, variant: str) -> dict[str, object]:
        conversation, rows = seen.conversation, self._referral_rows
        return {
            "is_holder": conversation.state == "operator" and conversation.operator == operator,
            "referrals": [rows.row(each, conversation, operator, variant) for each in seen.referrals],
            "referral_steps": seen.referral_steps,
            "choices": rows.choices(conversation.country, variant),
            "unverified": rows.unverified(variant),
        }


def _cursor(text: str) -> int:
    return min(int(text), MAX_CURSOR) if text.isascii() and text.isdigit() and len(text) < 20 else 0
