"""People and groups of the emulated Telegram: what they do becomes updates, what they see can be looked at."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tests.plain_titles import plain
from tests.telegram_emulator.updates import Updates
from tests.telegram_emulator.world import BOT, Chat, Message, World

OLD_SECONDS = 48 * 3600
CONTENTS: dict[str, dict[str, Any]] = {
    "voice": {"voice": {"file_id": "v", "file_unique_id": "v", "duration": 7, "mime_type": "audio/ogg"}},
    "sticker": {
        "sticker": {
            "file_id": "s",
            "file_unique_id": "s",
            "type": "regular",
            "width": 512,
            "height": 512,
            "is_animated": False,
            "is_video": False,
            "emoji": "🙏",
        }
    },
    "picture": {"photo": [{"file_id": "p", "file_unique_id": "p", "width": 90, "height": 60, "file_size": 1200}]},
    "video": {"video": {"file_id": "w", "file_unique_id": "w", "width": 9, "height": 9, "duration": 3}},
    "document": {"document": {"file_id": "d", "file_unique_id": "d", "file_name": "contract.pdf"}},
    "location": {"location": {"latitude": 55.75, "longitude": 37.61}},
    "contact": {"contact": {"phone_number": "+70000000000", "first_name": "A"}},
    "other": {"dice": {"emoji": "🎲", "value": 4}},
}
"""What a person can send beside text, by the kind that Safar calls it."""


@dataclass(frozen=True)
class Shown:
    """A message on the screen: who wrote it, its text or caption, its rows of buttons, its file."""

    message_id: int
    by_bot: bool
    text: str
    buttons: tuple[tuple[str, ...], ...]
    kind: str
    file: bytes


class _Place:
    def __init__(self, world: World, updates: Updates, chat: Chat) -> None:
        self._world = world
        self._updates = updates
        self.chat = chat

    @property
    def address(self) -> str:
        """The chat's id as Safar keeps it."""
        return str(self.chat.id)

    def sees(self) -> tuple[Shown, ...]:
        """Everything that stands in the chat now."""
        with self._world.lock:
            return tuple(_shown(message) for message in self._world.visible(self.chat))

    def answers(self) -> tuple[Shown, ...]:
        """What the bot has said of it."""
        return tuple(shown for shown in self.sees() if shown.by_bot)

    def until(self, is_enough: Callable[[], object], seconds: float = 15) -> None:
        """Wait until the condition holds; fails with what stands in the chat."""
        end = time.monotonic() + seconds
        while not is_enough():
            assert time.monotonic() < end, [(shown.by_bot, shown.text[:60], shown.buttons) for shown in self.sees()]
            time.sleep(0.01)

    def sees_text(self, words: str, seconds: float = 15) -> Shown:
        """Wait for a message of the bot that holds these words; gives the newest."""
        self.until(lambda: any(words in shown.text for shown in self.answers()), seconds)
        return [shown for shown in self.answers() if words in shown.text][-1]


