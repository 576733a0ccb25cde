"""Short names for what migrants and the bot do, at a time that a test moves by hand."""

import itertools
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from conversations.claim import Claimed
from conversations.commands import Command
from conversations.conversation import Conversation, Conversations
from conversations.database import Database
from conversations.inbox import Inbox, NewMessage
from conversations.reply import Reply
from conversations.transcript import Message, Transcript
from conversations.turn import finish_turn

START = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)


class Talk:
    """Migrants who write, and a bot that answers, at a time that a test moves by hand."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.inbox = Inbox(database)
        self.transcript = Transcript(database)
        self.conversations = Conversations(database)
        self.now = START
        self._addresses = itertools.count(1)

    def begin(self, channel: str = "web") -> str:
        address = None if channel == "web" else str(next(self._addresses))
        return self.conversations.create(channel, address, None, self.now).id

    def write(self, conversation_id: str, message_id: str, text: str = "savol", **more: object) -> bool:
        return self.inbox.store(NewMessage(conversation_id, message_id, text, **more), self.now)  # type: ignore[arg-type]

    def claim(self, lease_seconds: float = 30) -> Claimed:
        claimed = self.inbox.claim("worker", self.now, lease_seconds)
        assert claimed is not None
        return claimed

    def finish(self, claimed: Claimed, *replies: Reply, commands: Sequence[Command] = ()) -> bool:
        return finish_turn(self.database, claimed, replies, commands, "r1", self.now)

    def turn(self, *replies: Reply, commands: Sequence[Command] = ()) -> Claimed:
        claimed = self.claim()
        assert self.finish(claimed, *replies, commands=commands)
        return claimed

    def said(self, conversation_id: str) -> list[Message]:
        return list(self.transcript.after(conversation_id))

    def texts(self, conversation_id: str) -> list[tuple[str, str]]:
        return [(message.sender, message.text) for message in self.said(conversation_id)]

    def get(self, conversation_id: str) -> Conversation:
        conversation = self.conversations.get(conversation_id)
        assert conversation is not None
        return conversation

    def wait(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)
