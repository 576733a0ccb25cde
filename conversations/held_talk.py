"""What migrant and operator said while the bot was silent, until the engine has learnt it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, or_, select, update

from conversations.database import Database
from conversations.tables import conversations, handovers, transcript

MAX_MESSAGES = 20
_UNLEARNT = (
    select(handovers.c.id, handovers.c.opened_at, handovers.c.ended_at)
    .where(handovers.c.conversation_id == bindparam("conversation_id"))
    .where(handovers.c.ended_at.isnot(None), handovers.c.learnt_at.is_(None))
    .order_by(handovers.c.id)
)


@dataclass(frozen=True)
class HeldMessage:
    """One message; `sender` is migrant or operator."""

    sender: str
    text: str
    variant: str | None


@dataclass(frozen=True)
class HeldTalk:
    """What was said in the handovers of these ids, the oldest message first; there may be nothing."""

    handover_ids: tuple[int, ...]
    messages: tuple[HeldMessage, ...]

    @property
    def id(self) -> str:
        """The name under which the engine learns it once."""
        return f"held-{self.handover_ids[-1]}"


class HeldTalks:
    """The talks of one database that the engine does not know yet."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def unlearnt(self, conversation_id: str) -> HeldTalk | None:
        """The talk since the engine was asked last; None when there was no handover.

        Buttons are left out, what has gone out of sight, and messages that the bot itself is still to answer.
        """
        with self._database.read() as connection:
            rows = connection.execute(_UNLEARNT, {"conversation_id": conversation_id}).all()
            if not rows:
                return None
            hidden = select(conversations.c.hidden_up_to).where(conversations.c.id == conversation_id)
            while_held = or_(*(transcript.c.at.between(row.opened_at, row.ended_at) for row in rows))
            is_said = or_(transcript.c.sender == "operator", transcript.c.answered_by.isnot(None))
            said = (
                select(transcript.c.sender, transcript.c.text, transcript.c.variant)
                .where(transcript.c.conversation_id == conversation_id, while_held, is_said)
                .where(transcript.c.sender.in_(("migrant", "operator")), transcript.c.payload.is_(None))
                .where(transcript.c.cursor > (connection.execute(hidden).scalar() or 0))
                .order_by(transcript.c.cursor.desc())
                .limit(MAX_MESSAGES)
            )
            messages = tuple(HeldMessage(*row) for row in connection.execute(said))
        return HeldTalk(tuple(row.id for row in rows), messages[::-1])

    def note_learnt(self, handover_ids: Sequence[int], now: datetime) -> None:
        """The engine knows these now."""
        with self._database.begin() as connection:
            learnt = update(handovers).where(handovers.c.id.in_(list(handover_ids)))
            connection.execute(learnt.values(learnt_at=now))
