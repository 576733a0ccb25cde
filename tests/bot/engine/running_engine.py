"""Starts the engine as a process, as the supervisor does, and speaks to it as the gateway does."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import httpx

from conversations.database import open_database
from conversations.dialogue_state import DialogueStates

ROOT = Path(__file__).parents[3]
PROJECT = Path(__file__).parent / "project"
TOKEN = "token-of-the-tests"
READY_SECONDS = 60.0


def environment(**values: str) -> dict[str, str]:
    """The variables that the supervisor would set."""
    own = {name: value for name, value in os.environ.items() if not name.startswith("SAFAR_")}
    return {**own, "SAFAR_ENGINE_TOKEN": TOKEN, "SAFAR_CONTENT": str(PROJECT), **values}


def serve(*arguments: str, **values: str) -> "subprocess.Popen[str]":
    """`python -m bot.engine.serve …` from the project's root."""
    command = [sys.executable, "-m", "bot.engine.serve", *arguments]
    streams = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT, "text": True}
    return subprocess.Popen(command, cwd=ROOT, env=environment(**values), **streams)  # type: ignore[call-overload]


def train(out: Path, encoder: Path) -> Path:
    """Train a model of the test project for real; returns the model's path."""
    process = serve(
        "train", "--config", str(PROJECT / "config.yml"), "--domain", str(PROJECT / "domain.yml"),
        "--data", str(PROJECT / "data"), "--out", str(out), "--fixed-model-name", "model",
        SAFAR_ENCODER=str(encoder),
    )  # fmt: skip
    output = process.communicate(timeout=120)[0]
    assert process.returncode == 0, output[-3000:]
    return out / "model.tar.gz"


class RunningEngine:
    """One engine process; `ask` is one turn."""

    def __init__(self, model: Path, database_url: str, action_url: str, folder: Path, **values: str) -> None:
        self.folder = folder
        self._start = {
            "SAFAR_DATABASE_URL": database_url, "SAFAR_ACTION_URL": action_url,
            "SAFAR_RELEASE_DIR": str(folder / "release-1"), **values,
        }  # fmt: skip
        self._model = model
        self.start()

    def start(self) -> None:
        """Start and wait until it answers."""
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        self.http = httpx.Client(base_url=f"http://127.0.0.1:{port}/webhooks/engine", timeout=30)
        began = time.monotonic()
        self.log = (self.folder / "engine.log").open("w+", encoding="utf-8")
        arguments = ["run", "--model", str(self._model), "--interface", "127.0.0.1", "--port", str(port)]
        self.process = subprocess.Popen(
            [sys.executable, "-m", "bot.engine.serve", *arguments], cwd=ROOT, env=environment(**self._start),
            stdout=self.log, stderr=subprocess.STDOUT,
        )  # fmt: skip
        while not self.is_ready():
            if self.process.poll() is not None or time.monotonic() - began > READY_SECONDS:
                self.stop()
                raise AssertionError(f"the engine did not start: {self.output()}")
            time.sleep(0.05)
        self.ready_after_seconds = time.monotonic() - began

    def is_ready(self) -> bool:
        """Does the health route say that the model is loaded?"""
        try:
            return self.http.get("/").status_code == 200
        except httpx.TransportError:
            return False

    def post(self, document: Any, token: str = TOKEN) -> httpx.Response:
        """Send a turn as it is."""
        headers = {"Authorization": f"Bearer {token}".encode()}
        if isinstance(document, bytes):
            return self.http.post("/turn", content=document, headers=headers)
        return self.http.post("/turn", json=document, headers=headers)

    def ask(self, sender: str, message_id: str, text: str, variant: str = "ru") -> list[dict[str, Any]]:
        """A text or, if it begins with '/', the payload of a button; returns the messages of the answer."""
        kind = "payload" if text.startswith("/") else "message"
        document = {"sender": sender, "id": message_id, kind: text, "metadata": {"variant": variant}}
        response = self.post(document)
        assert response.status_code == 200, response.text
        messages: list[dict[str, Any]] = response.json()["messages"]
        return messages

    def texts(self, sender: str, message_id: str, text: str, variant: str = "ru") -> list[str]:
        """Like `ask`, the texts only."""
        return [message["text"] for message in self.ask(sender, message_id, text, variant)]

    def events(self, sender: str) -> list[dict[str, Any]]:
        """What is stored of a conversation."""
        database = open_database(self._start["SAFAR_DATABASE_URL"])
        state = DialogueStates(database).load(sender)
        database.close()
        return list(json.loads(state.json)) if state else []

    def memory_megabytes(self) -> float:
        """Resident memory of the process."""
        status = Path(f"/proc/{self.process.pid}/status").read_text("utf-8")
        return int(status.split("VmRSS:")[1].split()[0]) / 1024

    def processor_seconds(self) -> float:
        """Processor time that the process has used."""
        fields = Path(f"/proc/{self.process.pid}/stat").read_text("utf-8").rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def output(self) -> str:
        """What the process has printed."""
        return (self.folder / "engine.log").read_text("utf-8")[-4000:]

    def kill(self) -> None:
        """As a crash would: no goodbye."""
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def stop(self) -> None:
        """End it and what belongs to it."""
        self.http.close()
        self.process.terminate()
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.kill()
        self.log.close()
