"""What is in one message of a person: a text, a button that was pressed, or a kind that Safar cannot read."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.channels.channel import parse_button_data
from bot.limits import READ_HELD, clean

IGNORED_TYPES = ("reaction", "system", "revoke", "request_welcome")
"""What wants no answer: a heart under a message, a changed number, a message taken back, a chat merely opened."""

_KINDS = {
    "audio": "voice",
    "voice": "voice",
    "sticker": "sticker",
    "image": "picture",
    "video": "video",
    "document": "document",
    "location": "location",
    "contacts": "contact",
}
_REPLIES = ("button_reply", "list_reply")


@dataclass(frozen=True)
class Content:
    """As in `IncomingMessage`."""

    kind: str
    text: str = ""
    pressed: str | None = None


def content_of(message: Mapping[str, Any]) -> Content:
    """The content of a message of any type; what is not as documented counts as `other`."""
    kind = message.get("type")
    if kind == "edit":
        edited = _mapping(_mapping(message.get("edit")).get("message"))
        return content_of(edited) if edited.get("type") != "edit" else Content("other")
    if kind == "interactive":
        return _interactive(_mapping(message.get("interactive")))
    if kind == "text":
        return _text(_mapping(message.get("text")).get("body"), "other")
    if kind == "button":
        return _of_template(_mapping(message.get("button")))
    if isinstance(kind, str) and kind in _KINDS:
        return _text(_mapping(message.get(kind)).get("caption"), _KINDS[kind])
    return Content("other")


def _of_template(button: Mapping[str, Any]) -> Content:
    """The pressed button of a template; one that is not ours counts as its words."""
    content = _text(button.get("text"), "other")
    is_ours = button.get("payload") == READ_HELD
    return Content("text", content.text, READ_HELD) if is_ours else content


def _interactive(interactive: Mapping[str, Any]) -> Content:
    """A pressed button; one that is not ours (of an earlier system) counts as its words."""
    kind = interactive.get("type")
    reply = _mapping(interactive.get(kind)) if kind in _REPLIES else {}
    content, data = _text(reply.get("title"), "other"), reply.get("id")
    if isinstance(data, str) and parse_button_data(data) is not None:
        return Content("text", content.text, data)
    return content


def _text(value: object, kind_without_text: str) -> Content:
    text = clean(value) if isinstance(value, str) else ""
    return Content("text", text) if text else Content(kind_without_text)


def _mapping(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}
