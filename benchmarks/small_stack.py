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


def measure(release: Path, vanilla_python: str | None, people: int, seconds: float) -> dict[str, float]:
    """Answers a second by name: of several rounds the median, the contenders in turn.

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
            return asyncio.run(_rates(contenders, url, people, seconds))
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


async def _rates(contenders: list[Contender], url: str, people: int, seconds: float) -> dict[str, float]:
    rates: dict[str, list[float]] = {}
    async with session() as http:
        http.headers["Authorization"] = f"Bearer {TOKEN}"
        crowd = await talkers(http, [url], people)
        for number in range(ROUNDS):
            for contender in contenders:
                if contender.name == "safar":
                    rate = (await at_once(crowd, seconds, MESSAGES)).per_second
                else:
                    rate = await rate_of(http, contender, f"round-{number}", people, seconds)
                rates.setdefault(contender.name, []).append(rate)
    return {name: statistics.median(measured) for name, measured in rates.items()}


def _is_ready(url: str) -> bool:
    try:
        return httpx.get(f"{url}/ready", timeout=5, trust_env=False).status_code == 200
    except httpx.HTTPError:
        return False
