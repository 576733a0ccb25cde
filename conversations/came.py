"""What changes in a message after it has come: a file is fetched or deleted, a voice becomes text."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select

from conversations.database import Database
from conversations.received_steps import kept_files
from conversations.tables import attachments, transcript
from conversations.transcript import Message


@dataclass(frozen=True)
class Came:
    """Of one migrant: messages that were spoken, files that are kept, files in all that are deleted or went out."""

    spoken: int
    kept: int
    gone: int


def came_later(database: Database, conversation_id: str) -> Came:
    """How things stand now; equal where nothing has changed."""
    spoken = select(func.count()).where(transcript.c.conversation_id == conversation_id, transcript.c.is_speech)
    files = select(func.count()).where(attachments.c.conversation_id == conversation_id)
    with database.read() as connection:
        counts = [int(connection.execute(each).scalar()) for each in (spoken, kept_files(conversation_id), files)]
    return Came(counts[0], counts[1], counts[2] - counts[1])


def messages_that_change(messages: Sequence[Message]) -> tuple[Message, ...]:
    """Those that may look otherwise than when they came."""
    return tuple(each for each in messages if each.sender == "migrant" and (each.is_speech or each.attachments))
