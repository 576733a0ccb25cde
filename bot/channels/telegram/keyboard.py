"""Buttons as an inline keyboard: short titles two in a row, long ones alone, nothing but a place in what they carry."""

from collections.abc import Sequence

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from bot.channels.channel import button_data
from bot.channels.pictures import with_picture
from conversations.reply import Button

MAX_BUTTONS = 100
"""What Telegram shows under one message."""
MAX_TITLE_CHARS = 64
"""Telegram takes more, but a phone shows no more than about two lines."""
SHORT_TITLE_CHARS = 16
"""Two titles of this length stand side by side on a screen of 360 pixels."""


def keyboard(cursor: int, buttons: Sequence[Button]) -> InlineKeyboardMarkup | None:
    """The keyboard under the message at `cursor`; None without buttons.

    A button carries its place in the transcript (`button_data`), so that it works as long as its message is stored,
    and always fits into the 64 bytes that Telegram takes.
    """
    rows: list[list[InlineKeyboardButton]] = []
    is_open = False
    for index, button in enumerate(buttons[:MAX_BUTTONS]):
        title = with_picture(_title(button.title), button.payload, _fits)
        shown = InlineKeyboardButton(title, callback_data=button_data(cursor, index))
        is_short = len(title) <= SHORT_TITLE_CHARS
        if is_short and is_open:
            rows[-1].append(shown)
            is_open = False
        else:
            rows.append([shown])
            is_open = is_short
    return InlineKeyboardMarkup(rows) if rows else None


def _fits(title: str) -> bool:
    return len(title) <= MAX_TITLE_CHARS


def _title(title: str) -> str:
    return title if len(title) <= MAX_TITLE_CHARS else title[: MAX_TITLE_CHARS - 1].rstrip() + "…"
