"""What erasure deletes, inside an open transaction that has locked the conversation."""

from datetime import datetime

from sqlalchemy import delete, insert, select
from sqlalchemy.engine import Connection

from conversations.claim import Claimed
from conversations.conversation import Conversation, change_conversation
from conversations.platform_messages import take_back
from conversations.tables import (
    conversations,
    dialogue_answers,
    dialogue_states,
    erased_dialogues,
    handover_log,
    handovers,
    inbox,
    referral_log,
    referrals,
    reminders,
    transcript,
)

_BLANK = {
    "variant": None,
    "is_language_chosen": False,
    "state": "bot",
    "operator": None,
    "danger": "none",
    "country": None,
    "citizenship": None,
    "safety_level": "none",
    "messages_since_safety": 0,
    "safety_signs": "",
    "is_disguised": False,
    "hidden_up_to": None,
    "held_since": None,
    "held_reason": None,
}


def erase_conversation(connection: Connection, conversation_id: str, now: datetime) -> bool:
    """Delete a conversation with all that belongs to it; False when there is none."""
    _erase_dialogue(connection, conversation_id)
    connection.execute(delete(erased_dialogues).where(erased_dialogues.c.sender_id == conversation_id))
    connection.execute(insert(erased_dialogues).values(sender_id=conversation_id, at=now))
    return bool(connection.execute(delete(conversations).where(conversations.c.id == conversation_id)).rowcount)


def erase_up_to(connection: Connection, conversation: Conversation, claimed: Claimed, now: datetime) -> None:
    """Delete what was said and learnt up to and with the claimed message; what came after it stays to be answered.

    Of the message itself only its id stays, so that a second delivery of it is known.
    """
    _erase_dialogue(connection, conversation.id)
    take_back(connection, conversation, claimed.cursor, now)
    older = (inbox.c.conversation_id == conversation.id) & (inbox.c.number < claimed.number)
    connection.execute(delete(inbox).where(older))
    said = (transcript.c.conversation_id == conversation.id) & (transcript.c.cursor <= claimed.cursor)
    connection.execute(delete(transcript).where(said))
    for table in (handovers, handover_log, referrals, referral_log, reminders):
        connection.execute(delete(table).where(table.c.conversation_id == conversation.id))
    change_conversation(connection, conversation.id, **_BLANK, created_at=now)


def erase_orphans(connection: Connection, before: datetime) -> None:
    """Delete dialogues, last saved before then, whose conversation is gone, and what reminds of older erasures."""
    connection.execute(delete(erased_dialogues).where(erased_dialogues.c.at < before))
    connection.execute(
        delete(dialogue_states)
        .where(dialogue_states.c.saved_at < before)
        .where(~dialogue_states.c.sender_id.in_(select(conversations.c.id)))
    )
    connection.execute(
        delete(dialogue_answers)
        .where(dialogue_answers.c.at < before)
        .where(~dialogue_answers.c.sender_id.in_(select(conversations.c.id)))
    )


def _erase_dialogue(connection: Connection, conversation_id: str) -> None:
    for table in (dialogue_states, dialogue_answers):
        connection.execute(delete(table).where(table.c.sender_id == conversation_id))
