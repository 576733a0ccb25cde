"""Long polling: updates are fetched, stored, and only then acknowledged by asking for the next ones."""

import asyncio
from collections.abc import Awaitable, Callable

from telegram.error import Conflict, NetworkError

from bot.channels.telegram.client import Client
from bot.channels.telegram.intake import Intake
from bot.channels.telegram.pauses import Pauses
from bot.channels.telegram.payloads import update_id

STOP_SECONDS = 0.8
"""How long an update that is being stored may take to end."""


class Polling:
    """Telegram keeps an update until it is asked for a later one: `_offset` moves only past what is stored.

    The offset is not kept here over a restart: Telegram then brings again what was not acknowledged, and the store
    knows a message that it has.
    """

    def __init__(self, client: Client, intake: Intake, connect: Callable[[], Awaitable[None]], pauses: Pauses) -> None:
        self._client = client
        self._intake = intake
        self._connect = connect
        self._pauses = pauses
        self._offset: int | None = None
        self._is_connected = False
        self._is_storing = False
        self._is_stopping = False
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Begin."""
        self._task = asyncio.create_task(self._run())

    def begin_stop(self) -> None:
        """Store nothing more; may be called from any thread."""
        self._is_stopping = True

    async def stop(self) -> None:
        """End within a second; an update that is being stored may end."""
        self.begin_stop()
        if self._task is None:
            return
        if self._is_storing:
            await asyncio.wait([self._task], timeout=STOP_SECONDS)
        self._task.cancel()
        await asyncio.gather(self._task, return_exceptions=True)

    async def _run(self) -> None:
        while not self._is_stopping:
            try:
                await self._round()
            except Exception as error:  # Telegram or the database may be away for a while
                self._is_connected = self._is_connected and not isinstance(error, Conflict)
                await self._pauses.after("updates cannot be taken", error)
            else:
                self._pauses.over()

    async def _round(self) -> None:
        """One batch; raises what Telegram or the door raises, and then goes on behind the last update stored."""
        if not self._is_connected:
            await self._connect()
            self._is_connected = True
        updates = await self._client.updates(self._offset)
        if updates and all(update_id(raw) is None for raw in updates):
            raise NetworkError("updates without a number cannot be acknowledged")
        self._is_storing = True
        try:
            for raw in updates:
                if self._is_stopping:
                    return
                await self._intake.take(raw)
                self._move_past(update_id(raw))
        finally:
            self._is_storing = False

    def _move_past(self, number: int | None) -> None:
        if number is not None:
            self._offset = max(self._offset or 0, number + 1)