class Person(_Place):
    """Somebody in a private chat with the bot."""

    def starts(self, parameter: str = "") -> int:
        """Press START, perhaps behind a link with a parameter."""
        return self.writes(f"/start {parameter}".strip())

    def writes(self, text: str) -> int:
        """Write a text; gives its message id."""
        return self._sends({"text": text})

    def sends(self, kind: str, caption: str = "") -> int:
        """Send something of `CONTENTS`."""
        return self._sends(CONTENTS[kind] | ({"caption": caption} if caption else {}))

    def edits(self, message_id: int, text: str) -> None:
        """Change a message of one's own."""
        with self._world.lock:
            message = self.chat.messages[message_id]
            assert not message.by_bot, "a person edits messages of their own"
            message.content = message.content | {"text": text, "edit_date": int(self._world.now())}
            self._updates.put("edited_message", self._world.shown(self.chat, message))

    def presses(self, title: str, message_id: int | None = None) -> str:
        """Press a button by its title, under the newest message that has it or a given one; gives the query's id."""
        with self._world.lock:
            message, button = self._button(title, message_id)
            query = self._world.new_callback_query()
            content = {
                "id": query,
                "from": self.chat.person,
                "message": self._pressed_message(message),
                "chat_instance": "-3141592653589793238",
                "data": button["callback_data"],
            }
            self._updates.put("callback_query", content)
            return query

    def blocks(self) -> None:
        """Stop and block the bot."""
        self._moves(is_blocked=True)

    def unblocks(self) -> None:
        """Let the bot in again."""
        self._moves(is_blocked=False)

    def command_menu(self) -> dict[str, str]:
        """The menu of commands in this person's language."""
        assert self.chat.person is not None
        with self._world.lock:
            code = self.chat.person.get("language_code", "")
            found = self._world.commands.get(code[:2]) or self._world.commands.get("", [])
            return {each["command"]: each["description"] for each in found}

    def is_button_waiting(self, query: str) -> bool:
        """Whether the pressed button still shows its waiting sign."""
        with self._world.lock:
            return query not in self._world.answered_queries

    def typing_signs(self) -> int:
        """How often the bot has shown that it is typing."""
        with self._world.lock:
            return len(self.chat.typing_signs)

    def _sends(self, content: dict[str, Any]) -> int:
        assert not self.chat.is_blocked, "who has blocked the bot cannot write to it"
        with self._world.lock:
            self.chat.has_started = True
            message = self._world.add_message(self.chat, content, by_bot=False)
            self._updates.put("message", self._world.shown(self.chat, message))
            return message.message_id

    def _button(self, title: str, message_id: int | None) -> tuple[Message, dict[str, Any]]:
        given = [self.chat.messages[message_id]] if message_id else reversed(list(self._world.visible(self.chat)))
        for message in given:
            for button in (button for row in message.keyboard for button in row):
                if title in (button["text"], plain(button["text"])):
                    return message, button
        raise AssertionError(f"nobody shows a button {title!r}: {[shown.buttons for shown in self.sees()]}")

    def _pressed_message(self, message: Message) -> dict[str, Any]:
        if message.is_deleted or self._world.now() - message.date > OLD_SECONDS:
            return {"chat": self.chat.chat, "message_id": message.message_id, "date": 0}
        return self._world.shown(self.chat, message)

    def _moves(self, is_blocked: bool) -> None:
        with self._world.lock:
            self.chat.is_blocked = is_blocked
            before, after = ("member", "kicked") if is_blocked else ("kicked", "member")
            self._updates.put("my_chat_member", _membership(self._world, self.chat, before, after))


class Group(_Place):
    """A group or channel."""

    def adds_bot(self, status: str = "member") -> None:
        """Somebody puts the bot into it."""
        with self._world.lock:
            self.chat.has_bot = True
            self._updates.put("my_chat_member", _membership(self._world, self.chat, "left", status))
            if self.chat.chat["type"] != "channel":
                message = self._world.add_message(self.chat, {"new_chat_members": [BOT]}, by_bot=False)
                self._updates.put("message", self._world.shown(self.chat, message))

    def has_bot(self) -> bool:
        """Whether the bot is still in it."""
        with self._world.lock:
            return self.chat.has_bot


def _membership(world: World, chat: Chat, before: str, after: str) -> dict[str, Any]:
    kicked = {"until_date": 0} if after == "kicked" else {}
    return {
        "chat": chat.chat,
        "from": chat.person,
        "date": int(world.now()),
        "old_chat_member": {"user": BOT, "status": before},
        "new_chat_member": {"user": BOT, "status": after} | kicked,
    }


def _shown(message: Message) -> Shown:
    rows = tuple(tuple(str(button["text"]) for button in row) for row in message.keyboard)
    kind = next((name for name in ("photo", "document", "text") if name in message.content), "other")
    text = message.content.get("text") or message.content.get("caption", "")
    return Shown(message.message_id, message.by_bot, text, rows, kind, message.file)
