"""Tells open pages that something has changed, whichever process has written it; one watcher for all pages.

The watcher asks the database's pulse a few times a second. Only when it has moved it looks how the conversations on
the screens stand, and what each operator has in hand, and wakes the pages for which that is different.
"""

import asyncio
import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from time import monotonic
from typing import Any

from starlette.concurrency import run_in_threadpool

from console.board import Board, Boards
from console.colleagues import Presence
from conversations.database import Database
from conversations.handover import Handovers
from conversations.pulse import Pulse
from conversations.watched import standings

ASK_SECONDS = 0.2
LOOK_ANYWAY_SECONDS = 5.0
"""So often it looks though the pulse stands still."""
RETRY_SECONDS = 2.0

log = logging.getLogger(__name__)


@dataclass(eq=False)
class Watch:
    """One open page; `woken` is set when it has to look again, `is_changed` when also at the conversation itself."""

    conversation_id: str
    operator: str
    woken: asyncio.Event = field(default_factory=asyncio.Event)
    is_changed: bool = True


class Live:
    """The pages that are open now."""

    def __init__(self, database: Database, presence: Presence, stopping: threading.Event) -> None:
        self._database = database
        self._handovers = Handovers(database)
        self._pulse = Pulse(database)
        self._presence = presence
        self._stopping = stopping
        self._watches: set[Watch] = set()
        self._watcher: asyncio.Task[None] | None = None
        self._known: dict[tuple[str, str], Any] = {}
        self._boards = Boards((), ())

    @property
    def is_stopping(self) -> bool:
        """Whether nobody should wait any more."""
        return self._stopping.is_set()

    @contextmanager
    def watch(self, conversation_id: str, operator: str) -> Iterator[Watch]:
        """Be woken by every change of this conversation and of the operator's lists; clear `woken` before you look."""
        watch = Watch(conversation_id, operator)
        self._watches.add(watch)
        if self._watcher is None or self._watcher.done():
            self._watcher = asyncio.create_task(self._run())
        try:
            yield watch
        finally:
            self._watches.discard(watch)

    def tell(self, conversation_id: str) -> None:
        """Something that is in no database has changed: who looks, who writes."""
        for watch in self._watches:
            if watch.conversation_id == conversation_id:
                watch.woken.set()

    def board(self, operator: str) -> Board:
        """What this operator had in hand, and who waited, when the watcher looked last."""
        return self._boards.of(operator)

    async def _run(self) -> None:
        pulse, looks, looked_at = "", 0, monotonic()
        while self._watches and not self.is_stopping:
            try:
                now = await run_in_threadpool(self._pulse.now)
                looks = 2 if now != pulse else looks - 1
                if looks > 0 or self._has_new_page() or monotonic() - looked_at > LOOK_ANYWAY_SECONDS:
                    await self._look()
                    looked_at = monotonic()
                pulse = now
            except Exception as error:  # the database may be away for a while
                log.warning("the database cannot be read (%s)", type(error).__name__)
                await asyncio.sleep(RETRY_SECONDS)
                continue
            for conversation_id in self._presence.stopped_typing():
                self.tell(conversation_id)
            await asyncio.sleep(ASK_SECONDS)
        self._end()

    def _has_new_page(self) -> bool:
        return any(_place(watch) not in self._known for watch in self._watches)

    async def _look(self) -> None:
        """A page that is new to the watcher is woken too: what came before it was known may not have been read."""
        ids = {watch.conversation_id for watch in self._watches}
        found, self._boards = await run_in_threadpool(self._read, ids)
        digests = {watch.operator: self._boards.of(watch.operator).digest() for watch in self._watches}
        known = {}
        for watch in tuple(self._watches):
            stands = known[_place(watch)] = found.get(watch.conversation_id), digests[watch.operator]
            stood = self._known.get(_place(watch))
            if stood != stands:
                watch.is_changed = watch.is_changed or stood is None or stood[0] != stands[0]
                watch.woken.set()
        self._known = known

    def _read(self, ids: set[str]) -> tuple[dict[str, Any], Boards]:
        boards = Boards(self._handovers.held(), self._handovers.queue())
        return standings(self._database, ids), boards

    def _end(self) -> None:
        """On the way out everybody who waits goes, and the connection is given back."""
        self._known = {}
        for watch in self._watches:
            watch.woken.set()
        self._pulse.close()


def _place(watch: Watch) -> tuple[str, str]:
    return watch.conversation_id, watch.operator
