"""Fixtures of the Telegram channel: the emulator, a door that writes down what comes, a connector between them."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractAsyncContextManager
from pathlib import Path

import pytest

from bot.channels.channel import IncomingMessage, Reachability
from bot.channels.telegram.connector import Telegram
from bot.channels.telegram.settings import TelegramSettings
from foundation.clock import utc_now
from language.wording import Wording
from tests.telegram_emulator import TelegramEmulator

RESPONSES = Path(__file__).parents[4] / "data" / "responses"
Begin = Callable[..., AbstractAsyncContextManager[Telegram]]


class RecordingDoor:
    """Stands for `bot.messenger_door.MessengerDoor`: keeps each message once; `is_away` is a database that is away."""

    def __init__(self, wording: Wording) -> None:
        self.messages: list[IncomingMessage] = []
        self.attempts: list[str] = []
        self.reachabilities: list[Reachability] = []
        self.is_away = False
        self.store_seconds = 0.0
        self._wording = wording

    async def receive(self, message: IncomingMessage) -> str:
        """Store a message."""
        self.attempts.append(message.message_id)
        await asyncio.sleep(self.store_seconds)
        if self.is_away:
            raise OSError("the database is away")
        if message.message_id not in {each.message_id for each in self.messages}:
            self.messages.append(message)
        return "ru"

    async def reachability(self, event: Reachability) -> None:
        """Note who has blocked us."""
        self.reachabilities.append(event)

    def text(self, key: str, variant: str) -> str:
        """A wording of the content folder."""
        return self._wording.text(key, variant)

    def texts(self) -> list[str]:
        """What was said, in order."""
        return [message.text for message in self.messages]


@pytest.fixture(scope="session")
def wording() -> Wording:
    """The texts of the content folder."""
    return Wording.load(RESPONSES)


@pytest.fixture
def door(wording: Wording) -> RecordingDoor:
    """A door."""
    return RecordingDoor(wording)


@pytest.fixture
def telegram() -> Iterator[TelegramEmulator]:
    """An emulator; at the end no rule of the Bot API may have been broken."""
    with TelegramEmulator() as emulator:
        yield emulator
    assert emulator.violations == []


@pytest.fixture
def settings(telegram: TelegramEmulator) -> TelegramSettings:
    """Long polling at the emulator."""
    return TelegramSettings(telegram.token, telegram.url)


@pytest.fixture
def begin(settings: TelegramSettings, door: RecordingDoor) -> Begin:
    """Run a connector, with pauses of a hundredth of a second, for as long as the context lasts."""

    @contextlib.asynccontextmanager
    async def run(chosen: TelegramSettings = settings, chosen_door: RecordingDoor = door) -> AsyncIterator[Telegram]:
        connector = Telegram(chosen, chosen_door, utc_now, first_pause_seconds=0.01)
        await connector.start()
        try:
            yield connector
        finally:
            await connector.stop()

    return run


@pytest.fixture
def until() -> Callable[..., object]:
    """Wait, without holding up the event loop, until a condition holds."""

    async def wait(is_enough: Callable[[], object], seconds: float = 10) -> None:
        async with asyncio.timeout(seconds):
            while not is_enough():
                await asyncio.sleep(0.01)

    return wait
