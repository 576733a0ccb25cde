"""Attempts to log in, by name: after five failures each further one has to wait, longer each time."""

from collections import OrderedDict
from dataclasses import dataclass
from datetime import datetime, timedelta

from foundation.clock import Clock

FREE_FAILURES = 5
FIRST_WAIT = timedelta(minutes=1)
LONGEST_WAIT = timedelta(minutes=15)
REMEMBERED_NAMES = 10_000


@dataclass(frozen=True)
class _Failures:
    count: int
    last: datetime


class LoginAttempts:
    """Failures of this process; a name counts whether an operator has it or not."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._failures: OrderedDict[str, _Failures] = OrderedDict()

    def begin(self, name: str) -> timedelta:
        """Count an attempt as failed until `succeeded` is told; gives how long to wait: zero means, try it."""
        now, key = self._clock(), _key(name)
        known = self._failures.get(key, _Failures(0, now))
        left = known.last + _wait(known.count) - now
        if known.count >= FREE_FAILURES and left > timedelta():
            return left
        self._failures[key] = _Failures(known.count + 1, now)
        self._failures.move_to_end(key)
        while len(self._failures) > REMEMBERED_NAMES:
            self._failures.popitem(last=False)
        return timedelta()

    def succeeded(self, name: str) -> None:
        """The password was right: forget the failures."""
        self._failures.pop(_key(name), None)


def _wait(failures: int) -> timedelta:
    beyond = failures - FREE_FAILURES
    return min(LONGEST_WAIT, FIRST_WAIT * 2 ** min(beyond, 10)) if beyond >= 0 else timedelta()


def _key(name: str) -> str:
    return name.strip().casefold()[:200]
