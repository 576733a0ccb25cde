"""Keeps a platform's limits before it has to refuse: tokens for all messages together, and for each person."""

import asyncio
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass

from bot.channels.channel import SendError

LONGEST_WAIT_SECONDS = 10.0
"""A message that would have to wait longer goes back into the outbox, so that others are not held up."""
MAX_PEOPLE = 10_000


@dataclass(frozen=True)
class Rate:
    """So many messages a second in the long run, and `burst` of them at once after a rest."""

    per_second: float
    burst: int


class Pace:
    """One process's pace at one platform. Several gateways with the same token share the platform's limit: what that
    refuses then is obeyed by `rest`."""

    def __init__(self, overall: Rate, each: Rate, now: Callable[[], float] = time.monotonic) -> None:
        self._now = now
        self._each_rate = each
        self._all = _Bucket(overall, now())
        self._each: OrderedDict[str, _Bucket] = OrderedDict()
        self._rests: dict[str, float] = {}
        self._all_rest_until = 0.0

    async def turn(self, address: str) -> None:
        """Wait until a message to this person may go; raises a retryable `SendError` when that takes too long."""
        await _sleep(self._reserve(address))
        await _sleep(self._checked(self._all.reserve, self._all.wait_seconds(self._now())))

    def rest(self, address: str, seconds: float, *, is_for_all: bool = False) -> None:
        """The platform asks for a rest: this person gets nothing before, nor anybody when it concerns all.

        Two people at once are taken for all: Telegram does not say which of its limits was reached.
        """
        now = self._now()
        self._rests = {known: until for known, until in self._rests.items() if until > now}
        if is_for_all or self._rests.keys() - {address}:
            self._all_rest_until = max(self._all_rest_until, now + seconds)
        self._rests[address] = now + seconds

    def _reserve(self, address: str) -> float:
        now = self._now()
        bucket = self._bucket(address)
        rest = max(self._rests.get(address, 0.0), self._all_rest_until) - now
        return self._checked(bucket.reserve, max(rest, bucket.wait_seconds(now)))

    def _checked(self, reserve: Callable[[float], float], wait_seconds: float) -> float:
        if wait_seconds > LONGEST_WAIT_SECONDS:
            raise SendError("paced", is_retryable=True, retry_after_seconds=wait_seconds)
        return max(wait_seconds, reserve(self._now()))

    def _bucket(self, address: str) -> "_Bucket":
        bucket = self._each.get(address) or _Bucket(self._each_rate, self._now())
        self._each[address] = bucket
        self._each.move_to_end(address)
        while len(self._each) > MAX_PEOPLE:
            self._each.popitem(last=False)
        return bucket


class _Bucket:
    """Tokens, refilled steadily; those who reserve more than there are stand in line, in order."""

    def __init__(self, rate: Rate, now: float) -> None:
        self._rate = rate
        self._tokens = float(rate.burst)
        self._at = now

    def wait_seconds(self, now: float) -> float:
        """How long the next one would have to wait."""
        self._refill(now)
        return max(0.0, (1.0 - self._tokens) / self._rate.per_second)

    def reserve(self, now: float) -> float:
        """Take a token, perhaps one that is still to come; gives the seconds until it is there."""
        wait = self.wait_seconds(now)
        self._tokens -= 1.0
        return wait

    def _refill(self, now: float) -> None:
        gained = (now - self._at) * self._rate.per_second
        self._tokens = min(float(self._rate.burst), self._tokens + gained)
        self._at = now


async def _sleep(seconds: float) -> None:
    if seconds > 0:
        await asyncio.sleep(seconds)
