"""Progress of long work: which step of how many, and how long each took."""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

Say = Callable[[str], None]


def say_on_screen(line: str) -> None:
    """Print one line at once."""
    print(line, file=sys.stderr, flush=True)


class Progress:
    """Counts steps; `with progress.step("…"):` says the step before and its seconds after."""

    def __init__(self, steps: int, say: Say = say_on_screen) -> None:
        self._steps = steps
        self._done = 0
        self.say = say

    @contextmanager
    def step(self, name: str) -> Iterator[None]:
        """One step of the work."""
        self._done += 1
        self.say(f"[{self._done}/{self._steps}] {name} …")
        started = time.monotonic()
        yield
        self.say(f"[{self._done}/{self._steps}] {name}: {time.monotonic() - started:.1f} s")
