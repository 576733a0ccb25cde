"""Keeps one child alive: restarts it with back-off when it dies, until told to stop."""

import asyncio
import time

from safar.child import Child, Command, Write

FIRST_WAIT_SECONDS = 0.5
LONGEST_WAIT_SECONDS = 30.0
HEALTHY_AFTER_SECONDS = 60.0


class Keeper:
    """One child that comes back. `pid` is None between two lives."""

    def __init__(self, command: Command, write: Write) -> None:
        self.command = command
        self._write = write
        self._child: Child | None = None
        self._task: asyncio.Task[None] | None = None
        self._is_stopping = False
        self.restarts = 0

    def start(self) -> None:
        """Begin to keep the child alive."""
        self._task = asyncio.create_task(self._keep())

    @property
    def pid(self) -> int | None:
        """The process id of the present life."""
        return self._child.pid if self._child else None

    async def stop(self, grace_seconds: float = 5.0) -> None:
        """Stop the child for good."""
        self._is_stopping = True
        if self._child:
            await self._child.stop(grace_seconds)
        if self._task:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    async def _keep(self) -> None:
        wait = FIRST_WAIT_SECONDS
        while not self._is_stopping:
            started = time.monotonic()
            self._child = Child(self.command, self._write)
            await self._child.start()
            status = await self._child.wait()
            if self._is_stopping:
                return
            if time.monotonic() - started > HEALTHY_AFTER_SECONDS:
                wait = FIRST_WAIT_SECONDS
            self._write("safar", f"{self.command.name} ended with status {status}; starting it again in {wait:.1f} s")
            self.restarts += 1
            await asyncio.sleep(wait)
            wait = min(wait * 2, LONGEST_WAIT_SECONDS)
