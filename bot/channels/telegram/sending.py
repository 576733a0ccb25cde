"""Telegram's way out: texts, buttons, pictures and documents to a person, and messages taken back.

No `parse_mode` is used. Our texts have no formatting (links in them are plain addresses, which every Telegram shows
as links), and texts of operators and content teams hold any character: without a parse mode nothing has to be escaped,
nothing can be escaped wrongly, and the length of a text is the length that Telegram counts. Previews of links are
off: a large picture about forced labour on a screen that others see helps nobody.
"""

import logging
from collections.abc import Sequence
from dataclasses import dataclass

from telegram import Bot, InlineKeyboardMarkup, InputFile, LinkPreviewOptions, Message
from telegram.error import BadRequest, TelegramError

from bot.channels.channel import Limits, OutgoingMessage, PartTaken, SendError
from bot.channels.splitting import split
from bot.channels.telegram.failures import send_error
from bot.channels.telegram.keyboard import MAX_BUTTONS, MAX_TITLE_CHARS, keyboard
from bot.channels.telegram.payloads import CHANNEL
from conversations.reply import Attachment

MAX_DELETED_AT_ONCE = 100
"""https://core.telegram.org/bots/api#deletemessages"""
MAX_PICTURE_BYTES = 10_000_000
MAX_DOCUMENT_BYTES = 50_000_000
"""https://core.telegram.org/bots/api#sending-files"""
MAX_TEXT_UNITS = 4096
"""https://core.telegram.org/bots/api#sendmessage"""
_MAX_MESSAGE_ID = 2**31 - 1

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class _Part:
    """One message of Telegram: a file or a text, the last one with the buttons."""

    text: str
    attachment: Attachment | None
    markup: InlineKeyboardMarkup | None


class TelegramSender:
    """Implements `Sender`."""

    channel = CHANNEL
    limits = Limits(MAX_TEXT_UNITS, MAX_BUTTONS, MAX_TITLE_CHARS)

    def __init__(self, bot: Bot) -> None:
        self._bot = bot

    async def send(self, message: OutgoingMessage, taken: PartTaken) -> None:
        """See `Sender.send`: files first, then the text, so that the buttons stand last on the screen."""
        chat_id = _chat_id(message.address)
        parts = _parts(message)
        if not parts:
            raise SendError("empty", is_retryable=False)
        for part in parts[message.sent_parts :]:
            try:
                sent = await self._send(chat_id, part)
            except TelegramError as error:
                failure = send_error(error)
                log.info("Telegram has not taken a part (%s: %s)", failure.reason, type(error).__name__)
                raise failure from None
            await taken(str(sent.message_id))

    async def delete(self, address: str, platform_ids: Sequence[str]) -> None:
        """See `Sender.delete`: Telegram deletes what is younger than 48 hours, the person's own messages too."""
        chat_id = _chat_id(address)
        numbers = sorted({int(each) for each in platform_ids if _is_message_id(each)})
        try:
            for first in range(0, len(numbers), MAX_DELETED_AT_ONCE):
                await self._delete(chat_id, numbers[first : first + MAX_DELETED_AT_ONCE])
        except TelegramError as error:
            raise send_error(error) from None

    async def _delete(self, chat_id: int, numbers: Sequence[int]) -> None:
        """One message that is too old makes Telegram refuse all: then each half is tried by itself."""
        try:
            await self._bot.delete_messages(chat_id, numbers)
        except BadRequest as error:
            if send_error(error).reason == "blocked" or len(numbers) == 1:
                return
            middle = len(numbers) // 2
            await self._delete(chat_id, numbers[:middle])
            await self._delete(chat_id, numbers[middle:])

    async def _send(self, chat_id: int, part: _Part) -> Message:
        if part.attachment is None:
            preview = LinkPreviewOptions(is_disabled=True)
            return await self._bot.send_message(
                chat_id, part.text, link_preview_options=preview, reply_markup=part.markup
            )
        if len(part.attachment.content) > MAX_DOCUMENT_BYTES:
            raise SendError("too_large", is_retryable=False)
        if part.attachment.is_picture and len(part.attachment.content) <= MAX_PICTURE_BYTES:
            try:
                return await self._bot.send_photo(chat_id, _file(part.attachment), reply_markup=part.markup)
            except BadRequest as error:  # such as a picture that is too wide: as a file it can still be seen
                if send_error(error).reason == "blocked":
                    raise
        return await self._bot.send_document(chat_id, _file(part.attachment), reply_markup=part.markup)


def _parts(message: OutgoingMessage) -> tuple[_Part, ...]:
    contents = [
        *((("", each)) for each in message.attachments),
        *((text, None) for text in split(message.text, MAX_TEXT_UNITS)),
    ]
    markup = keyboard(message.cursor, message.buttons)
    last = len(contents) - 1
    return tuple(_Part(text, file, markup if at == last else None) for at, (text, file) in enumerate(contents))


def _file(attachment: Attachment) -> InputFile:
    return InputFile(attachment.content, filename=attachment.name)


def _chat_id(address: str) -> int:
    try:
        return int(address)
    except ValueError:
        raise SendError("refused", is_retryable=False) from None


def _is_message_id(platform_id: str) -> bool:
    is_number = platform_id.isascii() and platform_id.isdigit() and len(platform_id) <= 10
    return is_number and 0 < int(platform_id) <= _MAX_MESSAGE_ID
