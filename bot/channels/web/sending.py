"""The web chat's way out: messages of the transcript as the page reads them."""

from collections.abc import Sequence
from datetime import UTC
from typing import Any

from bot.channels.pictures import picture_of
from conversations.attachments import AttachedFile
from conversations.transcript import Message

FILES_PATH = "/chat/api/files"


def shown(messages: Sequence[Message], after: int, hidden_up_to: int | None = None) -> dict[str, Any]:
    """The answer to GET /chat/api/messages: the messages, and the cursor to ask from next time.

    What is out of sight (`hidden_up_to` names its last cursor) is left out, and the page takes it away too.
    """
    seen = [each for each in messages if each.cursor > (hidden_up_to or 0)]
    values = {"messages": [_shown(each) for each in seen], "cursor": messages[-1].cursor if messages else after}
    return values | ({"hidden_up_to": hidden_up_to} if hidden_up_to else {})


def _shown(message: Message) -> dict[str, Any]:
    """One message. A migrant's own carries the `id` under which it was sent, so that a page knows it again.

    `attachments` is there where something is attached, `pictures` where a button has one: one for each, or empty.
    """
    values = {
        "cursor": message.cursor,
        "sender": message.sender,
        "text": message.text,
        "buttons": [{"title": button.title, "payload": button.payload} for button in message.buttons],
        "reply_to": message.reply_to,
        "answers": list(message.answers),
        "at": message.at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z"),
    }
    files = [_file(message.cursor, each) for each in message.attachments]
    own = {"id": message.message_id} if message.message_id else {}
    pictures = [picture_of(button.payload) for button in message.buttons]
    shown_with = {"attachments": files, "pictures": pictures if any(pictures) else []}
    return values | own | {name: each for name, each in shown_with.items() if each}


def _file(cursor: int, file: AttachedFile) -> dict[str, Any]:
    """Where a picture or document is had with the conversation's token; no address once it is forgotten."""
    address = f"{FILES_PATH}/{cursor}/{file.position}" if file.is_kept else None
    return {"name": file.name, "media_type": file.media_type, "address": address}
