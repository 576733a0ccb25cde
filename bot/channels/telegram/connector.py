"""The Telegram channel's door: updates come in by long polling or by webhook, messages go out by the sender."""

import asyncio
from collections.abc import Awaitable, Callable

from starlette.routing import BaseRoute, Route

from bot.channels.channel import Sender
from bot.channels.telegram.client import Client
from bot.channels.telegram.commands import set_menus
from bot.channels.telegram.errands import Errands
from bot.channels.telegram.intake import Door, Intake
from bot.channels.telegram.pauses import FIRST_PAUSE_SECONDS, Pauses, until_done
from bot.channels.telegram.payloads import UPDATES
from bot.channels.telegram.polling import Polling
from bot.channels.telegram.sending import TelegramSender
from bot.channels.telegram.settings import WEBHOOK_PATH, TelegramSettings
from bot.channels.telegram.webhook import Webhook
from foundation.clock import Clock


class Telegram:
    """One bot. While Telegram cannot be reached, or the token is wrong, it goes on trying and says so in the log."""

    def __init__(
        self,
        settings: TelegramSettings,
        door: Door,
        clock: Clock,
        first_pause_seconds: float = FIRST_PAUSE_SECONDS,
    ) -> None:
        self._settings = settings
        self._door = door
        self._first_pause_seconds = first_pause_seconds
        self._client = Client(settings)
        self._errands = Errands(self._client.bot, door.text)
        self._intake = Intake(door, self._errands, clock)
        self._polling = Polling(self._client, self._intake, self._connect, Pauses(first_pause_seconds))
        self._webhook = Webhook(settings.secret, self._intake)
        self._sender = TelegramSender(self._client.bot)
        self._steps: list[asyncio.Task[None]] = []

    @property
    def sender(self) -> Sender:
        """The channel's way out."""
        return self._sender

    @property
    def unreadable_count(self) -> int:
        """Updates that nobody could read, since the start."""
        return self._intake.unreadable_count

    def routes(self) -> list[BaseRoute]:
        """The webhook, where there is one."""
        if self._settings.webhook_url is None:
            return []
        return [Route(WEBHOOK_PATH, self._webhook.take, methods=["POST"])]

    async def start(self) -> None:
        """Begin; waits for nothing."""
        self._begin("the menus cannot be set", self._set_menus)
        if self._settings.webhook_url is None:
            self._polling.start()
        else:
            self._begin("the webhook cannot be set", self._connect)

    def begin_stop(self) -> None:
        """Take no more updates by polling."""
        self._polling.begin_stop()

    async def stop(self) -> None:
        """End within a second, and close the connections: what is still being sent should have ended before."""
        await self._polling.stop()
        for step in self._steps:
            step.cancel()
        await asyncio.gather(*self._steps, return_exceptions=True)
        await self._errands.stop()
        await self._client.close()

    def _begin(self, what: str, step: Callable[[], Awaitable[None]]) -> None:
        self._steps.append(asyncio.create_task(until_done(what, step, Pauses(self._first_pause_seconds))))

    async def _connect(self) -> None:
        """Have the updates brought to the webhook, or kept for polling; none is dropped."""
        bot, url = self._client.bot, self._settings.webhook_url
        if url is None:
            await bot.delete_webhook()
        else:
            await bot.set_webhook(url, allowed_updates=UPDATES, secret_token=self._settings.secret)

    async def _set_menus(self) -> None:
        await set_menus(self._client.bot, self._door.text)
