"""One program at a time works on a home folder: a running Safar, or a restore."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class HomeInUseError(Exception):
    """Another program works on the same home folder."""


@contextmanager
def home_lock(home: Path) -> Iterator[None]:
    """Hold the home folder until the end, however the process ends; raises `HomeInUseError`."""
    (home / "run").mkdir(parents=True, exist_ok=True)
    with (home / "run" / "lock").open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise HomeInUseError(f"Safar already runs on {home}") from error
        yield
