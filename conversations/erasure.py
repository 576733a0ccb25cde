"""Erasure by the host and by the clock: everything stored of a conversation can be deleted."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select

from conversations import erasing
from conversations.cleaning import clean, clean_at_once
from conversations.conversation import lock_conversation
from conversations.database import Database
from conversations.erased_dialogues import is_erased_by_person
from conversations.farewells import forget_unsaid
from conversations.states import HELD_STATES
from conversations.tables import conversations
from conversations.unclean import note_unclean

ORPHAN_HOURS = 24
CLEANED_AFTER = 200
"""So many conversations are erased before their words are taken out of the files too."""

Progress = Callable[[int, int], None]
"""Called with how many of how many silent conversations have been looked at."""


@dataclass(frozen=True)
class Silence:
    """Whose migrant has been silent for too long: ids, the longest silent first, and how many are with operators.

    Those who wait for an operator or talk with one are not erased: they would lose an answer that is promised.
    """

    ids: tuple[str, ...]
    oldest_at: datetime | None
    with_operators: int


def erase(database: Database, conversation_id: str, now: datetime) -> bool:
    """Delete a conversation and all that belongs to it; False: there is none. A turn in work then writes nothing."""
    with database.begin() as connection:
        conversation = lock_conversation(connection, conversation_id)
        if conversation is not None:
            erasing.erase_conversation(connection, conversation, erasing.BY_HOST, now)
    clean_at_once(database)
    return conversation is not None


def was_erased_by_person(database: Database, conversation_id: str) -> bool:
    """Whether the person has erased the conversation of this id within the last day."""
    with database.read() as connection:
        return is_erased_by_person(connection, conversation_id)


def silence(database: Database, retention: timedelta, now: datetime) -> Silence:
    """Who has been silent for longer than `retention`: what `sweep` would erase, and what it would leave."""
    is_silent = conversations.c.last_message_at < now - retention
    is_held = conversations.c.state.in_(HELD_STATES)
    found = select(conversations.c.id, conversations.c.last_message_at).where(is_silent, ~is_held)
    with database.read() as connection:
        rows = connection.execute(found.order_by(conversations.c.last_message_at)).all()
        held = select(func.count()).select_from(conversations).where(is_silent, is_held)
        with_operators = int(connection.execute(held).scalar_one())
    return Silence(tuple(row.id for row in rows), rows[0].last_message_at if rows else None, with_operators)


def sweep(database: Database, retention: timedelta, now: datetime, progress: Progress | None = None) -> int:
    """Erase the conversations whose migrant has been silent for longer than `retention`; gives their number."""
    ids = silence(database, retention, now).ids
    erased = 0
    for looked_at, each in enumerate(ids, 1):
        erased += _erase_if_silent(database, each, retention, now)
        if looked_at % CLEANED_AFTER == 0:
            clean(database)
        if progress:
            progress(looked_at, len(ids))
    tidy(database, now)
    return erased


def tidy(database: Database, now: datetime) -> None:
    """Forget what reminds of older erasures, and take what was erased out of the files, as far as that can be now."""
    with database.begin() as connection:
        erasing.erase_orphans(connection, now - timedelta(hours=ORPHAN_HOURS), now)
        if forget_unsaid(connection, now):
            note_unclean(connection)
    clean(database)


def _erase_if_silent(database: Database, conversation_id: str, retention: timedelta, now: datetime) -> bool:
    with database.begin() as connection:
        conversation = lock_conversation(connection, conversation_id)
        if conversation is None or conversation.is_held or conversation.last_message_at >= now - retention:
            return False
        erasing.erase_conversation(connection, conversation, erasing.SILENT, now)
        return True
