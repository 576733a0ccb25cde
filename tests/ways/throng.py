"""People on the web, Telegram and WhatsApp who write by a plan, whatever happens to Safar meanwhile."""

import asyncio
import itertools
import random
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import aiohttp

from tests.telegram_emulator import Person as TelegramPerson
from tests.telegram_emulator import TelegramEmulator
from tests.whatsapp_emulator.emulator import WhatsAppEmulator
from tests.whatsapp_emulator.people import Person as WhatsAppPerson

CHANNELS = ("web", "telegram", "whatsapp")
AGAIN_SECONDS = 0.25
IN_A_ROW = (3, 1, 1)
"""So many messages people write one after the other, in turn: where there are several, their order can be wrong."""
APART_SECONDS = 1.5
ASKED = (
    "как проверить запрет на въезд?",
    "chipta oldim, patentni qayerda olaman?",
    "маоши моро се моҳ боз намедиҳанд",
    "үйгө акчаны кантип арзан жиберем?",
    "уақытша тіркеуді қайда жасатамын?",
    "I lost my passport, what now?",
)


@dataclass(frozen=True)
class Planned:
    """One message: when, in seconds after the beginning, on which channel, and which of its people writes."""

    at: float
    channel: str
    number: int


def make_plan(seconds: float, per_second: float, people: int, seed: int = 1) -> list[Planned]:
    """Messages on all channels in turn, `per_second` together; one person writes one or a few, then another does."""
    chance = random.Random(seed)
    plan: list[Planned] = []
    numbers = {channel: _numbers(people, chance) for channel in CHANNELS}
    counts = itertools.chain.from_iterable(
        itertools.repeat(count, len(CHANNELS)) for count in itertools.cycle(IN_A_ROW)
    )
    for channel, count in zip(itertools.cycle(CHANNELS), counts, strict=False):
        begins, number = len(plan) / per_second, next(numbers[channel])
        if begins >= seconds:
            break
        plan += [Planned(begins + each * APART_SECONDS, channel, number) for each in range(count)]
    return sorted(plan, key=lambda planned: planned.at)


def _numbers(people: int, chance: random.Random) -> "itertools.cycle[int]":
    order = list(range(people))
    chance.shuffle(order)
    return itertools.cycle(order)


@dataclass
class WebConversation:
    """One conversation of the web page; `sent` are the ids of its messages, in order, `seen` what was read at last."""

    headers: Mapping[str, str]
    sent: list[str] = field(default_factory=list)
    seen: list[dict[str, Any]] = field(default_factory=list)
    turn: asyncio.Lock = field(default_factory=asyncio.Lock)

    def answers_to(self, message_id: str) -> list[dict[str, Any]]:
        """All messages that answer this one, alone or among others."""
        return [each for each in self.seen if each["reply_to"] == message_id or message_id in each["answers"]]


class Throng:
    """All people of one run. Where several gateways serve them, each call of the web goes to the next one in turn."""

    def __init__(self, urls: Sequence[str], telegram: TelegramEmulator, whatsapp: WhatsAppEmulator, size: int) -> None:
        self._urls = itertools.cycle(urls)
        self._http: aiohttp.ClientSession | None = None
        self.web: dict[int, WebConversation] = {}
        self.telegram: Sequence[TelegramPerson] = [telegram.person("ru") for _ in range(size)]
        self.whatsapp: Sequence[WhatsAppPerson] = [whatsapp.person(f"9965552{n:05d}") for n in range(size)]
        self.sent: dict[str, dict[int, list[str]]] = {channel: {} for channel in CHANNELS}
        """By channel and person the ids of what was written, in order, as the platform has them."""
        self.wrote_for_seconds = 0.0

    async def write(self, plan: Sequence[Planned]) -> None:
        """Write by the plan; returns when Safar or the platform has taken the last message."""
        async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0), trust_env=False) as http:
            self._http = http
            began = time.monotonic()
            posts = []
            for count, planned in enumerate(plan):
                await asyncio.sleep(max(0.0, began + planned.at - time.monotonic()))
                text = ASKED[(count + planned.number) % len(ASKED)]
                if planned.channel == "web":
                    posts.append(asyncio.create_task(self._write_on_web(planned.number, f"w{count}", text)))
                else:
                    self._write_on_messenger(planned, text)
            self.wrote_for_seconds = time.monotonic() - began
            await asyncio.gather(*posts)

    async def read_web(self) -> None:
        """Read all conversations of the web from their beginning."""
        async with aiohttp.ClientSession(trust_env=False) as http:
            for conversation in self.web.values():
                conversation.seen = await _read(http, self._urls, conversation.headers)

    def _write_on_messenger(self, planned: Planned, text: str) -> None:
        if planned.channel == "telegram":
            platform_id = str(self.telegram[planned.number].writes(text))
        else:
            platform_id = self.whatsapp[planned.number].writes(text, waits=False)
        self.sent[planned.channel].setdefault(planned.number, []).append(platform_id)

    async def _write_on_web(self, number: int, message_id: str, text: str) -> None:
        """As the page does it: a conversation once, then the same id again and again until it is acknowledged."""
        if number not in self.web:
            self.web[number] = WebConversation({})
        conversation = self.web[number]
        async with conversation.turn:
            if not conversation.headers:
                begun = await self._stubbornly("/chat/api/conversations", {}, {}, 201)
                conversation.headers = {"Authorization": f"Bearer {begun['token']}"}
            body = {"id": message_id, "text": text}
            await self._stubbornly("/chat/api/messages", body, conversation.headers, 202)
            conversation.sent.append(message_id)
            self.sent["web"].setdefault(number, []).append(message_id)

    async def _stubbornly(self, path: str, body: Any, headers: Mapping[str, str], wanted: int) -> Any:
        assert self._http is not None
        while True:
            try:
                async with self._http.post(f"{next(self._urls)}{path}", json=body, headers=headers) as answer:
                    if answer.status == wanted:
                        return await answer.json()
                    assert answer.status >= 500, await answer.text()
            except (aiohttp.ClientError, OSError):
                pass
            await asyncio.sleep(AGAIN_SECONDS)


async def _read(http: aiohttp.ClientSession, urls: Iterator[str], headers: Mapping[str, str]) -> list[dict[str, Any]]:
    seen: list[dict[str, Any]] = []
    cursor = 0
    while True:
        try:
            address, asked = f"{next(urls)}/chat/api/messages", {"after": str(cursor)}
            async with http.get(address, params=asked, headers=headers) as answer:
                document = await answer.json() if answer.status == 200 else None
        except (aiohttp.ClientError, OSError):
            document = None
        if document is None:
            await asyncio.sleep(AGAIN_SECONDS)
        elif not document["messages"]:
            return seen
        else:
            cursor = document["cursor"]
            seen += document["messages"]
