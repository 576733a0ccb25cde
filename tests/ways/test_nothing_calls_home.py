"""Nothing of Safar speaks to anybody outside: every connection of every process goes to loopback."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.bot.web_person import WebPerson
from tests.trained_release import PROJECT, give_release
from tests.ways.running_safar import RunningSafar

WATCH = """
import os, socket
_connect, _look_up = socket.socket.connect, socket.getaddrinfo
def _note(what):
    with open(os.environ["SAFAR_TEST_CALLS"], "a") as calls:
        calls.write(f"{what}\\n")
def _is_near(host):
    return str(host) in ("localhost", "::1", "0.0.0.0", "None", "") or str(host).startswith("127.")
def connect(self, address):
    if isinstance(address, tuple):
        _note(("near " if _is_near(address[0]) else "far ") + str(address))
    return _connect(self, address)
def look_up(host, *arguments, **options):
    if not _is_near(host):
        _note(f"far {host}")
    return _look_up(host, *arguments, **options)
socket.socket.connect, socket.getaddrinfo = connect, look_up
"""


@pytest.fixture
def watched(tmp_path: Path) -> dict[str, str]:
    """An environment in which every Python process writes down whom it connects to."""
    (tmp_path / "sitecustomize.py").write_text(WATCH, "utf-8")
    path = f"{tmp_path}{os.pathsep}{PROJECT}"
    return {**os.environ, "PYTHONPATH": path, "SAFAR_TEST_CALLS": str(tmp_path / "calls")}


def _calls(environment: dict[str, str]) -> list[str]:
    file = Path(environment["SAFAR_TEST_CALLS"])
    return file.read_text("utf-8").splitlines() if file.exists() else []


def test_the_watch_sees_a_call_to_the_outside(watched: dict[str, str]) -> None:
    script = "import socket\ntry: socket.getaddrinfo('telemetry.invalid', 443)\nexcept OSError: pass"
    subprocess.run([sys.executable, "-c", script], env=watched, check=True)
    assert _calls(watched) == ["far telemetry.invalid"]


def test_asking_and_doctor_call_nobody(release: Path, tmp_path: Path, watched: dict[str, str]) -> None:
    home = tmp_path / "home"
    give_release(release, home)
    environment = {**watched, "SAFAR_HOME": str(home)}
    for words in (["ask", "Как получить патент?"], ["doctor"]):
        subprocess.run([sys.executable, "-m", "safar", *words], env=environment, cwd=PROJECT, capture_output=True)
    assert [call for call in _calls(environment) if call.startswith("far")] == []


def test_a_whole_stack_that_is_talked_to_calls_nobody(release: Path, tmp_path: Path, watched: dict[str, str]) -> None:
    running = RunningSafar(tmp_path / "home", release, watched)
    try:
        running.start()
        person = WebPerson(running.url)
        person.answer_to(person.write("барои патент чӣ лозим?"), seconds=60)
        person.close()
    finally:
        running.stop()
    assert any(call.startswith("near") for call in _calls(watched)), "the watch has seen nothing"
    assert [call for call in _calls(watched) if call.startswith("far")] == []
