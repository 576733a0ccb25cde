"""The small bot of `benchmarks.engine` behind the gateway, beside the same bot as a vanilla Rasa."""

import asyncio
import json
import os
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import httpx

from benchmarks.engine import (
    MESSAGES,
    TOKEN,
    Contender,
    free_port,
    prepare,
    rate_of,
    safar_engine,
    start_process,
    vanilla_engine,
)
from benchmarks.web_load import at_once, session, talkers
from safar.child import ONE_CORE
from tests.trained_release import give_release

ROOT = Path(__file__).parents[1]
ROUNDS = 3
READY_SECONDS = 60.0


@dataclass
class Rate:
    """Of several rounds the median of the answers a second, and the processor's milliseconds for one answer.

    The latter hardly depend on what else the machine does. The action server counts with both contenders.
    """

    rounds: list[float] = field(default_factory=list)
    answers: float = 0.0
    processor_seconds: float = 0.0

    @property
    def per_second(self) -> float:
        """Answers a second."""
        return statistics.median(self.rounds)

    @property
    def processor_milliseconds(self) -> float:
        """For one answer."""
        return 1000 * self.processor_seconds / self.answers


def measure(release: Path, vanilla_python: str | None, people: int, seconds: float) -> dict[str, Rate]:
    """Rates by name, the contenders in turn.

    The gateway looks for danger and speaks with the texts of `release`; its engine is the small bot's.
    """
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    running: list[subprocess.Popen[bytes]] = []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        action_port = free_port()
        contenders = [safar_engine(folder, ONE_CORE), *([vanilla_engine(vanilla_python)] if vanilla_python else [])]
        running.append(start_process([sys.executable, "-m", "benchmarks.engine_actions", str(action_port)], {}))
        try:
            for contender in contenders:
                prepare(contender, folder, f"http://127.0.0.1:{action_port}/webhook")
            gateway, url = _gateway(release, contenders[0], folder)
            running.append(gateway)
            pids = {each.name: [running[0].pid, each.process.pid] for each in contenders if each.process}
            pids["safar"].append(gateway.pid)
            return asyncio.run(_rates(contenders, url, people, seconds, pids))
        finally:
            for process in [*running, *(each.process for each in contenders if each.process)]:
                process.terminate()
                process.wait()


def _gateway(release: Path, engine: Contender, folder: Path) -> "tuple[subprocess.Popen[bytes], str]":
    home, port = folder / "home", free_port()
    give_release(release, home)
    (home / "run").mkdir()
    known = {"release": release.name, "url": f"http://127.0.0.1:{engine.port}", "token": TOKEN}
    (home / "run" / "engine.json").write_text(json.dumps(known), "utf-8")
    own = {key: value for key, value in os.environ.items() if key.startswith("SAFAR_")}
    assert not own, f"unset {', '.join(own)} before measuring"
    values = {
        "SAFAR_HOME": str(home),
        "SAFAR_PORT": str(port),
        "SAFAR_DATABASE_URL": engine.values["SAFAR_DATABASE_URL"],
        "SAFAR_MESSAGES_PER_MINUTE": "0",
        **ONE_CORE,
    }
    process = start_process([sys.executable, "-m", "bot.gateway"], values)
    url, end = f"http://127.0.0.1:{port}", time.monotonic() + READY_SECONDS
    while not _is_ready(url):
        if process.poll() is not None or time.monotonic() > end:
            raise SystemExit("the gateway did not start")
        time.sleep(0.1)
    return process, url


async def _rates(
    contenders: list[Contender], url: str, people: int, seconds: float, pids: Mapping[str, Sequence[int]]
) -> dict[str, Rate]:
    rates = {contender.name: Rate() for contender in contenders}
    async with session() as http:
        http.headers["Authorization"] = f"Bearer {TOKEN}"
        crowd = await talkers(http, [url], people)
        for number in range(ROUNDS):
            for contender in contenders:
                began, used = time.monotonic(), _processor_seconds(pids[contender.name])
                if contender.name == "safar":
                    rate = (await at_once(crowd, seconds, MESSAGES)).per_second
                else:
                    rate = await rate_of(http, contender, f"round-{number}", people, seconds)
                measured = rates[contender.name]
                measured.rounds.append(rate)
                measured.answers += rate * (time.monotonic() - began)
                measured.processor_seconds += _processor_seconds(pids[contender.name]) - used
    return rates


def _processor_seconds(pids: Sequence[int]) -> float:
    """What these processes have used so far, in user and system mode (proc(5), fields 14 and 15 of stat)."""
    fields = [Path(f"/proc/{pid}/stat").read_text("utf-8").rsplit(")", 1)[1].split() for pid in pids]
    return sum(int(each[11]) + int(each[12]) for each in fields) / os.sysconf("SC_CLK_TCK")


def _is_ready(url: str) -> bool:
    try:
        return httpx.get(f"{url}/ready", timeout=5, trust_env=False).status_code == 200
    except httpx.HTTPError:
        return False
