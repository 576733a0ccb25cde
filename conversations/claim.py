"""A claim on one message: who may finish it, and what becomes of its conversation's next turn."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, func, or_, select, update
from sqlalchemy.engine import Connection, Row

from conversations import joining
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
_WITH_PARTS = update(inbox).where(
    inbox.c.conversation_id == bindparam("of_conversation"),
    inbox.c.done_at.is_(None),
    or_(inbox.c.number == bindparam("of_number"), inbox.c.joined_to == bindparam("of_number")),
)
_pending = (inbox.c.conversation_id == conversations.c.id) & inbox.c.done_at.is_(None)
_NEXT_TURN = (
    update(conversations)
    .where(conversations.c.id == bindparam("of_conversation"))
    .values(
        turn_number=select(func.min(inbox.c.number)).where(_pending).scalar_subquery(),
        turn_ready_at=select(func.coalesce(inbox.c.ready_at, inbox.c.stored_at))
        .where(_pending)
        .order_by(inbox.c.number)
        .limit(1)
        .scalar_subquery(),
    )
)
_DUE = (
    select(*FIELDS, conversations.c.turn_number)
    .where(conversations.c.turn_ready_at <= bindparam("now"))
    .order_by(conversations.c.turn_ready_at, conversations.c.turn_number)
    .limit(1)
    .with_for_update(skip_locked=True)
)
_ROW = select(*joining.PARTS).join(transcript, transcript.c.cursor == inbox.c.cursor)
_MESSAGE = _ROW.where(inbox.c.number == bindparam("number"))
_BY_ID = _ROW.where(
    inbox.c.conversation_id == bindparam("conversation_id"), inbox.c.message_id == bindparam("message_id")
)


@dataclass(frozen=True)
class Claimed:
    """One message in the hands of one worker. `attempts` counts its tries, this one included.

    `conversation` is as it was at the claim. `is_answered`: an operator has already answered this message. Where
    several messages are one question, this is the last of them, `text` has all, and `joined` the ids of the others,
    `joined_payloads` what those are that are no texts. `reason` is the code of its last failure.
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
    joined: tuple[str, ...] = ()
    joined_payloads: tuple[str, ...] = ()
    reason: str | None = None

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
    conversation = conversation_of(due)
    first = connection.execute(_MESSAGE, {"number": due.turn_number}).one()
    parts = joining.parts_of(connection, due.id, first, is_held=conversation.is_held)
    row = parts[-1]
    taken = {"worker": worker, "claims": row.claims + 1, "tries": row.tries + 1}
    connection.execute(_CHANGE, {"of_number": row.number, **taken})
    change_conversation(connection, due.id, turn_number=row.number, turn_ready_at=lease_end)
    return _claimed(row, conversation, parts)


def of_message(connection: Connection, conversation: Conversation, message_id: str) -> Claimed | None:
    """A message as a claim would give it, without claiming it; None when it is not stored or erased."""
    ids = {"conversation_id": conversation.id, "message_id": message_id}
    row = connection.execute(_BY_ID, ids).first()
    return _claimed(row, conversation, (row,)) if row else None


def holds(connection: Connection, claimed: Claimed) -> bool:
    """Whether the claim still stands: not finished, not put back, not taken over after its lease."""
    found = connection.execute(_STANDING, {"number": claimed.number, "claim": claimed.claim})
    return found.first() is not None


def release(
    connection: Connection, claimed: Claimed, ready_at: datetime, *, is_try: bool, reason: str | None = None
) -> None:
    """Give the message back; it is again the next of its conversation, from `ready_at` on."""
    tries = claimed.attempts if is_try else claimed.attempts - 1
    given_back = {"worker": None, "tries": tries, "reason": reason or claimed.reason}
    connection.execute(_CHANGE, {"of_number": claimed.number, **given_back})
    change_conversation(connection, claimed.conversation_id, turn_ready_at=ready_at)


def end(connection: Connection, claimed: Claimed, outcome: str, reason: str | None, now: datetime) -> None:
    """Note that the message has had its turn, with its joined parts, and let the conversation's next be claimed."""
    done = {"worker": None, "done_at": now, "outcome": outcome, "reason": reason}
    of_conversation = {"of_conversation": claimed.conversation_id}
    connection.execute(_WITH_PARTS, {"of_number": claimed.number, **of_conversation, **done})
    connection.execute(_NEXT_TURN, of_conversation)


def begin_next_turn(connection: Connection, conversation_id: str) -> None:
    """Where no turn is due or in work, let the oldest message without a turn be claimed."""
    connection.execute(_NEXT_TURN.where(conversations.c.turn_number.is_(None)), {"of_conversation": conversation_id})


def _claimed(row: Row, conversation: Conversation, parts: Sequence[Row]) -> Claimed:
    return Claimed(
        number=row.number,
        claim=row.claims + 1,
        attempts=row.tries + 1,
        conversation=conversation,
        message_id=row.message_id,
        cursor=row.cursor,
        text=joining.words_of(parts),
        payload=row.payload,
        danger=row.danger,
        signs=tuple(row.signs),
        variant=joining.variant_of(parts),
        stored_at=row.stored_at,
        is_answered=row.answered_by is not None,
        joined=tuple(part.message_id for part in parts[:-1]),
        joined_payloads=tuple(part.payload for part in parts[:-1] if part.payload is not None),
        reason=row.reason,
    )
