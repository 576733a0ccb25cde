"""What a turn says: all responses of the actions, commands included, in the shape that the gateway reads."""

from typing import Any

from rasa.core.channels.channel import CollectingOutputChannel

from conversations.dialogue_state import ATTACHMENTS

CHANNEL_NAME = "engine"
# Commands after which the gateway itself says what has happened; a turn without text needs one of them.
ANSWERING_COMMANDS = frozenset({"open_handover", "erase", "quick_exit"})


class TurnOutput(CollectingOutputChannel):
    """Collects the messages of one turn. Rasa's own collecting channel splits texts at blank lines and drops keys."""

    @classmethod
    def name(cls) -> str:
        """The channel's name, which is part of the engine's address."""
        return CHANNEL_NAME

    async def send_response(self, recipient_id: str, message: dict[str, Any]) -> None:
        """Take one response; what says and commands nothing is left out."""
        reply = reply_of(message)
        if reply["text"] or reply["custom"]:
            self.messages.append(reply)


def reply_of(message: dict[str, Any]) -> dict[str, Any]:
    """One response of Rasa as {"text", "buttons": [{"title", "payload"}], "custom"}; all three are always there.

    `attachments` is there where a message has any: name, media type and content in base64 of each.
    """
    buttons = message.get("buttons") or []
    reply = {
        "text": message.get("text") or "",
        "buttons": [{"title": button["title"], "payload": button["payload"]} for button in buttons],
        "custom": message.get("custom") or {},
    }
    files = message.get("attachment")
    return reply | ({ATTACHMENTS: files} if files else {})


def is_answer(messages: list[dict[str, Any]]) -> bool:
    """Is anything said to the migrant?"""
    return any(message["text"] or message["custom"].get("command") in ANSWERING_COMMANDS for message in messages)
