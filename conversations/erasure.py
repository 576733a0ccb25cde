"""Erasure and export: everything stored of a conversation can be deleted, and handed to its owner."""

import base64
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.engine import Connection

from conversations import erasing
from conversations.conversation import lock_conversation
from conversations.database import Database
from conversations.tables import (
    attachments,
    conversations,
    dialogue_answers,
    dialogue_states,
    handover_log,
    handovers,
    platform_messages,
    referral_log,
    referrals,
    reminders,
    transcript,
)

ORPHAN_HOURS = 24


def erase(database: Database, conversation_id: str, now: datetime) -> bool:
    """Delete a conversation and all that belongs to it; False: there is none. A turn in work then writes nothing."""
    with database.begin() as connection:
        lock_conversation(connection, conversation_id)
        is_erased = erasing.erase_conversation(connection, conversation_id, now)
    database.forget_journal()
    return is_erased


def export_conversation(database: Database, conversation_id: str) -> dict[str, Any] | None:
    """All that is stored of a conversation, ready for JSON; None: there is none."""
    with database.read() as connection:
        of_id = conversations.c.id == conversation_id
        found = _rows(connection, conversations, of_id)
        if not found:
            return None
        document: dict[str, Any] = {"conversation": _without_secrets(found[0])}
        of_handovers = (handovers, handover_log, referrals, referral_log)
        for table in (transcript, attachments, platform_messages, *of_handovers, reminders):
            document[table.name] = _rows(connection, table, table.c.conversation_id == conversation_id)
        for table in (dialogue_states, dialogue_answers):
            document[table.name] = _rows(connection, table, table.c.sender_id == conversation_id)
        return document


def sweep(database: Database, retention: timedelta, now: datetime) -> int:
    """Erase the conversations whose migrant has been silent for longer than `retention`; gives their number."""
    silent = select(conversations.c.id).where(conversations.c.last_message_at < now - retention)
    with database.read() as connection:
        ids = connection.execute(silent).scalars().all()
    erased = sum(_erase_if_silent(database, each, retention, now) for each in ids)
    with database.begin() as connection:
        erasing.erase_orphans(connection, now - timedelta(hours=ORPHAN_HOURS))
    if erased:
        database.forget_journal()
    return erased


def _erase_if_silent(database: Database, conversation_id: str, retention: timedelta, now: datetime) -> bool:
    with database.begin() as connection:
        conversation = lock_conversation(connection, conversation_id)
        if conversation is None or conversation.last_message_at >= now - retention:
            return False
        return erasing.erase_conversation(connection, conversation_id, now)


def _rows(connection: Connection, table: Any, condition: Any) -> list[dict[str, Any]]:
    rows = connection.execute(select(table).where(condition).order_by(*table.primary_key.columns))
    return [{name: _plain(value) for name, value in row._mapping.items()} for row in rows]


def _plain(value: Any) -> Any:
    if isinstance(value, bytes):
        return base64.b64encode(value).decode()
    return value.isoformat() if isinstance(value, date) else value


def _without_secrets(row: dict[str, Any]) -> dict[str, Any]:
    hidden = ("token_hash", "turn_number", "turn_ready_at")
    return {name: value for name, value in row.items() if name not in hidden}
