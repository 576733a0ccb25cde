"""Pictures and documents as the engine's messages carry them, read back with a bound on number, size and kind."""

import base64
import binascii
import unicodedata
from collections.abc import Sequence
from typing import Any

from conversations.reply import Attachment

MAX_ATTACHMENTS = 3
"""In one message."""
MAX_ATTACHMENT_BYTES = 2**20
"""Small enough for a slow phone, and for every messenger."""
MAX_NAME_CHARS = 80
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
BEGINNINGS = {
    "image/png": b"\x89PNG\r\n\x1a\n",
    "image/jpeg": b"\xff\xd8\xff",
    "application/pdf": b"%PDF-",
    DOCX: b"PK\x03\x04",
}
"""The kinds that are sent, and the first bytes of each."""


def attachments_to_json(attachments: Sequence[Attachment]) -> list[dict[str, str]]:
    """For a message of the engine; raises `ValueError` for what would be refused on the way."""
    rows = [
        {"name": each.name, "media_type": each.media_type, "content": base64.b64encode(each.content).decode()}
        for each in attachments
    ]
    attachments_from_json(rows)
    return rows


def attachments_from_json(rows: Any) -> tuple[Attachment, ...]:
    """The attachments of a message; raises `ValueError` for any other shape, kind, size or number."""
    if not isinstance(rows, list) or len(rows) > MAX_ATTACHMENTS:
        raise ValueError("not a list of few attachments")
    return tuple(_attachment(row) for row in rows)


def _attachment(row: Any) -> Attachment:
    if not isinstance(row, dict) or set(row) != {"name", "media_type", "content"}:
        raise ValueError("not an attachment")
    media_type = row["media_type"]
    if not isinstance(media_type, str) or media_type not in BEGINNINGS:
        raise ValueError("this kind of file is not sent")
    content = _bytes(row["content"])
    if not content.startswith(BEGINNINGS[media_type]) or len(content) > MAX_ATTACHMENT_BYTES:
        raise ValueError("the file is not of its kind, or too large")
    return Attachment(_name(row["name"]), media_type, content)


def _bytes(value: Any) -> bytes:
    if not isinstance(value, str) or len(value) > 2 * MAX_ATTACHMENT_BYTES:
        raise ValueError("no content, or too much")
    try:
        return base64.b64decode(value, validate=True)
    except (binascii.Error, ValueError) as error:
        raise ValueError("the content is not base64") from error


def _name(value: Any) -> str:
    """A bare file name: letters of any script, no path, nothing invisible."""
    is_name = isinstance(value, str) and value.strip(". ") and len(value) <= MAX_NAME_CHARS
    if not is_name or any(sign in '/\\"<>|:*?' or unicodedata.category(sign).startswith("C") for sign in value):
        raise ValueError("not a file name")
    return str(value)
