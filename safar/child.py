"""One child process of the supervisor: start, log lines, stop; it never outlives the supervisor."""

import asyncio
import ctypes
import os
import signal
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

PR_SET_PDEATHSIG = 1  # Linux, prctl(2): the signal that a child gets when its parent dies
LINE_BYTES = 1 << 20

Write = Callable[[str, str], None]


@dataclass(frozen=True)
class Command:
    """How to start a child: its name in the logs, arguments after `python -m`, added environment, folder."""

    name: str
    arguments: Sequence[str]
    environment: Mapping[str, str] = field(default_factory=dict)
    folder: Path = Path(".")


class Child:
    """A running process and the task that copies its lines into the one log."""

    def __init__(self, command: Command, write: Write) -> None:
        self.command = command
        self._write = write
        self._process: asyncio.subprocess.Process | None = None
        self._reader: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Start the process in a group of its own."""
        self._process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            *self.command.arguments,
            cwd=self.command.folder,
            env={**os.environ, "PYTHONUNBUFFERED": "1", **self.command.environment},
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
            limit=LINE_BYTES,
            start_new_session=True,
            preexec_fn=_die_with_parent,
        )
        self._reader = asyncio.create_task(self._copy_lines())

    @property
    def pid(self) -> int | None:
        """The process id, while it runs."""
        return self._process.pid if self._process and self._process.returncode is None else None

    @property
    def exit_status(self) -> int | None:
        """The exit status, once it has ended."""
        return self._process.returncode if self._process else None

    async def wait(self) -> int:
        """Wait for its end; returns the exit status."""
        assert self._process is not None
        status = await self._process.wait()
        if self._reader:
            await asyncio.wait({self._reader}, timeout=1)
        return status

    async def stop(self, grace_seconds: float) -> None:
        """Ask it to end, and end it with all its own children after the grace."""
        if self._process is None or self._process.returncode is not None:
            return
        self._signal(signal.SIGTERM)
        try:
            await asyncio.wait_for(self._process.wait(), grace_seconds)
        except TimeoutError:
            self._signal(signal.SIGKILL)
            await self._process.wait()

    def _signal(self, number: int) -> None:
        assert self._process is not None
        try:
            os.killpg(self._process.pid, number)
        except ProcessLookupError:
            return

    async def _copy_lines(self) -> None:
        assert self._process is not None and self._process.stdout is not None
        while True:
            try:
                line = await self._process.stdout.readline()
            except ValueError:
                continue
            if not line:
                return
            self._write(self.command.name, line.decode("utf-8", "replace").rstrip())


def _die_with_parent() -> None:
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
