"""The messengers that are on: joined from the settings, started and stopped together."""

from collections.abc import Sequence
from typing import Protocol

from starlette.routing import BaseRoute

from bot.channels.channel import Sender
from bot.channels.telegram.connector import Telegram
from bot.channels.telegram.settings import TelegramSettings
from bot.channels.whatsapp.connector import WhatsApp
from bot.channels.whatsapp.settings import WhatsAppSettings
from bot.messenger_door import MessengerDoor
from foundation.clock import Clock
from foundation.settings import Settings


class Messenger(Protocol):
    """One messenger's connector."""

    @property
    def sender(self) -> Sender:
        """Its way out."""

    def routes(self) -> list[BaseRoute]:
        """Its webhook; empty where it is polled."""

    async def start(self) -> None:
        """Begin to take messages."""

    def begin_stop(self) -> None:
        """Take nothing more."""

    async def stop(self) -> None:
        """End; what was not acknowledged comes again after the next start."""


def messengers_of(settings: Settings, door: MessengerDoor, clock: Clock) -> tuple[Messenger, ...]:
    """The messengers for which the host has set a token; raises `SettingError` for a combination that cannot work."""
    on: list[Messenger] = []
    if telegram := TelegramSettings.from_settings(settings):
        on.append(Telegram(telegram, door, clock))
    if whatsapp := WhatsAppSettings.from_settings(settings):
        on.append(WhatsApp(whatsapp, door, clock))
    return tuple(on)


async def start_all(messengers: Sequence[Messenger]) -> None:
    """Start each."""
    for messenger in messengers:
        await messenger.start()


async def stop_all(messengers: Sequence[Messenger]) -> None:
    """Stop each."""
    for messenger in messengers:
        await messenger.stop()
