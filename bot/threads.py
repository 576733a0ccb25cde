"""Blocking work (the database, reading a release) beside the event loop, in a few threads."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import ParamSpec, TypeVar

MAX_THREADS = 16

P = ParamSpec("P")
T = TypeVar("T")


class Threads:
    """A pool of threads; at most `MAX_THREADS` things are done at a time, the others wait in order."""

    def __init__(self) -> None:
        self._pool = ThreadPoolExecutor(MAX_THREADS, thread_name_prefix="blocking")

    async def run(self, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """The function's result, computed in a thread."""
        return await asyncio.get_running_loop().run_in_executor(self._pool, partial(function, *args, **kwargs))

    def close(self) -> None:
        """Let what has begun end; nothing new begins."""
        self._pool.shutdown(wait=True, cancel_futures=True)
