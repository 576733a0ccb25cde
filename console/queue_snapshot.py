"""One look at the queue for all open pages: however many operators watch, the database is asked once a moment."""

import asyncio
from dataclasses import dataclass
from time import monotonic

from starlette.concurrency import run_in_threadpool

from conversations.handover import Handovers
from conversations.waiting import Waiting

FRESH_SECONDS = 0.5


@dataclass(frozen=True)
class Snapshot:
    """Who waited and what was held at one moment."""

    queue: tuple[Waiting, ...]
    held: tuple[Waiting, ...]


class QueueSnapshots:
    """Keeps the last snapshot for `FRESH_SECONDS`."""

    def __init__(self, handovers: Handovers) -> None:
        self._handovers = handovers
        self._snapshot: Snapshot | None = None
        self._at = 0.0
        self._lock = asyncio.Lock()

    async def get(self, *, is_fresh: bool = False) -> Snapshot:
        """The last snapshot; a new one where it is too old, or `is_fresh` is asked for."""
        asked_at = monotonic()
        async with self._lock:
            is_old = monotonic() - self._at >= FRESH_SECONDS
            if self._snapshot is None or is_old or (is_fresh and self._at < asked_at):
                at = monotonic()
                self._snapshot, self._at = await run_in_threadpool(self._read), at
            return self._snapshot

    def _read(self) -> Snapshot:
        return Snapshot(self._handovers.queue(), self._handovers.held())
