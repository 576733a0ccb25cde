"""Turns per second of the engine with one action, beside a vanilla Rasa with the same answers in the same run.

python -m benchmarks.engine [--vanilla-python PATH]    PATH: the python of an environment with rasa and TensorFlow
"""

import argparse
import asyncio
import itertools
import os
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import aiohttp

ROOT = Path(__file__).parents[1]
PROJECT = Path(__file__).parent / "engine_project"
TOKEN = "benchmark"
MESSAGES = ("hello", "I am sad", "perfect", "are you a bot?", "bye")
CONVERSATIONS = (1, 10, 50)
SECONDS = 6.0
ROUNDS = 3
READY_TIMEOUT_SECONDS = 180
WANTED_RATIO = 2.5


@dataclass
class Contender:
    """One engine: how it is trained and started, how it is asked, what was measured."""

    name: str
    command: list[str]
    config: str
    address: str
    values: dict[str, str]
    port: int = 0
    process: "subprocess.Popen[bytes] | None" = None
    ready_seconds: float = 0.0
    turns_per_second: dict[int, list[float]] = field(default_factory=dict)

    def ask(self, sender: str, number: int, text: str) -> dict[str, Any]:
        """The body of one turn."""
        return {"sender": sender, "id": f"{sender}-{number}", "message": text}


