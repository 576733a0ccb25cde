"""People at the web chat as a benchmark needs them: many at once in one process, each waiting for the own answers."""

import asyncio
import itertools
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import aiohttp

LONGEST_SECONDS = 60.0
ASKED = (
    "как проверить запрет на въезд?",
    "chipta oldim, patentni qayerda olaman?",
    "маоши моро се моҳ боз намедиҳанд",
    "үйгө акчаны кантип арзан жиберем?",
    "уақытша тіркеуді қайда жасатамын?",
    "I lost my passport, what now?",
)


class NoAnswerError(Exception):
    """An answer did not come in time."""


@dataclass
class WebTalker:
    """One conversation; where there are several gateways, each call goes to the next one."""

    http: aiohttp.ClientSession
    urls: Iterator[str]
    headers: dict[str, str] = field(default_factory=dict)
    cursor: int = 0
    count: int = 0

    async def ask(self, text: str) -> float:
        """Write, wait for the answer; gives the seconds between."""
        began = time.monotonic()
        message_id = await self._write(text)
        while time.monotonic() - began < LONGEST_SECONDS:
            if message_id in await self._read():
                return time.monotonic() - began
        raise NoAnswerError(f"no answer within {LONGEST_SECONDS:.0f} s")

    async def begin(self) -> None:
        """Open the conversation."""
        async with self.http.post(f"{next(self.urls)}/chat/api/conversations", json={}) as begun:
            self.headers = {"Authorization": f"Bearer {(await begun.json())['token']}"}

    async def _write(self, text: str) -> str:
        self.count += 1
        body = {"id": f"m{self.count}", "text": text}
        async with self.http.post(f"{next(self.urls)}/chat/api/messages", json=body, headers=self.headers) as stored:
            if stored.status != 202:
                raise NoAnswerError(f"the gateway has not taken a message: {await stored.text()}")
        return body["id"]

    async def _read(self) -> set[str]:
        """The ids that are answered by what has come since the last look; waits for something."""
        asked = {"after": str(self.cursor), "wait": "25"}
        address = f"{next(self.urls)}/chat/api/messages"
        async with self.http.get(address, params=asked, headers=self.headers) as news:
            document = await news.json()
        self.cursor = document["cursor"]
        return {each for message in document["messages"] for each in (message["reply_to"], *message["answers"]) if each}


@dataclass(frozen=True)
class Load:
    """What came of it: answers a second, and the seconds that each took."""

    per_second: float
    seconds: Sequence[float]


async def talkers(http: aiohttp.ClientSession, urls: Sequence[str], count: int) -> list[WebTalker]:
    """So many people, each with one answer behind them."""
    people = [WebTalker(http, itertools.cycle(urls[n % len(urls) :] + urls[: n % len(urls)])) for n in range(count)]
    for person in people:
        await person.begin()
    await asyncio.gather(*(person.ask(ASKED[n % len(ASKED)]) for n, person in enumerate(people)))
    return people


async def at_once(people: Sequence[WebTalker], seconds: float, asked: Sequence[str] = ASKED) -> Load:
    """All write again as soon as they have their answer."""
    end = time.monotonic() + seconds

    async def talk(person: WebTalker) -> list[float]:
        taken = []
        while time.monotonic() < end:
            taken.append(await person.ask(asked[person.count % len(asked)]))
        return taken

    began = time.monotonic()
    taken = [each for one in await asyncio.gather(*map(talk, people)) for each in one]
    return Load(len(taken) / (time.monotonic() - began), taken)


async def steadily(people: Sequence[WebTalker], per_second: float, seconds: float) -> Load:
    """One after the other writes, so many a second, whether the others have their answers or not."""
    began, asking = time.monotonic(), []
    for number in range(int(per_second * seconds)):
        await asyncio.sleep(max(0.0, began + number / per_second - time.monotonic()))
        asking.append(asyncio.create_task(people[number % len(people)].ask(ASKED[number % len(ASKED)])))
    taken = await asyncio.gather(*asking)
    return Load(len(taken) / (time.monotonic() - began), taken)


def session() -> aiohttp.ClientSession:
    """A client without a bound on its connections."""
    timeout = aiohttp.ClientTimeout(total=LONGEST_SECONDS + 30)
    return aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0), timeout=timeout, trust_env=False)
