"""The commands of Telegram's menu: each is the payload of a button that exists, described in each language."""

import re
from collections.abc import Callable
from types import MappingProxyType

from telegram import Bot, BotCommand

PAYLOADS = MappingProxyType(
    {
        "menu": "/meta.menu",
        "human": "/meta.human",
        "language": "/meta.language",
        "delete": "/meta.my_data",
        "start": "/meta.greeting",
    }
)
"""In the order of the menu. `/delete` tells what is stored and asks; nothing is ever erased in one step."""

LANGUAGE_CODES = ("ru", "uz", "tg", "ky", "kk")
"""Languages that have a menu of their own; Telegram knows two letters only, so Uzbek is written in Latin letters."""

DEFAULT_VARIANT = "en"
"""The menu of everybody else."""

_COMMAND = re.compile(r"/([A-Za-z]+)(?:@[A-Za-z0-9_]+)?")
_START = re.compile(r"/start(?:@[A-Za-z0-9_]+)? +[A-Za-z0-9_-]{1,64}", re.IGNORECASE)
"""What a link such as t.me/bot?start=leaflet sends; the parameter is ignored."""


def payload_of(text: str) -> str | None:
    """What a command sends; None for any other text, and for commands that are none of ours.

    Who adds words to a command has written a message: it is read as a text.
    """
    said = text.strip()
    if _START.fullmatch(said):
        return PAYLOADS["start"]
    found = _COMMAND.fullmatch(said)
    return PAYLOADS.get(found[1].lower()) if found else None


async def set_menus(bot: Bot, text: Callable[[str, str], str]) -> None:
    """Tell Telegram the commands in each language; raises `TelegramError`."""
    await bot.set_my_commands(_menu(text, DEFAULT_VARIANT))
    for code in LANGUAGE_CODES:
        await bot.set_my_commands(_menu(text, code), language_code=code)


def _menu(text: Callable[[str, str], str], variant: str) -> list[BotCommand]:
    return [BotCommand(name, text(f"telegram_command_{name}", variant)) for name in PAYLOADS]
