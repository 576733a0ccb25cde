"""The state of the emulated Telegram: who there is, what was said, and what time it is."""

import itertools
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

BOT: dict[str, Any] = {"id": 700000001, "is_bot": True, "first_name": "Safar", "username": "safar_test_bot"}


@dataclass
class Message:
    """One message in a chat; `content` is what the Bot API says of it beside `message_id`, `chat`, `from`, `date`."""

    message_id: int
    by_bot: bool
    date: int
    content: dict[str, Any]
    keyboard: list[list[dict[str, Any]]] = field(default_factory=list)
    file: bytes = b""
    is_deleted: bool = False


@dataclass
class Chat:
    """A private chat, a group or a channel."""

    chat: dict[str, Any]
    person: dict[str, Any] | None = None
    has_started: bool = False
    is_blocked: bool = False
    has_bot: bool = False
    messages: dict[int, Message] = field(default_factory=dict)
    typing_signs: list[float] = field(default_factory=list)

    @property
    def id(self) -> int:
        """The number of the chat."""
        number: int = self.chat["id"]
        return number

    @property
    def is_private(self) -> bool:
        """Whether one person and the bot are alone in it."""
        return bool(self.chat["type"] == "private")


class World:
    """Held by threads of tests and of the server: take `lock`."""

    def __init__(self) -> None:
        self.lock = threading.RLock()
        self.chats: dict[int, Chat] = {}
        self.callback_queries: dict[str, float] = {}
        self.answered_queries: list[str] = []
        self.commands: dict[str, list[dict[str, str]]] = {}
        self.violations: list[str] = []
        self._message_ids = itertools.count(101)
        self._callback_ids = itertools.count(4_382_000_000_000_000_001)
        self._shift_seconds = 0.0

    def now(self) -> float:
        """The time there, in seconds since 1970."""
        return time.time() + self._shift_seconds

    def pass_time(self, seconds: float) -> None:
        """Let time pass."""
        self._shift_seconds += seconds

    def add_message(
        self,
        chat: Chat,
        content: dict[str, Any],
        by_bot: bool,
        keyboard: list[list[dict[str, Any]]] | None = None,
        file: bytes = b"",
    ) -> Message:
        """A new message in a chat."""
        message = Message(next(self._message_ids), by_bot, int(self.now()), content, keyboard or [], file)
        chat.messages[message.message_id] = message
        return message

    def new_callback_query(self) -> str:
        """The id of a pressed button."""
        name = str(next(self._callback_ids))
        self.callback_queries[name] = self.now()
        return name

    def shown(self, chat: Chat, message: Message) -> dict[str, Any]:
        """A message as the Bot API has it."""
        sender = BOT if message.by_bot else chat.person
        whole: dict[str, Any] = {"message_id": message.message_id, "chat": chat.chat, "date": message.date}
        if sender is not None:
            whole["from"] = sender
        markup = {"reply_markup": {"inline_keyboard": message.keyboard}} if message.keyboard else {}
        return whole | message.content | markup

    def visible(self, chat: Chat) -> Iterator[Message]:
        """The messages of a chat that are not deleted, in order."""
        return (message for message in chat.messages.values() if not message.is_deleted)
