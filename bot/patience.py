"""Asking the engine with patience: a notice when it takes longer, and a way past it for who wants a person now."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from datetime import timedelta

from bot.dialogue import Dialogue, EngineUnavailableError, Question
from bot.engine_reply import EngineReply
from bot.metrics import Metrics
from conversations.claim import Claimed
from foundation.clock import Clock

GRACE = timedelta(seconds=1)
"""The engine gets so long before a notice about a message that has waited behind another one."""
LOOK_SECONDS = 1.0


class PassedByError(Exception):
    """The person has pressed something that ends the wait for this message; `way` says what to do with it."""

    def __init__(self, way: object) -> None:
        super().__init__("passed by")
        self.way = way


class Patience:
    """Waits for the engine's reply to one message."""

    def __init__(self, dialogue: Dialogue, metrics: Metrics, slow_notice_seconds: float, clock: Clock) -> None:
        self._dialogue = dialogue
        self._metrics = metrics
        self._slow = timedelta(seconds=slow_notice_seconds)
        self._clock = clock

    async def ask(
        self, claimed: Claimed, question: Question, when_slow: Callable[[], Awaitable[object | None]]
    ) -> EngineReply:
        """The reply. Once the message has waited too long, `when_slow` is called every second.

        Raises what `Dialogue.ask` raises, and `PassedByError` as soon as `when_slow` gives something.
        """
        began = time.monotonic()
        asking = asyncio.create_task(self._dialogue.ask(question))
        slow_at = max(claimed.stored_at + self._slow, self._clock() + GRACE)
        try:
            while True:
                left = (slow_at - self._clock()).total_seconds()
                await asyncio.wait({asking}, timeout=max(left, 0) if left > 0 else LOOK_SECONDS)
                if asking.done():
                    return self._result(asking, began)
                if self._clock() >= slow_at and (way := await when_slow()) is not None:
                    raise PassedByError(way)
        finally:
            asking.cancel()

    def is_slow(self, claimed: Claimed) -> bool:
        """Whether the message has waited so long that one must say so."""
        return self._clock() >= claimed.stored_at + self._slow

    def not_after_notice(self, claimed: Claimed, later: float) -> float:
        """`later` seconds, or less when the notice is due before."""
        until_notice = (claimed.stored_at + self._slow - self._clock()).total_seconds()
        return min(later, until_notice) if until_notice > 0 else later

    def _result(self, asking: "asyncio.Task[EngineReply]", began: float) -> EngineReply:
        outcome = "answered"
        try:
            return asking.result()
        except EngineUnavailableError as error:
            outcome = "rests" if error.is_rested else error.reason
            raise
        except Exception:
            outcome = "refused"
            raise
        finally:
            self._metrics.asked(outcome, time.monotonic() - began)
