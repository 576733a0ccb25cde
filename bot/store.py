"""The doors of one database that the gateway uses, together."""

from dataclasses import dataclass

from conversations.attachments import Attachments
from conversations.conversation import Conversations
from conversations.database import Database
from conversations.inbox import Inbox
from conversations.outbox import Outbox
from conversations.platform_messages import PlatformMessages
from conversations.reminders import Reminders
from conversations.transcript import Transcript


@dataclass(frozen=True)
class Store:
    """Everything said, and what waits for its turn."""

    database: Database
    conversations: Conversations
    inbox: Inbox
    transcript: Transcript
    outbox: Outbox
    platform_messages: PlatformMessages
    reminders: Reminders
    attachments: Attachments

    @classmethod
    def of(cls, database: Database) -> "Store":
        """The doors of this database."""
        return cls(
            database,
            Conversations(database),
            Inbox(database),
            Transcript(database),
            Outbox(database),
            PlatformMessages(database),
            Reminders(database),
            Attachments(database),
        )
