"""The inbox: every message is stored before it is acknowledged, and claimed by one worker at a time, in order."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import bindparam, func, insert, select, update
from sqlalchemy.engine import Connection

from conversations import claim, platform_messages, writing
from conversations.claim import Claimed
from conversations.conversation import (
    Conversation,
    change_conversation,
    highest_danger,
    lock_conversation,
    locked_conversation,
)
from conversations.database import Database
from conversations.handover_steps import note_danger, reopen
from conversations.reply import Reply
from conversations.replying import is_answered, write_replies
from conversations.signs import join_signs
from conversations.tables import conversations, inbox

_KNOWN = select(inbox.c.cursor).where(
    inbox.c.conversation_id == bindparam("conversation_id"), inbox.c.message_id == bindparam("message_id")
)
_STORE = insert(inbox)
_FIRST_TURN = (
    update(conversations)
    .where(conversations.c.id == bindparam("of_conversation"), conversations.c.turn_number.is_(None))
    .values(turn_number=bindparam("number"), turn_ready_at=bindparam("now"))
)


@dataclass(frozen=True)
class NewMessage:
    """A migrant's message as the channel brought it; `message_id` is unique in its conversation."""

    conversation_id: str
    message_id: str
    text: str
    payload: str | None = None
    danger: str = "none"
    signs: tuple[str, ...] = ()
    variant: str | None = None
    platform_id: str | None = None


class Inbox:
    """Messages that wait for their turn, and those that have had it."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def store(self, message: NewMessage, now: datetime) -> bool:
        """Keep a message and write it into the transcript; False: its id is known and nothing changed.

        Raises `UnknownConversationError`. A closed conversation is the bot's again; danger only rises.
        """
        with self._database.begin() as connection:
            conversation = locked_conversation(connection, message.conversation_id)
            known = _known_cursor(connection, message)
            if known is not None:
                _note_platform_id(connection, message, known, now)
                return False
            writing.lock_transcript_end(connection)
            writing.count(connection, "messages")
            number = _write(connection, conversation, message, now)
            if conversation.state == "closed":
                reopen(connection, conversation, now)
            if conversation.is_held:
                note_danger(connection, conversation, message.danger, now, message.signs)
            _queue(connection, conversation, message, number, now)
            return True

    def claim(self, worker: str, now: datetime, lease_seconds: float) -> Claimed | None:
        """The message that is longest due, for this worker alone until the lease ends; None: nothing is due.

        Of one conversation only the oldest message without a turn can be claimed, and not while it is in work.
        A message whose lease has run out, its worker being dead or stuck, is due again.
        """
        with self._database.begin() as connection:
            return claim.take(connection, worker, now, now + timedelta(seconds=lease_seconds))

    def extend(self, claimed: Claimed, now: datetime, lease_seconds: float) -> bool:
        """Let the lease last `lease_seconds` from now; False: the claim is lost."""
        with self._database.begin() as connection:
            if not _is_held(connection, claimed):
                return False
            lease_end = now + timedelta(seconds=lease_seconds)
            change_conversation(connection, claimed.conversation_id, turn_ready_at=lease_end)
            return True

    def put_back(self, claimed: Claimed, not_before: datetime, *, is_try: bool = True) -> bool:
        """Let the message be claimed again from `not_before` on; its conversation waits for it. False: claim lost.

        With `is_try=False` this claim does not count among its attempts (the engine was down, say).
        """
        with self._database.begin() as connection:
            if not _is_held(connection, claimed):
                return False
            claim.release(connection, claimed, not_before, is_try=is_try)
            return True

    def recover(self, now: datetime) -> int:
        """Make every claimed message due at once; gives their number. Only while no worker runs (a lone start)."""
        in_work = (inbox.c.done_at.is_(None)) & (inbox.c.worker.isnot(None))
        with self._database.begin() as connection:
            numbers = select(inbox.c.number).where(in_work)
            connection.execute(
                update(conversations)
                .where(conversations.c.turn_number.in_(numbers))
                .values(turn_ready_at=now)
                .execution_options(synchronize_session=False)
            )
            return int(connection.execute(update(inbox).where(in_work).values(worker=None)).rowcount)

    def set_aside(self, claimed: Claimed, reason: str, replies: Sequence[Reply], now: datetime) -> bool:
        """Give a message up after too many tries, saying so with `replies`; False: the claim is lost.

        `reason` is a code, not words. The conversation goes on with its next message.
        """
        with self._database.begin() as connection:
            conversation = lock_conversation(connection, claimed.conversation_id)
            if conversation is None or not claim.holds(connection, claimed):
                return False
            writing.lock_transcript_end(connection)
            is_silent = conversation.is_held or is_answered(connection, claimed)
            write_replies(connection, conversation, claimed, replies, None, now, is_silent=is_silent)
            writing.count(connection, "set_aside")
            claim.end(connection, claimed, "set_aside", reason, now)
            return True

    def received_since(self, conversation_id: str, since: datetime) -> int:
        """How many messages this conversation has sent since then (for the limit per person)."""
        return self._count(inbox.c.conversation_id == conversation_id, inbox.c.stored_at > since)

    def pending_count(self) -> int:
        """How many messages wait for their turn or have it now."""
        return self._count(inbox.c.done_at.is_(None))

    def _count(self, *conditions: Any) -> int:
        with self._database.read() as connection:
            return int(connection.execute(select(func.count()).select_from(inbox).where(*conditions)).scalar())


def _known_cursor(connection: Connection, message: NewMessage) -> int | None:
    ids = {"conversation_id": message.conversation_id, "message_id": message.message_id}
    return connection.execute(_KNOWN, ids).scalar()  # type: ignore[no-any-return]


def _note_platform_id(connection: Connection, message: NewMessage, cursor: int, now: datetime) -> None:
    """Also of the other pictures of an album: each is a message of the platform's, to be taken back."""
    if message.platform_id is not None:
        platform_messages.note(connection, message.conversation_id, message.platform_id, cursor, now)


def _is_held(connection: Connection, claimed: Claimed) -> bool:
    return lock_conversation(connection, claimed.conversation_id) is not None and claim.holds(connection, claimed)


def _write(connection: Connection, conversation: Conversation, message: NewMessage, now: datetime) -> int:
    cursor = writing.append(
        connection,
        conversation,
        "migrant",
        message.text,
        now,
        message_id=message.message_id,
        payload=message.payload,
        danger=message.danger,
        signs=list(message.signs),
        variant=message.variant,
    )
    _note_platform_id(connection, message, cursor, now)
    platform_messages.heard(connection, conversation.id, now)
    row = {"conversation_id": conversation.id, "message_id": message.message_id, "cursor": cursor, "stored_at": now}
    return int(connection.execute(_STORE, row).inserted_primary_key[0])


def _queue(connection: Connection, conversation: Conversation, message: NewMessage, number: int, now: datetime) -> None:
    values: dict[str, Any] = {
        "last_message_at": now,
        "danger": highest_danger(conversation.danger, message.danger),
        "safety_signs": join_signs(conversation.safety_signs, message.signs),
        "messages_since_safety": conversation.messages_since_safety + 1,
    }
    if message.variant and not conversation.is_language_chosen:
        values["variant"] = message.variant
    change_conversation(connection, conversation.id, **values)
    connection.execute(_FIRST_TURN, {"of_conversation": conversation.id, "number": number, "now": now})
