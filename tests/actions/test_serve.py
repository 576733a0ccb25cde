"""The action server as a process: loads once, listens on loopback only, answers quickly."""

import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
import yaml

from knowledge_base.library import Library
from knowledge_base.retriever import build_index
from language.encoder import load_encoder

PROJECT = Path(__file__).parents[2]
START_SECONDS = 30
MAX_MILLISECONDS = 10.0


@pytest.fixture(scope="module")
def release(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("release")
    build_index(Library.load(PROJECT / "data" / "faq"), load_encoder(str(PROJECT / "models/encoder")), folder / "index")
    return folder


@pytest.fixture(scope="module")
def server(release: Path) -> Iterator[httpx.Client]:
    port = _free_port()
    environment = {**os.environ, "SAFAR_RELEASE_DIR": str(release), "SAFAR_CONTENT": str(PROJECT / "data")}
    command = [sys.executable, "-m", "actions.serve", "--port", str(port)]
    process = subprocess.Popen(command, cwd=PROJECT, env=environment)
    with httpx.Client(base_url=f"http://127.0.0.1:{port}", trust_env=False, timeout=10) as client:
        _wait(client, process)
        yield client
    process.terminate()
    assert process.wait(timeout=10) == 0


def test_it_says_that_it_is_ready_with_all_its_actions(server: httpx.Client) -> None:
    named = yaml.safe_load((PROJECT / "domain.yml").read_text("utf-8"))["actions"]
    assert server.get("/health").json() == {"status": "ok", "actions": len(named)}


def test_an_action_takes_less_than_ten_milliseconds(server: httpx.Client) -> None:
    call = _call("action_answer_question", "сколько штраф за просрочку регистрации", "registration.fines")
    answer = server.post("/webhook", json=call).json()
    assert answer["responses"][0]["custom"]["answer"]["topic"] == "registration.fines"
    milliseconds = []
    for _ in range(50):
        started = time.perf_counter()
        server.post("/webhook", json=call)
        milliseconds.append((time.perf_counter() - started) * 1000)
    assert sorted(milliseconds)[len(milliseconds) // 2] < MAX_MILLISECONDS


def test_an_unknown_action_is_refused(server: httpx.Client) -> None:
    assert server.post("/webhook", json=_call("action_nothing", "", "inform")).status_code == 404


def test_it_listens_on_loopback_only(server: httpx.Client) -> None:
    port = server.base_url.port
    listening = Path("/proc/net/tcp").read_text("ascii").splitlines()[1:]
    addresses = [line.split()[1] for line in listening if line.split()[3] == "0A"]
    assert [address for address in addresses if address.endswith(f":{port:04X}")] == [f"0100007F:{port:04X}"]


def _call(name: str, text: str, intent: str) -> dict[str, Any]:
    message = {"text": text, "intent": {"name": intent, "confidence": 0.9}, "entities": []}
    message["metadata"] = {"variant": "ru", "today": "2026-11-21"}
    tracker = {"sender_id": "1", "slots": {}, "latest_message": message, "events": [], "active_loop": {}}
    call: dict[str, Any] = json.loads(json.dumps({"next_action": name, "tracker": tracker}))
    return call


def _wait(client: httpx.Client, process: "subprocess.Popen[bytes]") -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        try:
            if client.get("/health").status_code == 200:
                return
        except httpx.TransportError:
            time.sleep(0.1)
    raise AssertionError("the action server did not start")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
