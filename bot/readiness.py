"""Whether the gateway can answer, and what is missing if it cannot: database, engine, release."""

import asyncio
import time

from bot.dialogue import Dialogue
from bot.failures import failure_code
from bot.ground import LiveGround
from bot.store import Store
from bot.threads import Threads

KEPT_SECONDS = 1.0
DATABASE_TIMEOUT_SECONDS = 2.0


class Readiness:
    """Looks at most once a second, however often it is asked."""

    def __init__(self, store: Store, dialogue: Dialogue, ground: LiveGround, threads: Threads) -> None:
        self._store = store
        self._dialogue = dialogue
        self._ground = ground
        self._threads = threads
        self._missing: dict[str, str] = {}
        self._looked_at = float("-inf")
        self._lock = asyncio.Lock()

    async def missing(self) -> dict[str, str]:
        """What is missing, by name, with the reason; empty when everything is there."""
        async with self._lock:
            if time.monotonic() - self._looked_at > KEPT_SECONDS:
                self._missing = await self._look()
                self._looked_at = time.monotonic()
        return self._missing

    async def _look(self) -> dict[str, str]:
        reasons = {
            "database": await self._database(),
            "engine": await self._dialogue.missing(),
            "release": None if self._ground.live_release() else "none is live",
        }
        return {name: reason for name, reason in reasons.items() if reason}

    async def _database(self) -> str | None:
        try:
            async with asyncio.timeout(DATABASE_TIMEOUT_SECONDS):
                await self._threads.run(self._store.inbox.pending_count)
        except TimeoutError:
            return "does not answer"
        except Exception as error:  # whatever it is, the database cannot be used
            return failure_code(error).split(" ")[0]
        return None
