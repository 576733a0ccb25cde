"""A claim on one message: who may finish it, and what becomes of its conversation's next turn."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, func, select, update
from sqlalchemy.engine import Connection, Row

from conversations.conversation import FIELDS, Conversation, change_conversation, conversation_of
from conversations.tables import conversations, inbox, transcript

MAX_TRIES = 5


_STANDING = select(inbox.c.number).where(
    inbox.c.number == bindparam("number"),
    inbox.c.claims == bindparam("claim"),
    inbox.c.worker.isnot(None),
    inbox.c.done_at.is_(None),
)
_CHANGE = update(inbox).where(inbox.c.number == bindparam("of_number"))
_pending = (inbox.c.conversation_id == conversations.c.id) & inbox.c.done_at.is_(None)
_NEXT_TURN = (
    update(conversations)
    .where(conversations.c.id == bindparam("of_conversation"))
    .values(
        turn_number=select(func.min(inbox.c.number)).where(_pending).scalar_subquery(),
        turn_ready_at=select(inbox.c.stored_at).where(_pending).order_by(inbox.c.number).limit(1).scalar_subquery(),
    )
)
_DUE = (
    select(*FIELDS, conversations.c.turn_number)
    .where(conversations.c.turn_ready_at <= bindparam("now"))
    .order_by(conversations.c.turn_ready_at, conversations.c.turn_number)
    .limit(1)
    .with_for_update(skip_locked=True)
)
_ROW = select(
    inbox.c.number,
    inbox.c.claims,
    inbox.c.tries,
    inbox.c.message_id,
    inbox.c.cursor,
    inbox.c.stored_at,
    transcript.c.text,
    transcript.c.payload,
    transcript.c.danger,
    transcript.c.signs,
    transcript.c.variant,
    transcript.c.answered_by,
).join(transcript, transcript.c.cursor == inbox.c.cursor)
_MESSAGE = _ROW.where(inbox.c.number == bindparam("number"))
_BY_ID = _ROW.where(
    inbox.c.conversation_id == bindparam("conversation_id"), inbox.c.message_id == bindparam("message_id")
)


@dataclass(frozen=True)
class Claimed:
    """One message in the hands of one worker. `attempts` counts its tries, this one included.

    `conversation` is as it was at the claim. `is_answered`: an operator has already answered this message.
    """

    number: int
    claim: int
    attempts: int
    conversation: Conversation
    message_id: str
    cursor: int
    text: str
    payload: str | None
    danger: str
    signs: tuple[str, ...]
    variant: str | None
    stored_at: datetime
    is_answered: bool

    @property
    def conversation_id(self) -> str:
        """The id of its conversation."""
        return self.conversation.id

    @property
    def is_last_try(self) -> bool:
        """Whether it has been tried `MAX_TRIES` times, this one included."""
        return self.attempts >= MAX_TRIES

    @property
    def is_worn_out(self) -> bool:
        """Whether it was tried often enough before: set it aside without another try."""
        return self.attempts > MAX_TRIES


def take(connection: Connection, worker: str, now: datetime, lease_end: datetime) -> Claimed | None:
    """Claim the message that is longest due, if any is; see `Inbox.claim`."""
    due = connection.execute(_DUE, {"now": now}).first()
    if due is None:
        return None
    row = connection.execute(_MESSAGE, {"number": due.turn_number}).one()
    taken = {"worker": worker, "claims": row.claims + 1, "tries": row.tries + 1}
    connection.execute(_CHANGE, {"of_number": row.number, **taken})
    change_conversation(connection, due.id, turn_ready_at=lease_end)
    return _claimed(row, conversation_of(due))


def of_message(connection: Connection, conversation: Conversation, message_id: str) -> Claimed | None:
    """A message as a claim would give it, without claiming it; None when it is not stored or erased."""
    ids = {"conversation_id": conversation.id, "message_id": message_id}
    row = connection.execute(_BY_ID, ids).first()
    return _claimed(row, conversation) if row else None


def holds(connection: Connection, claimed: Claimed) -> bool:
    """Whether the claim still stands: not finished, not put back, not taken over after its lease."""
    found = connection.execute(_STANDING, {"number": claimed.number, "claim": claimed.claim})
    return found.first() is not None


def release(connection: Connection, claimed: Claimed, ready_at: datetime, *, is_try: bool) -> None:
    """Give the message back; it is again the next of its conversation, from `ready_at` on."""
    tries = claimed.attempts if is_try else claimed.attempts - 1
    connection.execute(_CHANGE, {"of_number": claimed.number, "worker": None, "tries": tries})
    change_conversation(connection, claimed.conversation_id, turn_ready_at=ready_at)


def end(connection: Connection, claimed: Claimed, outcome: str, reason: str | None, now: datetime) -> None:
    """Note that the message has had its turn, and let the conversation's next one be claimed."""
    done = {"worker": None, "done_at": now, "outcome": outcome, "reason": reason}
    connection.execute(_CHANGE, {"of_number": claimed.number, **done})
    connection.execute(_NEXT_TURN, {"of_conversation": claimed.conversation_id})


def _claimed(row: Row, conversation: Conversation) -> Claimed:
    return Claimed(
        number=row.number,
        claim=row.claims + 1,
        attempts=row.tries + 1,
        conversation=conversation,
        message_id=row.message_id,
        cursor=row.cursor,
        text=row.text,
        payload=row.payload,
        danger=row.danger,
        signs=tuple(row.signs),
        variant=row.variant,
        stored_at=row.stored_at,
        is_answered=row.answered_by is not None,
    )
