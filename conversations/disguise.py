"""A talk that hides: what was said goes out of sight, and nothing speaks of danger until the migrant comes back."""

from datetime import datetime

from sqlalchemy import update
from sqlalchemy.engine import Connection

from conversations.conversation import Conversation, change_conversation
from conversations.platform_messages import take_back
from conversations.tables import outbox


def disguise(connection: Connection, conversation: Conversation, up_to: int, now: datetime) -> None:
    """Show nothing up to this cursor any more, on the page and, where it can take back, on the messenger.

    What is still to be delivered of it stays unsent. The words themselves stay stored: an operator may need them.
    """
    waiting = (outbox.c.conversation_id == conversation.id) & (outbox.c.cursor <= up_to) & outbox.c.done_at.is_(None)
    connection.execute(update(outbox).where(waiting).values(done_at=now, outcome="hidden"))
    take_back(connection, conversation, up_to, now)
    change_conversation(connection, conversation.id, is_disguised=True, hidden_up_to=up_to)


def end_disguise(connection: Connection, conversation: Conversation) -> None:
    """The migrant is alone again; what is out of sight stays so."""
    change_conversation(connection, conversation.id, is_disguised=False)