def main(arguments: list[str]) -> int:
    """Measure and print; the exit code says whether the ratio was reached."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--vanilla-python", help="python of an environment with TensorFlow")
    options = parser.parse_args(arguments)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        contenders = [_safar(folder)]
        if options.vanilla_python:
            contenders.append(_vanilla(options.vanilla_python))
        actions = _start([sys.executable, "-m", "benchmarks.engine_actions", str(action_port := _free_port())], {})
        try:
            for contender in contenders:
                _prepare(contender, folder, f"http://127.0.0.1:{action_port}/webhook")
            asyncio.run(_measure(contenders))
        finally:
            for process in [actions, *(each.process for each in contenders if each.process)]:
                process.terminate()
                process.wait()
    return _report(contenders)


def _safar(folder: Path) -> Contender:
    values = {
        "SAFAR_ENGINE_TOKEN": TOKEN, "SAFAR_RELEASE_DIR": "benchmark", "SAFAR_CONTENT": str(PROJECT),
        "SAFAR_DATABASE_URL": f"sqlite:///{folder / 'safar.db'}",
    }  # fmt: skip
    command = [sys.executable, "-m", "bot.engine.serve"]
    return Contender("safar", command, str(ROOT / "config.yml"), "webhooks/engine/turn", values)


def _vanilla(python: str) -> Contender:
    return Contender("vanilla", [python, "-m", "rasa"], str(PROJECT / "vanilla.yml"), "webhooks/rest/webhook", {})


def _prepare(contender: Contender, folder: Path, action_url: str) -> None:
    contender.values |= {"SAFAR_ACTION_URL": action_url, "RASA_TELEMETRY_ENABLED": "false"}
    out = folder / contender.name
    began = time.monotonic()
    training = _start([
        *contender.command, "train", "--config", contender.config, "--domain", str(PROJECT / "domain.yml"),
        "--data", str(PROJECT / "data"), "--out", str(out), "--fixed-model-name", "model",
    ], contender.values)  # fmt: skip
    if training.wait():
        raise SystemExit(f"{contender.name} could not be trained")
    print(f"{contender.name}: trained in {time.monotonic() - began:.1f} s")
    _serve(contender, out, action_url)
    print(f"{contender.name}: ready after {contender.ready_seconds:.1f} s, {_megabytes(contender):.0f} MB")


def _serve(contender: Contender, out: Path, action_url: str) -> None:
    endpoints, credentials = ROOT / "endpoints.yml", ROOT / "credentials.yml"
    if contender.name == "vanilla":
        endpoints, credentials = out / "endpoints.yml", out / "credentials.yml"
        endpoints.write_text(f"action_endpoint: {{url: '{action_url}'}}\n", "utf-8")
        credentials.write_text("rest:\n", "utf-8")
    else:
        _migrate(contender.values["SAFAR_DATABASE_URL"])
    contender.port = _free_port()
    began = time.monotonic()
    contender.process = _start([
        *contender.command, "run", "--model", str(out / "model.tar.gz"), "--interface", "127.0.0.1",
        "--port", str(contender.port), "--endpoints", str(endpoints), "--credentials", str(credentials),
    ], contender.values)  # fmt: skip
    while not _answers(contender.port):
        if contender.process.poll() is not None or time.monotonic() - began > READY_TIMEOUT_SECONDS:
            raise SystemExit(f"{contender.name} did not start")
        time.sleep(0.1)
    contender.ready_seconds = time.monotonic() - began


def _migrate(database_url: str) -> None:
    from conversations.database import migrate, open_database

    migrate(open_database(database_url))


async def _measure(contenders: list[Contender]) -> None:
    headers = {"Authorization": f"Bearer {TOKEN}"}
    connector = aiohttp.TCPConnector(limit=0)
    async with aiohttp.ClientSession(connector=connector, headers=headers) as http:
        answers = [await _answers_of(http, contender) for contender in contenders]
        if any(each != answers[0] for each in answers):
            raise SystemExit(f"the answers differ: {answers}")
        for number, conversations in itertools.product(range(ROUNDS), CONVERSATIONS):
            for contender in contenders:
                rate = await _rate(http, contender, f"round-{number}-{conversations}", conversations)
                contender.turns_per_second.setdefault(conversations, []).append(rate)


async def _answers_of(http: aiohttp.ClientSession, contender: Contender) -> list[str]:
    return [await _turn(http, contender, f"same-{text}", 0, text) for text in MESSAGES]


async def _rate(http: aiohttp.ClientSession, contender: Contender, name: str, conversations: int) -> float:
    end = time.monotonic() + SECONDS

    async def talk(sender: str) -> int:
        for number in itertools.count():
            if time.monotonic() >= end:
                return number
            await _turn(http, contender, sender, number, MESSAGES[number % len(MESSAGES)])
        return 0

    began = time.monotonic()
    turns = sum(await asyncio.gather(*(talk(f"{name}-{number}") for number in range(conversations))))
    return turns / (time.monotonic() - began)


async def _turn(http: aiohttp.ClientSession, contender: Contender, sender: str, number: int, text: str) -> str:
    url = f"http://127.0.0.1:{contender.port}/{contender.address}"
    async with http.post(url, json=contender.ask(sender, number, text)) as response:
        document = await response.json()
    messages = document if isinstance(document, list) else document["messages"]
    return str(messages[0]["text"])


def _report(contenders: list[Contender]) -> int:
    medians = {
        each.name: {n: statistics.median(each.turns_per_second[n]) for n in CONVERSATIONS} for each in contenders
    }
    for name, rates in medians.items():
        print(f"{name}: turns/s " + ", ".join(f"{rate:.0f} at {n} at once" for n, rate in rates.items()))
    if "vanilla" not in medians:
        return 0
    ratio = medians["safar"][CONVERSATIONS[-1]] / medians["vanilla"][CONVERSATIONS[-1]]
    print(f"ratio at {CONVERSATIONS[-1]} at once: {ratio:.2f} (wanted: {WANTED_RATIO})")
    return 0 if ratio >= WANTED_RATIO else 1


def _start(command: list[str], values: dict[str, str]) -> "subprocess.Popen[bytes]":
    output = None if "BENCHMARK_OUTPUT" in os.environ else subprocess.DEVNULL
    return subprocess.Popen(command, cwd=ROOT, env={**os.environ, **values}, stdout=output, stderr=output)


def _answers(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port), timeout=1).close()
    except OSError:
        return False
    return True


def _megabytes(contender: Contender) -> float:
    assert contender.process is not None
    status = Path(f"/proc/{contender.process.pid}/status").read_text("utf-8")
    return int(status.split("VmRSS:")[1].split()[0]) / 1024


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
