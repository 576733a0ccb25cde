"""One conversation: where it takes place, who holds it, and what is remembered of it."""

import uuid
from dataclasses import dataclass, field, fields
from datetime import datetime
from typing import Any, TypedDict, Unpack

from sqlalchemy import bindparam, insert, select, update
from sqlalchemy.engine import Connection, Row
from sqlalchemy.exc import IntegrityError

from conversations.database import Database
from conversations.signs import split_signs
from conversations.tables import conversations

DANGER_LEVELS = ("none", "concern", "urgent")
HELD_STATES = ("waiting", "operator")


class UnknownConversationError(Exception):
    """There is no conversation with this id (any more)."""


@dataclass(frozen=True)
class Conversation:
    """A conversation as it was when it was read; `state` is bot, waiting, operator or closed (the bot's again).

    `safety_signs`: the ids of the signs of danger since the last handover, joined by commas. `is_disguised`: somebody
    else may be reading, so nothing speaks of danger; up to the cursor `hidden_up_to` the migrant is shown nothing.
    `held_since`: the messenger lets nothing through until the migrant writes; `held_reason` is a code.
    """

    id: str
    channel: str
    address: str
    variant: str | None = None
    is_language_chosen: bool = False
    state: str = "bot"
    operator: str | None = None
    danger: str = "none"
    country: str | None = None
    citizenship: str | None = None
    is_greeted: bool = False
    safety_level: str = "none"
    messages_since_safety: int = 0
    safety_signs: str = ""
    is_disguised: bool = False
    hidden_up_to: int | None = None
    held_since: datetime | None = None
    held_reason: str | None = None
    created_at: datetime = field(kw_only=True)
    last_message_at: datetime = field(kw_only=True)

    @property
    def is_held(self) -> bool:
        """Whether the bot has to be silent: somebody waits for an operator or talks with one."""
        return self.state in HELD_STATES

    @property
    def signs(self) -> tuple[str, ...]:
        """The ids of `safety_signs`."""
        return split_signs(self.safety_signs)


FIELDS = tuple(conversations.c[each.name] for each in fields(Conversation))

_LOCKED = select(*FIELDS).where(conversations.c.id == bindparam("conversation_id")).with_for_update()
_CHANGE = update(conversations).where(conversations.c.id == bindparam("of_conversation"))


class Remembered(TypedDict, total=False):
    """What can be changed by `remember`; a name that is left out stays as it is."""

    variant: str | None
    is_language_chosen: bool
    danger: str
    country: str | None
    citizenship: str | None
    is_greeted: bool
    safety_level: str
    messages_since_safety: int
    safety_signs: str
    is_disguised: bool
    hidden_up_to: int | None


class Conversations:
    """All conversations of one database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def create(self, channel: str, address: str | None, token_hash: str | None, now: datetime) -> Conversation:
        """A new conversation, or the one that this address has already; without an address (web) its id is it."""
        conversation_id = uuid.uuid4().hex
        new = Conversation(conversation_id, channel, address or conversation_id, created_at=now, last_message_at=now)
        try:
            with self._database.begin() as connection:
                connection.execute(insert(conversations).values(**vars(new), token_hash=token_hash))
        except IntegrityError:
            known = self.by_address(channel, new.address)
            if known is None:
                raise
            return known
        return new

    def get(self, conversation_id: str) -> Conversation | None:
        """The conversation with this id, or None."""
        return self._one(conversations.c.id == conversation_id)

    def by_address(self, channel: str, address: str) -> Conversation | None:
        """The conversation of this address in this channel, or None."""
        return self._one((conversations.c.channel == channel) & (conversations.c.address == address))

    def by_token_hash(self, token_hash: str) -> Conversation | None:
        """The conversation whose token has this hash, or None."""
        return self._one(conversations.c.token_hash == token_hash)

    def remember(self, conversation_id: str, **changes: Unpack[Remembered]) -> None:
        """Keep what was learnt; raises `UnknownConversationError`."""
        with self._database.begin() as connection:
            locked_conversation(connection, conversation_id)
            change_conversation(connection, conversation_id, **changes)

    def _one(self, condition: Any) -> Conversation | None:
        with self._database.read() as connection:
            row = connection.execute(select(*FIELDS).where(condition)).first()
        return conversation_of(row) if row else None


def highest_danger(*levels: str) -> str:
    """The gravest of these levels; raises ValueError for one that does not exist."""
    return max(levels, key=DANGER_LEVELS.index)


def lock_conversation(connection: Connection, conversation_id: str) -> Conversation | None:
    """The conversation, which nobody else changes until this transaction ends; None when there is none."""
    row = connection.execute(_LOCKED, {"conversation_id": conversation_id}).first()
    return conversation_of(row) if row else None


def locked_conversation(connection: Connection, conversation_id: str) -> Conversation:
    """As `lock_conversation`, but raises `UnknownConversationError`."""
    conversation = lock_conversation(connection, conversation_id)
    if conversation is None:
        raise UnknownConversationError(conversation_id)
    return conversation


def change_conversation(connection: Connection, conversation_id: str, **values: Any) -> None:
    """Set columns of a locked conversation; without any, nothing happens."""
    if values:
        connection.execute(_CHANGE, {"of_conversation": conversation_id, **values})


def conversation_of(row: Row) -> Conversation:
    """The conversation of a row that begins with `FIELDS`."""
    return Conversation(**{column.name: value for column, value in zip(FIELDS, row, strict=False)})
