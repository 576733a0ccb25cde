"""A voice message becomes the text that was understood, at once and only once; of the voice nothing is kept."""

from datetime import datetime

from sqlalchemy import bindparam, delete, update
from sqlalchemy.engine import Connection

from conversations import writing
from conversations.conversation import Conversation, change_conversation, highest_danger, lock_conversation
from conversations.database import Database
from conversations.handover_steps import note_danger
from conversations.inbox import NewMessage
from conversations.received import Received
from conversations.received_steps import UNREADABLE
from conversations.reply import Reply
from conversations.signs import join_signs
from conversations.tables import received_media, transcript

_BECOMES = (
    update(transcript)
    .where(transcript.c.cursor == bindparam("at_cursor"), transcript.c.payload.startswith(UNREADABLE))
    .values(
        text=bindparam("words"),
        payload=bindparam("sends"),
        variant=bindparam("in_variant"),
        danger=bindparam("level"),
        signs=bindparam("noticed"),
        is_speech=True,
        revision=transcript.c.revision + 1,
    )
    .execution_options(synchronize_session=False)
)


def hear(database: Database, received: Received, message: NewMessage, said: Reply | None, now: datetime) -> bool:
    """Write the text in place of the voice, raise the danger as for any text, show what was understood.

    False: the message is erased, or was heard before. Somebody beside whom another one may be reading is shown nothing.
    """
    with database.begin() as connection:
        conversation = lock_conversation(connection, received.conversation.id)
        gone = connection.execute(delete(received_media).where(received_media.c.id == received.id))
        if conversation is None or not gone.rowcount or not _becomes(connection, received, message):
            return False
        writing.lock_transcript_end(connection)
        _raise_danger(connection, conversation, message, now)
        if said is not None and not conversation.is_disguised:
            writing.append(connection, conversation, "system", said.text, now, buttons=said.buttons)
        return True


def _becomes(connection: Connection, received: Received, message: NewMessage) -> bool:
    values = {
        "at_cursor": received.cursor,
        "words": message.text,
        "sends": message.payload,
        "in_variant": message.variant,
        "level": message.danger,
        "noticed": list(message.signs),
    }
    return bool(connection.execute(_BECOMES, values).rowcount)


def _raise_danger(connection: Connection, conversation: Conversation, message: NewMessage, now: datetime) -> None:
    """As `Inbox.store` does for what is typed."""
    if conversation.is_held:
        note_danger(connection, conversation, message.danger, now, message.signs)
    values: dict[str, object] = {
        "danger": highest_danger(conversation.danger, message.danger),
        "safety_signs": join_signs(conversation.safety_signs, message.signs),
    }
    if message.variant and not conversation.is_language_chosen:
        values["variant"] = message.variant
    change_conversation(connection, conversation.id, **values)
