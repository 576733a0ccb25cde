"""The whole of Safar as a host starts it: `safar run` as a process of its own, which tests talk to from outside."""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import httpx

from tests.trained_release import PROJECT, give_release

SAFAR = str(Path(sys.executable).parent / "safar")
READY_SECONDS = 180
STOP_SECONDS = 30
MODULES = {"gateway": "bot.gateway", "console": "console.app", "rasa": "bot.engine.serve", "actions": "actions.serve"}


class RunningSafar:
    """One stack on free ports of loopback, on a home folder of its own with a trained release that is live."""

    def __init__(self, home: Path, release: Path, environ: Mapping[str, str] | None = None) -> None:
        self.home = home
        self.port, self.console_port = free_port(), free_port()
        self.environ = {"SAFAR_HOME": str(home), "PYTHONUNBUFFERED": "1"} | dict(environ or {})
        self.process: subprocess.Popen[bytes] | None = None
        self._seen = 0
        give_release(release, home)

    @property
    def url(self) -> str:
        """Where the gateway listens."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def console_url(self) -> str:
        """Where the console listens."""
        return f"http://127.0.0.1:{self.console_port}"

    def start(self) -> "RunningSafar":
        """Start it, for the first time or again; returns when it says that it is ready."""
        self.begin()
        wait_until(self.is_ready, READY_SECONDS, self.logged)
        return self

    def begin(self) -> None:
        """Start it; returns at once."""
        self._seen = len(self.logged())
        command = [SAFAR, "run", "--port", str(self.port), "--console-port", str(self.console_port), "--keep-release"]
        with self._screen().open("ab") as screen:
            environ = {**own_environ(), **self.environ}
            self.process = subprocess.Popen(command, cwd=PROJECT, env=environ, stdout=screen, stderr=screen)

    def is_ready(self) -> bool:
        """Whether the supervisor has said so; fails when it has ended instead."""
        assert self.process and self.process.poll() is None, self.logged()
        return "ready. Chat:" in self.logged()[self._seen :]

    def terminate(self) -> tuple[int, float]:
        """SIGTERM to the supervisor; gives its exit status and the seconds that it took."""
        assert self.process
        began = time.monotonic()
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(STOP_SECONDS), time.monotonic() - began

    def stop(self) -> None:
        """End it, if it runs still, and remove its home folder."""
        if self.process and self.process.poll() is None:
            try:
                self.terminate()
            except subprocess.TimeoutExpired:
                self.process.kill()
        shutil.rmtree(self.home, ignore_errors=True)

    def command(self, *words: str, stdin: str | bytes = b"") -> "subprocess.CompletedProcess[bytes]":
        """Run another sub-command on the same home folder and content."""
        given = stdin.encode() if isinstance(stdin, str) else stdin
        return run_safar(*words, environ=self.environ, stdin=given)

    def pids(self) -> dict[str, int]:
        """The process id of each child that lives now; of two engines, the one that was started last."""
        found = {}
        for pid in sorted(children_of(self.process.pid if self.process else 0)):
            words = command_line(pid)
            found |= {name: pid for name, module in MODULES.items() if module in words}
        return found

    def kill(self, name: str) -> int:
        """kill -9 of one child, at once; gives the process id that it had."""
        wait_until(lambda: name in self.pids(), READY_SECONDS, self.logged)
        pid = self.pids()[name]
        os.kill(pid, signal.SIGKILL)
        return pid

    def engine(self) -> dict[str, str]:
        """What the gateway knows of the live engine: release, url, token."""
        known: dict[str, str] = json.loads((self.home / "run" / "engine.json").read_text("utf-8"))
        return known

    def logged(self) -> str:
        """All that was printed so far."""
        return self._screen().read_text("utf-8", "replace") if self._screen().exists() else ""

    def _screen(self) -> Path:
        return self.home / "screen.txt"


def run_safar(
    *words: str, environ: Mapping[str, str], stdin: bytes = b"", seconds: float = 800
) -> "subprocess.CompletedProcess[bytes]":
    """One sub-command of `safar`, until it ends."""
    return subprocess.run(
        [SAFAR, *words],
        cwd=PROJECT,
        env={**own_environ(), **environ},
        input=stdin,
        capture_output=True,
        timeout=seconds,
        check=False,
    )


def own_environ() -> dict[str, str]:
    """The environment of the tests without any setting of Safar."""
    return {key: value for key, value in os.environ.items() if not key.startswith("SAFAR_")}


def wait_until(holds: Callable[[], object], seconds: float, shown: Callable[[], object] = str) -> None:
    """Wait until it holds; fails with what `shown` gives."""
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end, str(shown())[-6000:]
        time.sleep(0.05)


def answers(url: str) -> bool:
    """Whether a GET is answered with 200."""
    try:
        return httpx.get(url, timeout=10, trust_env=False).status_code == 200
    except httpx.HTTPError:
        return False


def free_port() -> int:
    """A port on loopback that was free a moment ago."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def children_of(pid: int) -> set[int]:
    """All processes below this one."""
    parents = {int(path.name): _parent(path) for path in Path("/proc").iterdir() if path.name.isdigit()}
    found: set[int] = set()
    while new := {child for child, parent in parents.items() if parent in found | {pid}} - found:
        found |= new
    return found


def lives(pid: int) -> bool:
    """Whether a process runs still; a dead one that nobody has waited for does not."""
    try:
        return (Path(f"/proc/{pid}") / "stat").read_text("utf-8").rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def command_line(pid: int) -> Sequence[str]:
    """The words with which a process was started; none where it is gone."""
    try:
        return Path(f"/proc/{pid}/cmdline").read_text("utf-8", "replace").split("\0")
    except OSError:
        return ()


def _parent(process: Path) -> int:
    try:
        return int((process / "stat").read_text("utf-8").rpartition(")")[2].split()[1])
    except OSError:
        return 0
