"""What an operator sees of a conversation at one moment, read from the database."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from console.office import Office
from conversations.conversation import Conversation
from conversations.handover_steps import Step
from conversations.history import History, Reach, Shown, Stretch, Talk
from conversations.internal_notes import InternalNote, InternalNotes
from conversations.notes import Note
from conversations.referral_steps import Referral, ReferralStep


@dataclass(frozen=True)
class Seen:
    """A conversation as an operator sees it at one moment."""

    conversation: Conversation
    stretch: Stretch
    steps: tuple[Step, ...]
    note: Note | None
    internal_notes: tuple[InternalNote, ...]
    talks: tuple[Talk, ...]
    reach: Reach
    referrals: tuple[Referral, ...]
    referral_steps: tuple[ReferralStep, ...]

    @property
    def cursor(self) -> int:
        """The last message that is shown; 0 where there is none."""
        return self.stretch.messages[-1].message.cursor if self.stretch.messages else 0

    @property
    def drawn(self) -> str:
        """Changes when a message has to be drawn again, or there are new ones."""
        return _digest(repr([(each.message.cursor, *fingerprint(each)) for each in self.stretch.messages]))

    @property
    def state(self) -> str:
        """Changes when the parts around the messages have to change."""
        about = self.conversation
        parts = (
            about.state,
            about.operator,
            about.danger,
            about.safety_signs,
            about.is_disguised,
            about.held_reason if about.held_since else "",
            about.country,
            about.citizenship,
            about.variant,
            self.reach,
            len(self.steps),
            len(self.referral_steps),
            [each.id for each in self.internal_notes],
        )
        return _digest(repr(parts))


class Sight:
    """Looks at conversations; every operator may look at each. Blocks."""

    def __init__(self, office: Office) -> None:
        self._office = office
        self._history = History(office.database)
        self._internal_notes = InternalNotes(office.database)

    def look(self, conversation_id: str, start: int = 0) -> Seen | None:
        """The newest messages, or those from the cursor `start` on; None where there is no such conversation."""
        conversation = self._office.conversations.get(conversation_id)
        if conversation is None:
            return None
        newest, from_ = self._history.newest, self._history.from_
        return Seen(
            conversation,
            from_(conversation_id, start) if start else newest(conversation_id),
            self._office.handovers.log(conversation_id),
            self._office.notes.newest(conversation_id),
            self._internal_notes.of(conversation_id),
            self._history.talks(conversation_id),
            self._history.reach(conversation_id),
            self._office.referrals.of(conversation_id),
            self._office.referrals.log(conversation_id),
        )

    def older(self, conversation_id: str, before: int) -> Stretch:
        """The messages before this cursor."""
        return self._history.newest(conversation_id, before)


def newer_than(seen: Sequence[Shown], after: int) -> list[Shown]:
    """Those behind this cursor."""
    return [each for each in seen if each.message.cursor > after]


def fingerprint(shown: Shown) -> tuple[object, ...]:
    """Changes when a message has to be drawn again."""
    return shown.message.revision, shown.delivery, shown.newer


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]
