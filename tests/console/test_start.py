"""`python -m console.app`: it starts, stops on a signal, and says in one sentence why it cannot start."""

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import httpx

ROOT = Path(__file__).parents[2]


def _start(home: Path, **more: str) -> "subprocess.Popen[str]":
    environ = {**os.environ, "SAFAR_HOME": str(home), **more}
    return subprocess.Popen(
        [sys.executable, "-m", "console.app"], cwd=ROOT, env=environ, stderr=subprocess.PIPE, text=True
    )


def _refusal(home: Path, **more: str) -> str:
    process = _start(home, **more)
    _, said = process.communicate(timeout=60)
    assert process.returncode == 1
    assert "Traceback" not in said and len(said.strip().splitlines()) == 1, said
    return said


def test_it_serves_and_ends_on_a_signal(tmp_path: Path, free_port: int) -> None:
    process = _start(tmp_path, SAFAR_CONSOLE_PORT=str(free_port))
    url, end = f"http://127.0.0.1:{free_port}", time.monotonic() + 60
    while True:
        assert process.poll() is None and time.monotonic() < end
        try:
            assert httpx.get(f"{url}/health", trust_env=False).status_code == 200
            break
        except httpx.TransportError:
            time.sleep(0.1)
    assert httpx.get(f"{url}/login", trust_env=False).status_code == 200
    process.send_signal(signal.SIGTERM)
    _, said = process.communicate(timeout=10)
    assert process.returncode == 0 and "Traceback" not in said, said


def test_a_port_that_is_taken_is_named_with_its_setting(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        said = _refusal(tmp_path, SAFAR_CONSOLE_PORT=str(taken.getsockname()[1]))
    assert str(taken) and "SAFAR_CONSOLE_PORT" in said


def test_a_bad_setting_is_named(tmp_path: Path) -> None:
    assert "SAFAR_CONSOLE_PORT='none'" in _refusal(tmp_path, SAFAR_CONSOLE_PORT="none")


def test_a_database_that_does_not_answer_is_named(tmp_path: Path, free_port: int) -> None:
    url = f"postgresql://nobody@127.0.0.1:{free_port}/nothing"
    assert "SAFAR_DATABASE_URL" in _refusal(tmp_path, SAFAR_CONSOLE_PORT="0", SAFAR_DATABASE_URL=url)
