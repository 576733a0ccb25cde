"""The updates of the emulated bot: kept until acknowledged, handed out to a long poll or brought to a webhook."""

import asyncio
import itertools
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import httpx

from tests.telegram_emulator.rules import ApiError
from tests.telegram_emulator.world import World

CONFLICT = "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"
WEBHOOK_IS_ACTIVE = (
    "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
)
RETRY_SECONDS = 0.2


@dataclass(frozen=True)
class Brought:
    """One call of the webhook: its update, the status that came back (0: none) and how long that took."""

    update_id: int
    status: int
    seconds: float


@dataclass
class Updates:
    """`webhook_goes_to` stands for the reverse proxy: the address behind the public one."""

    world: World
    url: str = ""
    secret: str = ""
    webhook_goes_to: str = ""
    allowed: frozenset[str] = frozenset()
    waiting: list[dict[str, Any]] = field(default_factory=list)
    acknowledged: list[dict[str, Any]] = field(default_factory=list)
    brought: list[Brought] = field(default_factory=list)
    last_error: str = ""
    is_closed: bool = False
    loop: asyncio.AbstractEventLoop | None = None
    _again: list[dict[str, Any]] = field(default_factory=list)
    _ids: Any = field(default_factory=lambda: itertools.count(500_000_001))
    _news: asyncio.Event = field(default_factory=asyncio.Event)
    _polls: int = 0

    def put(self, kind: str, content: Any) -> int:
        """A new update, unless its kind is not asked for; gives its number."""
        number: int = next(self._ids)
        if not self.allowed or kind in self.allowed:
            self.put_raw({"update_id": number, kind: content})
        return number

    def put_raw(self, update: Any) -> None:
        """Any JSON as an update."""
        with self.world.lock:
            self.waiting.append(update)
        self.tell()

    def next_number(self) -> int:
        """The number for an update that a test makes up."""
        number: int = next(self._ids)
        return number

    def bring_again(self) -> None:
        """Duplicates: everything that was acknowledged comes once more."""
        with self.world.lock:
            self._again += self.acknowledged
        self.tell()

    def tell(self) -> None:
        """Wake whoever waits for updates; from any thread."""
        if self.loop is not None and not self.loop.is_closed():
            self.loop.call_soon_threadsafe(self._news.set)

    async def poll(self, offset: int, limit: int, timeout: float) -> list[dict[str, Any]]:
        """getUpdates."""
        if self.url:
            raise ApiError(409, WEBHOOK_IS_ACTIVE)
        self._polls += 1
        own, end = self._polls, time.monotonic() + timeout
        self._news.set()
        while True:
            if own != self._polls:
                raise ApiError(409, CONFLICT)
            if self.url:
                raise ApiError(409, "Conflict: terminated by setWebhook request")
            with self.world.lock:
                self._acknowledge(offset)
                found = (self._again + self.waiting)[:limit]
                self._again = []
            left = end - time.monotonic()
            if found or left <= 0 or self.is_closed:
                return found
            self._news.clear()
            try:
                async with asyncio.timeout(left):
                    await self._news.wait()
            except TimeoutError:
                pass

    def _acknowledge(self, offset: int) -> None:
        if offset < 0:
            self.waiting = self.waiting[offset:]
        elif offset > 0:
            self.acknowledged += [each for each in self.waiting if _number(each) < offset]
            self.waiting = [each for each in self.waiting if _number(each) >= offset]

    async def bring_all(self) -> None:
        """Bring the updates to the webhook as long as there is one; those of one chat one after the other."""
        under_way: dict[int, asyncio.Task[None]] = {}
        async with httpx.AsyncClient(timeout=10, trust_env=False) as client:
            while not self.is_closed:
                self._news.clear()
                for update in self._due(under_way) if self.url else ():
                    task = asyncio.create_task(self._bring(client, update))
                    under_way[_chat_of(update)] = task
                try:
                    async with asyncio.timeout(0.05):
                        await self._news.wait()
                except TimeoutError:
                    pass
                under_way = {chat: task for chat, task in under_way.items() if not task.done()}

    def _due(self, under_way: Mapping[int, object]) -> list[dict[str, Any]]:
        due: dict[int, dict[str, Any]] = {}
        with self.world.lock:
            self.waiting, self._again = self._again + self.waiting, []
            for update in self.waiting:
                due.setdefault(_chat_of(update), update)
        return [update for chat, update in due.items() if chat not in under_way]

    async def _bring(self, client: httpx.AsyncClient, update: dict[str, Any]) -> None:
        address = self.webhook_goes_to + "/" + self.url.split("/", 3)[3]
        headers = {"X-Telegram-Bot-Api-Secret-Token": self.secret} if self.secret else {}
        began, status = time.monotonic(), 0
        try:
            status = (await client.post(address, json=update, headers=headers)).status_code
        except httpx.HTTPError as error:
            self.last_error = type(error).__name__
        with self.world.lock:
            self.brought.append(Brought(_number(update), status, time.monotonic() - began))
            if 200 <= status < 300:
                self.waiting.remove(update)
                self.acknowledged.append(update)
        if not 200 <= status < 300:
            self.last_error = self.last_error if not status else f"Wrong response from the webhook: {status}"
            await asyncio.sleep(RETRY_SECONDS)
        self._news.set()


def _number(update: Any) -> int:
    number = update.get("update_id") if isinstance(update, dict) else None
    return number if isinstance(number, int) else 0


def _chat_of(update: Any) -> int:
    """The chat of an update; one without has a queue of its own."""
    content = next((value for key, value in update.items() if key != "update_id"), None) if update else None
    for place in (content, content.get("message") if isinstance(content, dict) else None):
        chat = place.get("chat") if isinstance(place, dict) else None
        if isinstance(chat, dict) and isinstance(chat.get("id"), int):
            return int(chat["id"])
    return -_number(update)
