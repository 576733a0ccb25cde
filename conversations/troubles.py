"""What went wrong and needs a look: messages that were set aside, replies that did not arrive; and a further try."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal, get_args

from sqlalchemy import bindparam, func, select, update
from sqlalchemy.engine import Connection, Row

from conversations import claim
from conversations.conversation import lock_conversation
from conversations.database import Database
from conversations.revising import revise
from conversations.tables import conversations, inbox, outbox, transcript

MAX_SHOWN = 200
Kind = Literal["set_aside", "undeliverable"]
KINDS: tuple[Kind, ...] = get_args(Kind)

_SET_ASIDE = (
    select(inbox.c.number, inbox.c.reason, inbox.c.done_at, conversations.c.id, conversations.c.channel)
    .join(conversations, conversations.c.id == inbox.c.conversation_id)
    .where(inbox.c.outcome == "set_aside", inbox.c.joined_to.is_(None))
    .order_by(inbox.c.done_at.desc(), inbox.c.number.desc())
    .limit(MAX_SHOWN)
)
_UNDELIVERABLE = (
    select(
        outbox.c.cursor.label("number"),
        outbox.c.reason,
        outbox.c.done_at,
        conversations.c.id,
        conversations.c.channel,
    )
    .join(conversations, conversations.c.id == outbox.c.conversation_id)
    .where(outbox.c.outcome == "failed")
    .order_by(outbox.c.done_at.desc(), outbox.c.cursor.desc())
    .limit(MAX_SHOWN)
)
_OF_INBOX = select(inbox.c.conversation_id).where(inbox.c.number == bindparam("number"))
_SENDER = select(transcript.c.sender).where(transcript.c.cursor == bindparam("cursor"))
_AGAIN = {"done_at": None, "outcome": None, "reason": None, "tries": 0}


@dataclass(frozen=True)
class Trouble:
    """One message: `number` is its place in the inbox or, of a reply, in the transcript; `reason` is a code."""

    kind: Kind
    number: int
    conversation_id: str
    channel: str
    reason: str
    at: datetime


class Troubles:
    """The troubles of one database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def newest(self) -> tuple[Trouble, ...]:
        """At most `MAX_SHOWN` of each kind, the newest first."""
        with self._database.read() as connection:
            found = [_trouble("set_aside", row) for row in connection.execute(_SET_ASIDE)]
            found += [_trouble("undeliverable", row) for row in connection.execute(_UNDELIVERABLE)]
        return tuple(sorted(found, key=lambda each: each.at, reverse=True))

    def try_again(self, kind: str, number: int, now: datetime) -> bool:
        """Let a message have its turn once more, or send a reply once more; False: it is no trouble (any more)."""
        with self._database.begin() as connection:
            if kind == "set_aside":
                return _ask_again(connection, number)
            return kind == "undeliverable" and _send_again(connection, number, now)


def count_undeliverable(connection: Connection) -> dict[str, int]:
    """How many replies that did not arrive are stored, by reason."""
    found = select(outbox.c.reason, func.count()).where(outbox.c.outcome == "failed").group_by(outbox.c.reason)
    return {reason or "unknown": int(count) for reason, count in connection.execute(found)}


def _ask_again(connection: Connection, number: int) -> bool:
    """The apology remains in the talk but answers nothing any more, so that there is one answer in the end."""
    conversation_id = connection.execute(_OF_INBOX, {"number": number}).scalar()
    if conversation_id is None or lock_conversation(connection, conversation_id) is None:
        return False
    parts = (inbox.c.number == number) | (inbox.c.joined_to == number)
    set_aside = (inbox.c.conversation_id == conversation_id) & (inbox.c.outcome == "set_aside") & parts
    cursors = connection.execute(select(inbox.c.cursor).where(set_aside)).scalars().all()
    if not cursors:
        return False
    asked = transcript.c.cursor.in_(cursors)
    apology = connection.execute(select(transcript.c.answered_by).where(asked)).scalars().first()
    if apology is not None and connection.execute(_SENDER, {"cursor": apology}).scalar() != "bot":
        return False  # an operator has answered it since
    for cursor in cursors:
        revise(connection, cursor, answered_by=None)
    if apology is not None:
        revise(connection, apology, reply_to=None, answers=[], question_id=None, position=None)
    connection.execute(update(inbox).where(set_aside).values(**_AGAIN))
    claim.begin_next_turn(connection, conversation_id)
    return True


def _send_again(connection: Connection, cursor: int, now: datetime) -> bool:
    failed = (outbox.c.cursor == cursor) & (outbox.c.outcome == "failed")
    return bool(connection.execute(update(outbox).where(failed).values(**_AGAIN, ready_at=now)).rowcount)


def _trouble(kind: Kind, row: Row) -> Trouble:
    return Trouble(kind, row.number, row.id, row.channel, row.reason or "unknown", row.done_at)
