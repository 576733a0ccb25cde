"""One message of ours becomes the parts that the platform takes: files, then texts, the last one with the buttons."""

import logging
from collections.abc import Callable

from bot.channels.channel import OutgoingMessage
from bot.channels.splitting import split, units
from bot.channels.whatsapp.interactive import Content, Layout, choice_list, layout_of, numbered, reply_buttons
from bot.channels.whatsapp.limits import (
    DOCUMENT_TYPES,
    IMAGE_TYPES,
    MAX_DOCUMENT_BYTES,
    MAX_IMAGE_BYTES,
    MAX_INTERACTIVE_BODY_CHARS,
    MAX_TEXT_CHARS,
)
from conversations.reply import Attachment

Part = Attachment | Content
Say = Callable[[str], str]
"""Gives a wording of ours in the person's language by its key."""

log = logging.getLogger(__name__)


def parts_of(message: OutgoingMessage, say: Say) -> tuple[Part, ...]:
    """All parts in order; the same message has the same parts at every attempt."""
    files = [each for each in message.attachments if _is_taken(each)]
    return (*files, *_texts(message, say))


def file_content(file: Attachment, media_id: str) -> Content:
    """The message that shows a file which was uploaded."""
    if _is_image(file):
        return {"type": "image", "image": {"id": media_id}}
    return {"type": "document", "document": {"id": media_id, "filename": file.name}}


def _texts(message: OutgoingMessage, say: Say) -> list[Content]:
    text, buttons = message.text.strip(), message.buttons
    if not buttons:
        return _plain(text)
    layout = layout_of(buttons)
    if layout is Layout.NUMBERS:
        return _plain(numbered(text, say("whatsapp_answer_by_number"), buttons))
    is_short = bool(text) and units(text) <= MAX_INTERACTIVE_BODY_CHARS
    before = [] if is_short else _plain(text)
    body = text if is_short else say("whatsapp_choose_below")
    if layout is Layout.REPLY_BUTTONS:
        return [*before, reply_buttons(body, buttons, message.cursor)]
    return [*before, choice_list(body, buttons, message.cursor, say("whatsapp_choose"))]


def _plain(text: str) -> list[Content]:
    """Texts without a preview of their links: the platform would fetch them."""
    return [{"type": "text", "text": {"body": part, "preview_url": False}} for part in split(text, MAX_TEXT_CHARS)]


def _is_image(file: Attachment) -> bool:
    return file.media_type in IMAGE_TYPES and len(file.content) <= MAX_IMAGE_BYTES


def _is_taken(file: Attachment) -> bool:
    """A picture that is too large for one is no document either; what WhatsApp knows nothing of is left out."""
    is_document = file.media_type in DOCUMENT_TYPES and len(file.content) <= MAX_DOCUMENT_BYTES
    is_taken = bool(file.content) and (_is_image(file) or is_document)
    if not is_taken:
        size_bytes = len(file.content)
        log.error("a file was left out: WhatsApp takes no %s of %d bytes", file.media_type, size_bytes)
    return is_taken
