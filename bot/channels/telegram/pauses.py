"""How long to wait after a failure: what Telegram asks for, or a time that doubles with each failure in a row."""

import asyncio
import logging
from collections.abc import Awaitable, Callable

from telegram.error import InvalidToken, RetryAfter

from bot.channels.telegram.failures import WRONG_TOKEN_PAUSE_SECONDS, sentence_of, wait_of

FIRST_PAUSE_SECONDS = 1.0
LONGEST_PAUSE_SECONDS = 60.0

log = logging.getLogger(__name__)


class Pauses:
    """Counts the failures in a row."""

    def __init__(self, first_seconds: float = FIRST_PAUSE_SECONDS) -> None:
        self._first_seconds = first_seconds
        self._failures = 0

    def over(self) -> None:
        """Something has succeeded."""
        if self._failures:
            log.info("Telegram: all is well again after %d failures", self._failures)
        self._failures = 0

    async def after(self, what: str, error: Exception) -> None:
        """Say in the log what has failed, and wait."""
        seconds = self._seconds(error)
        self._failures += 1
        log.warning("Telegram: %s: %s; the next attempt is in %.1f s", what, sentence_of(error), seconds)
        await asyncio.sleep(seconds)

    def _seconds(self, error: Exception) -> float:
        if isinstance(error, RetryAfter):
            return wait_of(error)
        if isinstance(error, InvalidToken):
            return WRONG_TOKEN_PAUSE_SECONDS
        longest: float = min(self._first_seconds * 2 ** min(self._failures, 16), LONGEST_PAUSE_SECONDS)
        return longest


async def until_done(what: str, step: Callable[[], Awaitable[None]], pauses: Pauses) -> None:
    """Try a step until it succeeds."""
    while True:
        try:
            await step()
        except Exception as error:  # whatever is wrong may be right later, and the other channels go on
            await pauses.after(what, error)
        else:
            pauses.over()
            return
