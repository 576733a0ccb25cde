"""Holds a measurement to one core, and says in milliseconds of it how long each thing takes."""

import os
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
from threadpoolctl import threadpool_limits

Thing = TypeVar("Thing")


@dataclass(frozen=True)
class Milliseconds:
    """Processor time: of every second thing it is at most `middle` (p50), of 95 in 100 at most `slow` (p95)."""

    middle: float
    slow: float

    @classmethod
    def of(cls, seconds: Iterable[float]) -> "Milliseconds":
        """Of many things' seconds."""
        middle, slow = np.percentile(list(seconds), [50, 95])
        return cls(1000 * float(middle), 1000 * float(slow))


@contextmanager
def on_one_core() -> Iterator[None]:
    """Libraries that compute in several threads get one, and the process one core."""
    cores = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {max(cores)})
    try:
        with threadpool_limits(1):
            yield
    finally:
        os.sched_setaffinity(0, cores)


def milliseconds_of(work: Callable[[Thing], object], things: Iterable[Thing]) -> Milliseconds:
    """Of each thing alone. The wall clock would measure what else runs on the machine."""
    taken = []
    for thing in things:
        started = time.process_time()
        work(thing)
        taken.append(time.process_time() - started)
    return Milliseconds.of(taken)
