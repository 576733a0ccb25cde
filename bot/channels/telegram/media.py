"""Where Telegram keeps a voice message, a picture or a document: https://core.telegram.org/bots/api#file"""

import re
from collections.abc import Mapping
from typing import Any

from conversations.received_steps import Media

FIELDS = {"voice": ("voice", "audio"), "picture": ("photo", "document"), "document": ("document",)}
"""The fields of a message, by the kind that Safar calls it; a picture can also come as a document."""
_FILE_ID = re.compile(r"[A-Za-z0-9_-]{1,300}")
_MOST = 2**53


def media_of(message: Mapping[str, Any], kind: str) -> Media | None:
    """None for kinds that are not fetched, and where Telegram does not say as documented where it is."""
    found = next((message[name] for name in FIELDS.get(kind, ()) if name in message), None)
    file = _largest(found) if isinstance(found, list) else found
    file_id = file.get("file_id") if isinstance(file, Mapping) else None
    if not isinstance(file, Mapping) or not isinstance(file_id, str) or not _FILE_ID.fullmatch(file_id):
        return None
    return Media(file_id, _number(file.get("file_size")), _number(file.get("duration")))


def _largest(sizes: list[Any]) -> Any:
    """Telegram gives a photo in several sizes."""
    known = [size for size in sizes if isinstance(size, Mapping)]
    return max(
        known, key=lambda size: (_number(size.get("width")) or 0) * (_number(size.get("height")) or 0), default={}
    )


def _number(value: object) -> int | None:
    is_number = isinstance(value, int) and not isinstance(value, bool) and 0 <= value < _MOST
    return value if is_number and isinstance(value, int) else None
