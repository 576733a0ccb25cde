"""How buttons are shown: up to three as reply buttons, up to ten as a list, the rest as numbers to answer with."""

from collections.abc import Callable, Sequence
from enum import Enum
from typing import Any

from bot.channels.channel import button_data
from bot.channels.pictures import with_picture
from bot.channels.splitting import shortened, units
from bot.channels.whatsapp.limits import (
    MAX_LIST_ROWS,
    MAX_REPLY_BUTTON_TITLE_CHARS,
    MAX_REPLY_BUTTONS,
    MAX_ROW_DESCRIPTION_CHARS,
    MAX_ROW_TITLE_CHARS,
)
from conversations.reply import Button

Content = dict[str, Any]
"""A message as the platform takes it, without the address."""


class Layout(Enum):
    """The three ways to show buttons."""

    REPLY_BUTTONS = "reply buttons"
    LIST = "list"
    NUMBERS = "numbers"


def layout_of(buttons: Sequence[Button]) -> Layout:
    """The best way that the platform's limits allow; the same for the same buttons at every time."""
    titles = [_title(button) for button in buttons]
    longest = max((units(title) for title in titles), default=0)
    if not all(titles) or len(titles) > MAX_LIST_ROWS or longest > MAX_ROW_DESCRIPTION_CHARS:
        return Layout.NUMBERS
    is_unlike = len(set(titles)) == len(titles)
    if is_unlike and len(titles) <= MAX_REPLY_BUTTONS and longest <= MAX_REPLY_BUTTON_TITLE_CHARS:
        return Layout.REPLY_BUTTONS
    return Layout.LIST


def is_numbered(buttons: Sequence[Button]) -> bool:
    """Whether these buttons are shown as numbers: number n, counted from 1, stands for the n-th button."""
    return bool(buttons) and layout_of(buttons) is Layout.NUMBERS


def reply_buttons(body: str, buttons: Sequence[Button], cursor: int) -> Content:
    """A message with reply buttons."""
    replies = [
        {"type": "reply", "reply": {"id": button_data(cursor, index), "title": _shown(button, _fits_a_reply)}}
        for index, button in enumerate(buttons)
    ]
    return _interactive("button", body, {"buttons": replies})


def choice_list(body: str, buttons: Sequence[Button], cursor: int, opener: str) -> Content:
    """A message with a list behind the button `opener`."""
    rows = [_row(button, button_data(cursor, index)) for index, button in enumerate(buttons)]
    return _interactive("list", body, {"button": opener, "sections": [{"rows": rows}]})


def numbered(text: str, invitation: str, buttons: Sequence[Button]) -> str:
    """The text, and under it the buttons as numbered lines."""
    lines = [f"{number}. {_shown(button, bool)}" for number, button in enumerate(buttons, 1)]
    return "\n\n".join(part for part in (text.strip(), "\n".join([invitation, *lines])) if part)


def _interactive(kind: str, body: str, action: dict[str, Any]) -> Content:
    return {"type": "interactive", "interactive": {"type": kind, "body": {"text": body}, "action": action}}


def _row(button: Button, data: str) -> dict[str, str]:
    """A row; a title that is too long for it stands whole in its description."""
    title = _title(button)
    if units(title) <= MAX_ROW_TITLE_CHARS:
        return {"id": data, "title": _shown(button, _fits_a_row)}
    return {"id": data, "title": shortened(title, MAX_ROW_TITLE_CHARS), "description": title}


def _shown(button: Button, fits: Callable[[str], bool]) -> str:
    """The title behind its picture where there is room for both."""
    return with_picture(_title(button), button.payload, fits)


def _fits_a_reply(title: str) -> bool:
    return units(title) <= MAX_REPLY_BUTTON_TITLE_CHARS


def _fits_a_row(title: str) -> bool:
    return units(title) <= MAX_ROW_TITLE_CHARS


def _title(button: Button) -> str:
    return " ".join(button.title.split())
