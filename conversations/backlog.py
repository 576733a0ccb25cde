"""Who was told that answers take longer, since the queue has grown too long: each person once."""

from datetime import datetime

from sqlalchemy import delete, insert, select

from conversations import writing
from conversations.conversation import lock_conversation
from conversations.database import Database
from conversations.reply import Reply
from conversations.tables import told_of_backlog


class BacklogNotices:
    """The notices of one database; several gateways share them."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def say_once(self, conversation_id: str, reply: Reply, now: datetime) -> bool:
        """Say it, unless it was said since the queue has grown, or a person has the conversation, or others read it."""
        row = {"conversation_id": conversation_id}
        known = select(told_of_backlog).where(told_of_backlog.c.conversation_id == conversation_id)
        with self._database.begin() as connection:
            conversation = lock_conversation(connection, conversation_id)
            if conversation is None or conversation.is_held or conversation.is_disguised:
                return False
            if connection.execute(known).first() is not None:
                return False
            connection.execute(insert(told_of_backlog), row)
            writing.lock_transcript_end(connection)
            writing.append(connection, conversation, "system", reply.text, now, buttons=reply.buttons)
            return True

    def over(self) -> None:
        """The queue is short again: whoever comes in the next rush is told anew."""
        with self._database.read() as connection:
            if connection.execute(select(told_of_backlog).limit(1)).first() is None:
                return
        with self._database.begin() as connection:
            connection.execute(delete(told_of_backlog))
