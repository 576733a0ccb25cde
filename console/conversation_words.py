"""Everything about a conversation in words: the values of the page's templates in one operator's language."""

from collections.abc import Sequence
from datetime import datetime
from functools import partial

from console.board import Board
from console.entry_names import EntryNames
from console.office import Office
from console.pages import KNOWN_REASONS, Pages
from console.referral_rows import ReferralRows
from console.sight import Seen
from conversations.conversation import Conversation
from conversations.delivery_marks import DeliveryState
from conversations.history import Shown, Talk
from conversations.internal_notes import MAX_NOTE_CHARS
from conversations.notes import Note
from conversations.waiting import Waiting

MAX_ANSWER_CHARS = 4000
NAMED_FAILURES = frozenset({"blocked", "outside_window", "undeliverable"})
SIGNS_OF_DELIVERY = {"under_way": "…", "sent": "✓", "delivered": "✓✓", "read": "✓✓", "failed": "✗"}


class ConversationWords:
    """Fills in what the templates ask for; blocks where an entry is named for the first time."""

    def __init__(self, office: Office, pages: Pages, referral_rows: ReferralRows) -> None:
        self._office = office
        self._pages = pages
        self._referral_rows = referral_rows
        self._entry_names = EntryNames(office.texts, office.settings.content / "faq")

    def values(self, seen: Seen, operator: str, variant: str, board: Board | None) -> dict[str, object]:
        """For the whole page; without a `board` for the parts beside the lists."""
        conversation, name = seen.conversation, self._office.places.country_name
        return {
            **self.messages(conversation, seen.stretch.messages, variant),
            **(self.board(board, conversation.id, variant) if board else {}),
            **self._referral(seen, operator, variant),
            "operator": operator,
            "steps": seen.steps,
            "cursor": seen.cursor,
            "seen": seen.state,
            "drawn": seen.drawn,
            "has_older": seen.stretch.has_older,
            "country": name(conversation.country, variant) if conversation.country else None,
            "citizenship": name(conversation.citizenship, variant) if conversation.citizenship else None,
            "channel": self._pages.channel(variant, conversation.channel),
            "reach": seen.reach,
            "window": self._window(seen),
            "now": self._office.clock(),
            "talks": seen.talks,
            "why": partial(self._why, variant=variant),
            "internal_notes": seen.internal_notes,
            "max_chars": MAX_ANSWER_CHARS,
            "max_note_chars": MAX_NOTE_CHARS,
            "note": self._named(seen.note, variant) if seen.note else None,
        }

    def messages(self, conversation: Conversation, shown: Sequence[Shown], variant: str) -> dict[str, object]:
        """For the messages alone."""
        return {
            "conversation": conversation,
            "messages": shown,
            "sign_names": partial(self._sign_names, variant=variant),
            "topic_name": partial(self._entry_names.topic, variant=variant),
            "entry_name": partial(self._entry_names.entry, variant=variant),
            "delivery_sign": SIGNS_OF_DELIVERY.get,
            "failure": partial(self._failure, variant=variant),
        }

    def board(self, board: Board, conversation_id: str, variant: str) -> dict[str, object]:
        """For the lists beside it."""
        return {
            "board": board,
            "here": conversation_id,
            "why": partial(self._why, variant=variant),
            "channel_name": partial(self._pages.channel, variant),
        }

    def _window(self, seen: Seen) -> datetime | None:
        """Until when WhatsApp lets us write freely; None where there is no such limit."""
        return seen.reach.window_ends_at if seen.conversation.channel == "whatsapp" else None

    def _why(self, about: Talk | Waiting, variant: str) -> str:
        """Why a handover was opened; a reason that we have no words for is shown as it was written."""
        key = KNOWN_REASONS.get(about.reason)
        return self._office.texts.text(key, variant) if key else about.reason

    def _failure(self, state: DeliveryState, variant: str) -> str:
        speak, reason = self._pages.speaker(variant), state.reason or ""
        if reason in NAMED_FAILURES:
            return str(speak(f"failure_{reason}"))
        return str(speak("failure_other", reason=reason)) if reason else ""

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
        is_holder = conversation.state == "operator" and conversation.operator == operator
        return {
            "is_holder": is_holder,
            "referrals": [rows.row(each, conversation, operator, variant) for each in seen.referrals],
            "referral_steps": seen.referral_steps,
            "choices": rows.choices(conversation.country, variant) if is_holder else [],
            "unverified": rows.unverified(variant) if is_holder else [],
        }
