"""Fixtures of the WhatsApp channel: emulator, settings that speak to it, a door that records, a served connector."""

import asyncio
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import uvicorn
from starlette.applications import Starlette

from bot.channels.channel import DeliveryMark, IncomingMessage
from bot.channels.whatsapp.connector import WhatsApp
from bot.channels.whatsapp.settings import WhatsAppSettings
from foundation.clock import utc_now
from foundation.settings import load_settings
from language.wording import Wording
from tests.whatsapp_emulator.emulator import WhatsAppEmulator

ROOT = Path(__file__).parents[4]
NOW = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
PERSON = "996555000101"


@cache
def wording() -> Wording:
    """The wording of the repository."""
    return Wording.load(ROOT / "data" / "responses")


class RecordingDoor:
    """Keeps what is received, each id once, as the real one does; can be away or slow."""

    def __init__(self) -> None:
        self.messages: list[IncomingMessage] = []
        self.marks: list[DeliveryMark] = []
        self.is_away = False
        self.fails_on: str | None = None

    async def receive(self, message: IncomingMessage) -> str:
        """Store."""
        await asyncio.sleep(0)
        if self.is_away or (self.fails_on is not None and message.text == self.fails_on):
            raise ConnectionError("the database is away")
        if message.message_id not in [known.message_id for known in self.messages]:
            self.messages.append(message)
        return "ru"

    async def mark(self, event: DeliveryMark) -> None:
        """Store."""
        if self.is_away:
            raise ConnectionError("the database is away")
        self.marks.append(event)

    def text(self, key: str, variant: str) -> str:
        """The wording of the repository."""
        return wording().text(key, variant)

    @property
    def texts(self) -> list[str]:
        """The texts, in the order in which they came."""
        return [message.text for message in self.messages]


class ServedConnector:
    """The routes of a connector on a real socket, in a thread."""

    def __init__(self, whatsapp: WhatsApp) -> None:
        listening = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{listening.getsockname()[1]}/whatsapp/webhook"

        @asynccontextmanager
        async def life(_app: Starlette) -> Any:
            await whatsapp.start()
            yield
            await whatsapp.stop()

        app = Starlette(routes=whatsapp.routes(), lifespan=life)
        self._server = uvicorn.Server(uvicorn.Config(app, log_config=None, access_log=False, ws="none"))
        self._thread = threading.Thread(target=self._server.run, kwargs={"sockets": [listening]}, daemon=True)
        self._thread.start()
        while not self._server.started:
            assert self._thread.is_alive()
            time.sleep(0.005)

    def stop(self) -> float:
        """Stop; gives the seconds that it took."""
        began = time.monotonic()
        self._server.should_exit = True
        self._thread.join(10)
        assert not self._thread.is_alive()
        return time.monotonic() - began


@pytest.fixture
def emulator() -> Iterator[WhatsAppEmulator]:
    """A running emulator; at the end no call may have broken a rule of the platform."""
    running = WhatsAppEmulator().start()
    yield running
    running.stop()
    assert running.violations == []


@pytest.fixture
def settings(emulator: WhatsAppEmulator) -> WhatsAppSettings:
    """The settings with which the channel speaks to the emulator."""
    parsed = WhatsAppSettings.from_settings(load_settings(emulator.environ()))
    assert parsed is not None
    return parsed


@pytest.fixture
def door() -> RecordingDoor:
    """A door that records."""
    return RecordingDoor()


@pytest.fixture
def served(emulator: WhatsAppEmulator, settings: WhatsAppSettings, door: RecordingDoor) -> Iterator[ServedConnector]:
    """The connector, served; the emulator calls it."""
    running = ServedConnector(WhatsApp(settings, door, utc_now))  # type: ignore[arg-type]
    emulator.webhooks.url = running.url
    yield running
    running.stop()
