"""How soon a migrant's message is on an operator's screen: `python -m benchmarks.console_live [--database URL]`.

A console of its own process, 50 operators with an open page each, 500 conversations in their hands, ten messages a
second of migrants, written as the gateway writes them. Measured from before the message is stored until its event has
been read. Without an address the database is a SQLite file in a temporary folder.
"""

import argparse
import asyncio
import os
import random
import socket
import subprocess
import sys
import tempfile
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx

from benchmarks.console_crowd import Crowd, fill
from conversations.database import Database, migrate, open_database
from conversations.inbox import Inbox, NewMessage
from foundation.clock import utc_now

ROOT = Path(__file__).parents[1]
START_SECONDS = 30.0
SETTLE_SECONDS = 3.0
WANTED_P95_SECONDS = 1.0


@dataclass(frozen=True)
class Measured:
    """What came of a run; seconds from writing to reading, in order of size; `lost` messages came on no page."""

    seconds: tuple[float, ...]
    lost: int
    cpu_seconds: float
    wall_seconds: float

    def at(self, share: float) -> float:
        """The time within which this share of the messages came."""
        return self.seconds[min(len(self.seconds) - 1, int(share * len(self.seconds)))]


def main() -> int:
    """Print the figures; the exit status is 1 when p95 is not under a second."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--database", default="")
    parser.add_argument("--operators", type=int, default=50)
    parser.add_argument("--conversations", type=int, default=500)
    parser.add_argument("--messages", type=int, default=300)
    parser.add_argument("--rate", type=float, default=10.0)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        url = asked.database or f"sqlite:///{folder}/safar.db"
        crowd = prepare(url, asked.operators, asked.conversations)
        with running_console(url, Path(folder)) as (address, process):
            found = asyncio.run(measure(url, address, process.pid, crowd, asked.messages, asked.rate))
    print(f"{asked.operators} operators, {asked.conversations} conversations, {asked.rate:g} messages/s: ", end="")
    print(", ".join(f"p{share:.0%}"[:-1] + f" {found.at(share):.3f} s" for share in (0.5, 0.95, 0.99)), end="; ")
    print(
        f"longest {found.seconds[-1]:.3f} s, lost {found.lost}, {found.cpu_seconds / found.wall_seconds:.0%} of a core"
    )
    return 0 if found.at(0.95) < WANTED_P95_SECONDS and not found.lost else 1


def prepare(url: str, operators: int, conversations: int) -> Crowd:
    """Fill a database of this address."""
    database = open_database(url)
    migrate(database)
    crowd = fill(database, operators, conversations, utc_now())
    database.close()
    return crowd


async def measure(url: str, address: str, pid: int, crowd: Crowd, messages: int, rate: float) -> Measured:
    """Open all pages, let migrants write to those that are open, and wait for each message."""
    came: dict[str, float] = {}
    limits = httpx.Limits(max_connections=None)
    async with httpx.AsyncClient(base_url=address, timeout=None, limits=limits, trust_env=False) as client:
        pages = [
            asyncio.create_task(_read(client, token, conversation_id, came))
            for token, conversation_id in crowd.open_pages
        ]
        await asyncio.sleep(SETTLE_SECONDS)
        cpu, began = _cpu_seconds(pid), time.monotonic()
        written = await _write(open_database(url), [each for _, each in crowd.open_pages], messages, rate)
        await asyncio.sleep(SETTLE_SECONDS)
        cpu, wall = _cpu_seconds(pid) - cpu, time.monotonic() - began
        for page in pages:
            page.cancel()
        await asyncio.gather(*pages, return_exceptions=True)
    seconds = sorted(came[word] - at for word, at in written.items() if word in came)
    return Measured(tuple(seconds), len(written) - len(seconds), cpu, wall)


async def _read(client: httpx.AsyncClient, token: str, conversation_id: str, came: dict[str, float]) -> None:
    cookies = {"Cookie": f"safar_console={token}"}
    async with client.stream("GET", f"/conversations/{conversation_id}/events", headers=cookies) as response:
        async for line in response.aiter_lines():
            now = time.monotonic()
            for word in line.split("mark-")[1:]:
                came.setdefault(word[:32], now)


async def _write(database: Database, ids: list[str], messages: int, rate: float) -> dict[str, float]:
    inbox, written = Inbox(database), {}
    for _ in range(messages):
        word = uuid.uuid4().hex
        message = NewMessage(random.choice(ids), word, f"mark-{word}", None, "none", (), "tg")
        written[word] = time.monotonic()
        await asyncio.to_thread(inbox.store, message, utc_now())
        await asyncio.sleep(max(0.0, 1 / rate - (time.monotonic() - written[word])))
    database.close()
    return written


@contextmanager
def running_console(url: str, home: Path) -> Iterator[tuple[str, "subprocess.Popen[bytes]"]]:
    """A console of its own process; gives its address."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    settings = {"SAFAR_HOME": str(home), "SAFAR_DATABASE_URL": url, "SAFAR_CONSOLE_PORT": str(port)}
    process = subprocess.Popen([sys.executable, "-m", "console.app"], cwd=ROOT, env=os.environ | settings)
    address = f"http://127.0.0.1:{port}"
    try:
        _wait(f"{address}/health")
        yield address, process
    finally:
        process.terminate()
        process.wait(15)


def _wait(address: str) -> None:
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end:
        try:
            httpx.get(address, trust_env=False)
            return
        except httpx.HTTPError:
            time.sleep(0.1)
    raise TimeoutError(f"{address} does not answer")


def _cpu_seconds(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


if __name__ == "__main__":
    sys.exit(main())
