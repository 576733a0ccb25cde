"""What erasure deletes, inside an open transaction that has locked the conversation."""

import uuid
from datetime import datetime

from sqlalchemy import delete, insert, select, update
from sqlalchemy.engine import Connection

from conversations import writing
from conversations.claim import Claimed
from conversations.conversation import Conversation, highest_danger
from conversations.erased_dialogues import forget_erased, note_erased
from conversations.erased_messages import BROUGHT_AGAIN_WITHIN, forget_marks, remember_erased
from conversations.platform_messages import take_back
from conversations.signs import join_signs
from conversations.tables import (
    conversations,
    dialogue_answers,
    dialogue_states,
    inbox,
    metadata,
    transcript,
)

OWN, BY_HOST, SILENT = "erased_by_person", "erased_by_host", "erased_silent"
ERASURES = (OWN, BY_HOST, SILENT)
"""The totals that count erasures, by who wanted them: nothing else is left of one."""
_ALL = 2**62


def erase_conversation(connection: Connection, conversation: Conversation, why: str, now: datetime) -> None:
    """Delete a conversation with all that belongs to it; `why` is OWN, BY_HOST or SILENT.

    All other tables of a conversation go with its row. What stays: counts, keyed hashes of messages that a messenger
    may bring again, and for a day a hash of its id, so that a dialogue in work does not come back.
    """
    young = (inbox.c.conversation_id == conversation.id) & (inbox.c.stored_at > now - BROUGHT_AGAIN_WITHIN)
    if conversation.channel in writing.PUSH_CHANNELS:
        ids = connection.execute(select(inbox.c.message_id).where(young)).scalars().all()
        remember_erased(connection, conversation.channel, conversation.address, ids, now)
    take_back(connection, conversation, _ALL, now)
    _erase_dialogue(connection, conversation.id)
    note_erased(connection, conversation.id, why == OWN, now)
    connection.execute(delete(conversations).where(conversations.c.id == conversation.id))
    writing.lock_transcript_end(connection)
    writing.count(connection, why)


def erase_up_to(connection: Connection, conversation: Conversation, claimed: Claimed, now: datetime) -> str | None:
    """Erase a conversation with this message, its last one; the next message at this address begins another.

    Messages that came after it begin that other one at once, and stay to be answered: then gives its id.
    """
    began = _begin_another(connection, conversation, claimed, now)
    erase_conversation(connection, conversation, OWN, now)
    return began


def token_hash_of(connection: Connection, conversation_id: str) -> str | None:
    """The hash of the token that opens a conversation of the web."""
    found = select(conversations.c.token_hash).where(conversations.c.id == conversation_id)
    return connection.execute(found).scalar()  # type: ignore[no-any-return]


def erase_orphans(connection: Connection, before: datetime, now: datetime) -> None:
    """Delete dialogues, last saved before then, whose conversation is gone, and what reminds of older erasures."""
    forget_erased(connection, before)
    forget_marks(connection, now)
    for table, saved_at in ((dialogue_states, dialogue_states.c.saved_at), (dialogue_answers, dialogue_answers.c.at)):
        is_orphan = ~table.c.sender_id.in_(select(conversations.c.id))
        connection.execute(delete(table).where(saved_at < before, is_orphan))


def _begin_another(connection: Connection, conversation: Conversation, claimed: Claimed, now: datetime) -> str | None:
    is_later = (inbox.c.conversation_id == conversation.id) & (inbox.c.number > claimed.number)
    later = select(inbox.c.number, inbox.c.cursor, inbox.c.stored_at).where(is_later).order_by(inbox.c.number)
    rows = connection.execute(later).all()
    if not rows:
        return None
    new_id = uuid.uuid4().hex
    _write_another(connection, conversation, new_id, rows[0].number, rows[-1].stored_at, now)
    for table in metadata.sorted_tables:
        if {"conversation_id", "cursor"} <= set(table.c.keys()):
            moved = update(table).where(table.c.cursor.in_([row.cursor for row in rows]))
            connection.execute(moved.values(conversation_id=new_id))
    connection.execute(update(transcript).where(transcript.c.conversation_id == new_id).values(answered_by=None))
    _learn_from(connection, new_id)
    return new_id


def _write_another(
    connection: Connection, old: Conversation, new_id: str, turn_number: int, last: datetime, now: datetime
) -> None:
    """Address and token pass over to the other one; two conversations never have the same."""
    token_hash = token_hash_of(connection, old.id)
    freed = {"address": f"erased {old.id}", "token_hash": None, "turn_number": None, "turn_ready_at": None}
    connection.execute(update(conversations).where(conversations.c.id == old.id).values(**freed))
    is_pushed = old.channel in writing.PUSH_CHANNELS
    row = {"id": new_id, "channel": old.channel, "address": old.address if is_pushed else new_id}
    times = {"created_at": now, "last_message_at": last, "heard_at": last, "turn_ready_at": now}
    connection.execute(insert(conversations).values(**row, **times, token_hash=token_hash, turn_number=turn_number))


def _learn_from(connection: Connection, conversation_id: str) -> None:
    """Language and danger of the messages that have passed over."""
    columns = (transcript.c.variant, transcript.c.danger, transcript.c.signs)
    said = connection.execute(
        select(*columns).where(transcript.c.conversation_id == conversation_id).order_by(transcript.c.cursor)
    ).all()
    known = {
        "variant": next((row.variant for row in reversed(said) if row.variant), None),
        "danger": highest_danger("none", *(row.danger for row in said if row.danger)),
        "safety_signs": join_signs("", [sign for row in said for sign in row.signs]),
    }
    connection.execute(update(conversations).where(conversations.c.id == conversation_id).values(**known))


def _erase_dialogue(connection: Connection, conversation_id: str) -> None:
    for table in (dialogue_states, dialogue_answers):
        connection.execute(delete(table).where(table.c.sender_id == conversation_id))
