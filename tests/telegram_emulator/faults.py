"""What can go wrong with a call of the Bot API, on demand."""

from collections import defaultdict, deque
from dataclasses import dataclass

EVERY_METHOD = "*"


@dataclass(frozen=True)
class Fault:
    """One way to misbehave; `is_done` says whether the call takes effect although its answer goes wrong."""

    kind: str
    status: int = 0
    words: str = ""
    seconds: float = 0.0
    is_done: bool = False

    @classmethod
    def throttled(cls, retry_after: int) -> "Fault":
        """429: too many requests."""
        return cls("throttled", 429, f"Too Many Requests: retry after {retry_after}", retry_after)

    @classmethod
    def server_error(cls, status: int = 500) -> "Fault":
        """500 as the Bot API says it."""
        return cls("status", status, "Internal Server Error")

    @classmethod
    def refused(cls, status: int, words: str) -> "Fault":
        """An error in the platform's words, such as 403 “Forbidden: bot was blocked by the user”."""
        return cls("status", status, words)

    @classmethod
    def gateway_page(cls) -> "Fault":
        """502 from a proxy before the Bot API: a page, no JSON."""
        return cls("page", 502)

    @classmethod
    def garbage(cls) -> "Fault":
        """200 with something that is no JSON."""
        return cls("garbage", 200)

    @classmethod
    def reset(cls, is_done: bool = False) -> "Fault":
        """The connection breaks before the answer."""
        return cls("reset", is_done=is_done)

    @classmethod
    def slow(cls, seconds: float) -> "Fault":
        """The answer comes late."""
        return cls("slow", seconds=seconds, is_done=True)


class Faults:
    """The faults to come, by method."""

    def __init__(self) -> None:
        self._to_come: dict[str, deque[Fault]] = defaultdict(deque)

    def add(self, method: str, fault: Fault, times: int) -> None:
        """The next `times` calls of a method (or of every one) go wrong."""
        self._to_come[method.lower()].extend([fault] * times)

    def next(self, method: str) -> Fault | None:
        """The fault of this call, if it has one."""
        for name in (method.lower(), EVERY_METHOD):
            if self._to_come[name]:
                return self._to_come[name].popleft()
        return None
