"""The emulator as tests drive it: a server on loopback in a thread, people, faults, time."""

import asyncio
import contextlib
import itertools
import socket
import threading
import time
from collections.abc import AsyncIterator
from typing import Any

import uvicorn
from starlette.types import Receive, Scope, Send

from tests.telegram_emulator.faults import Fault, Faults
from tests.telegram_emulator.methods import Methods
from tests.telegram_emulator.people import Group, Person
from tests.telegram_emulator.server import BotApi, Call
from tests.telegram_emulator.updates import Brought, Updates
from tests.telegram_emulator.world import Chat, World

TOKEN = "700000001:AAFakeTokenOfTheEmulator_0123456789"
START_SECONDS = 10


class TelegramEmulator:
    """`with TelegramEmulator() as telegram:` serves the Bot API at `telegram.url` for the bot with `telegram.token`.

    `violations` lists every documented rule that a call has broken; tests assert that it is empty.
    """

    def __init__(self) -> None:
        self.token = TOKEN
        self._world = World()
        self._updates = Updates(self._world)
        self._faults = Faults()
        self._api = BotApi(self.token, self._world, Methods(self._world, self._updates), self._faults)
        self._people = itertools.count(910_000_001)
        self._groups = itertools.count(1)
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._socket.getsockname()[1]}"
        config = uvicorn.Config(
            self._serve, interface="asgi3", log_level="critical", access_log=False, lifespan="on", ws="none"
        )
        self._server = uvicorn.Server(config)
        self._thread = threading.Thread(target=self._server.run, kwargs={"sockets": [self._socket]}, daemon=True)

    def __enter__(self) -> "TelegramEmulator":
        return self.start()

    def __exit__(self, *_: object) -> None:
        self.stop()

    def start(self) -> "TelegramEmulator":
        """Serve; returns when calls are answered."""
        self._thread.start()
        end = time.monotonic() + START_SECONDS
        while not self._server.started:
            assert self._thread.is_alive() and time.monotonic() < end, "the emulator does not start"
            time.sleep(0.01)
        return self

    def stop(self) -> None:
        """End at once; open long polls end with it."""
        self._updates.is_closed = True
        self._updates.tell()
        self._server.should_exit = self._server.force_exit = True
        self._thread.join(START_SECONDS)

    @property
    def violations(self) -> list[str]:
        """The rules that were broken, as “method: what Telegram says”."""
        with self._world.lock:
            return list(self._world.violations)

    @property
    def calls(self) -> list[Call]:
        """All calls that came."""
        return list(self._api.calls)

    def calls_of(self, method: str) -> list[Call]:
        """The calls of one method."""
        return [call for call in self.calls if call.method.lower() == method.lower()]

    @property
    def brought(self) -> list[Brought]:
        """All calls of the webhook."""
        with self._world.lock:
            return list(self._updates.brought)

    @property
    def waiting_updates(self) -> int:
        """How many updates are not acknowledged yet."""
        with self._world.lock:
            return len(self._updates.waiting)

    @property
    def webhook(self) -> tuple[str, str]:
        """Address and secret that were set; empty for polling."""
        with self._world.lock:
            return self._updates.url, self._updates.secret

    def person(self, language: str | None = "ru", has_started: bool = False) -> Person:
        """Somebody new, whose Telegram is in `language`; `has_started` when they have written to the bot before."""
        number = next(self._people)
        user = {"id": number, "is_bot": False, "first_name": "Somebody"}
        user |= {"language_code": language} if language else {}
        chat = Chat({"id": number, "first_name": "Somebody", "type": "private"}, user, has_started)
        with self._world.lock:
            self._world.chats[number] = chat
        return Person(self._world, self._updates, chat)

    def group(self, kind: str = "supergroup") -> Group:
        """A group, supergroup or channel without the bot."""
        number = -1_001_000_000_000 - next(self._groups)
        adder = {"id": 910_999_999, "is_bot": False, "first_name": "Somebody"}
        chat = Chat({"id": number, "title": "A group", "type": kind}, adder)
        with self._world.lock:
            self._world.chats[number] = chat
        return Group(self._world, self._updates, chat)

    def misbehave(self, method: str, fault: Fault, times: int = 1) -> None:
        """The next calls of a method (`*`: of any) go wrong."""
        self._faults.add(method, fault, times)

    def send_update(self, content: Any) -> int:
        """Any JSON object as the next update, also one that nobody can read; gives its number."""
        number = self._updates.next_number()
        self._updates.put_raw({"update_id": number} | content)
        return number

    def send_unnumbered(self, update: Any) -> None:
        """Any JSON as an update, as it is."""
        self._updates.put_raw(update)

    def bring_again(self) -> None:
        """Duplicates: all acknowledged updates come once more."""
        self._updates.bring_again()

    def deliver_webhooks_to(self, address: str) -> None:
        """Stand in for the reverse proxy: calls of the public address go to this one."""
        self._updates.webhook_goes_to = address.rstrip("/")

    def pass_time(self, hours: float) -> None:
        """Let time pass in Telegram: messages become too old to be deleted, pressed buttons to be answered."""
        with self._world.lock:
            self._world.pass_time(hours * 3600)

    async def _serve(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._live(receive, send)
        else:
            await self._api(scope, receive, send)

    async def _live(self, receive: Receive, send: Send) -> None:
        await receive()
        self._updates.loop = asyncio.get_running_loop()
        async with self._bringing():
            await send({"type": "lifespan.startup.complete"})
            await receive()
        await send({"type": "lifespan.shutdown.complete"})

    @contextlib.asynccontextmanager
    async def _bringing(self) -> AsyncIterator[None]:
        task = asyncio.create_task(self._updates.bring_all())
        yield
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
