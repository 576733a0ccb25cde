"""What an operator does, without the console: takes who waits, sees the files, gives back."""

import time
from collections.abc import Callable

from conversations.attachments import Attachments
from conversations.conversation import Conversation, Conversations
from conversations.database import Database
from conversations.handover import Handovers
from conversations.received import ReceivedMedia
from conversations.reply import Attachment
from conversations.transcript import Message, Transcript
from foundation.clock import utc_now

OPERATOR = "Madina"


class Desk:
    """One operator at the gateway's database."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.handovers = Handovers(database)
        self.received = ReceivedMedia(database)
        self._conversations = Conversations(database)
        self._transcript = Transcript(database)

    def of(self, channel: str, address: str) -> Conversation:
        """The conversation of this person, once they have written."""
        until(lambda: self._conversations.by_address(channel, address))
        found = self._conversations.by_address(channel, address)
        assert found is not None
        return found

    def newest(self) -> str:
        """The id of the conversation in which something was said last."""
        (found,) = self._transcript.changed_since(self._transcript.newest_cursor() - 1)
        return found

    def waits(self, conversation_id: str) -> None:
        """The person is put into the queue."""
        assert self.handovers.open(conversation_id, "asked for a person", "none", utc_now())

    def takes(self, conversation_id: str) -> None:
        """The operator has the conversation."""
        if not any(each.conversation_id == conversation_id for each in self.handovers.queue()):
            self.waits(conversation_id)
        assert self.handovers.take(conversation_id, OPERATOR, utc_now())

    def said(self, conversation_id: str) -> tuple[Message, ...]:
        """The whole conversation."""
        return self._transcript.after(conversation_id)

    def files(self, conversation_id: str) -> list[Attachment]:
        """What the migrant has sent and is kept."""
        found = []
        for message in self.said(conversation_id):
            for each in message.attachments if message.sender == "migrant" else ():
                file = Attachments(self.database).file(conversation_id, message.cursor, each.position)
                found += [file] if file else []
        return found


def until(holds: Callable[[], object], seconds: float = 15) -> None:
    """Wait until it holds."""
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.05)
