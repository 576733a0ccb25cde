"""Several short messages in a row as one question: who waits for more, and which are asked together.

A message that is joined keeps its place in the inbox, pending, with `joined_to` the number of the last part, until
that one has had its turn. So a kill loses nothing, and each further try asks the same question under the same id.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import bindparam, select, update
from sqlalchemy.engine import Connection, Row

from conversations.conversation import change_conversation
from conversations.tables import conversations, inbox, transcript

MAX_JOINED = 10
"""So many messages at most are one question; each is short, so that the whole stays within the limit of one text."""
LONGEST_PAUSE = timedelta(seconds=5)
"""So long after it was written the first part is asked, even if each further one promises more."""

PARTS = (
    inbox.c.number,
    inbox.c.claims,
    inbox.c.tries,
    inbox.c.message_id,
    inbox.c.cursor,
    inbox.c.stored_at,
    inbox.c.is_joinable,
    inbox.c.reason,
    transcript.c.text,
    transcript.c.payload,
    transcript.c.danger,
    transcript.c.signs,
    transcript.c.variant,
    transcript.c.answered_by,
)
"""What a claim needs to know of a message."""
_PART = select(*PARTS).join(transcript, transcript.c.cursor == inbox.c.cursor)
_FOLLOWING = (
    _PART.where(inbox.c.conversation_id == bindparam("conversation_id"), inbox.c.done_at.is_(None))
    .where(inbox.c.number > bindparam("number"))
    .order_by(inbox.c.number)
    .limit(MAX_JOINED - 1)
)
_JOINED = (
    _PART.where(inbox.c.conversation_id == bindparam("conversation_id"), inbox.c.done_at.is_(None))
    .where(inbox.c.joined_to == bindparam("number"))
    .order_by(inbox.c.number)
)
_HEAD = select(inbox.c.claims, inbox.c.ready_at, inbox.c.stored_at).join(
    conversations,
    (conversations.c.turn_number == inbox.c.number) & (conversations.c.id == bindparam("of_conversation")),
)
_FRESH = (
    update(inbox)
    .where(inbox.c.conversation_id == bindparam("of_conversation"), inbox.c.done_at.is_(None))
    .where(inbox.c.claims == 0, inbox.c.ready_at.isnot(None))
    .values(ready_at=bindparam("moment"))
)
_JOIN = update(inbox).where(inbox.c.number.in_(bindparam("numbers", expanding=True)))


def parts_of(connection: Connection, conversation_id: str, first: Row, *, is_held: bool) -> tuple[Row, ...]:
    """The messages that are asked together, in order, the one to be claimed last; joined in this transaction.

    One that was claimed before stays as it was then. What is not joinable (a button, a word for safety, a sign of
    danger, one too many) ends the row and is taken by itself. A picture goes with the text that follows it.
    """
    asked = {"conversation_id": conversation_id, "number": first.number}
    if first.claims:
        return (*connection.execute(_JOINED, asked), first)
    if is_held or not first.is_joinable:
        return (first,)
    parts = [first]
    for row in connection.execute(_FOLLOWING, asked):
        if not row.is_joinable or row.claims or row.answered_by is not None:
            break
        parts.append(row)
    while len(parts) > 1 and parts[-1].payload is not None:
        parts.pop()
    if len(parts) > 1:
        joined = {"numbers": [part.number for part in parts[:-1]]}
        connection.execute(_JOIN.values(joined_to=parts[-1].number), joined)
    return tuple(parts)


def hear_on(connection: Connection, conversation_id: str, now: datetime, ready_at: datetime | None) -> None:
    """One more message has come: what waits for more goes on waiting until `ready_at`, or with None no longer."""
    head = connection.execute(_HEAD, {"of_conversation": conversation_id}).first()
    if head is None or head.claims or head.ready_at is None:
        return
    moment = min(ready_at, head.stored_at + LONGEST_PAUSE) if ready_at else min(now, head.ready_at)
    connection.execute(_FRESH, {"of_conversation": conversation_id, "moment": moment})
    change_conversation(connection, conversation_id, turn_ready_at=moment)


def words_of(parts: Sequence[Row]) -> str:
    """The question: one line for each message; of one that is no text there is only the claimed one's."""
    return "\n".join(part.text for part in parts if part.payload is None or part is parts[-1])


def variant_of(parts: Sequence[Row]) -> str | None:
    """The variant of the longest text, which tells most about the language."""
    known: Any = [part for part in parts if part.variant is not None]
    return max(known, key=lambda part: len(part.text)).variant if known else None
