"""Who else has the same conversation on the screen, and who is writing: kept in memory, and gone by itself."""

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from time import monotonic

TYPING_SECONDS = 6.0
"""So long after the last key somebody counts as writing."""


@dataclass(frozen=True)
class Colleague:
    """Another operator on this page; `doing` is looking or typing."""

    name: str
    doing: str


class Presence:
    """All pages that are open, by conversation; `clock` gives seconds."""

    def __init__(self, clock: Callable[[], float] = monotonic) -> None:
        self._clock = clock
        self._pages: Counter[tuple[str, str]] = Counter()
        self._typing: dict[tuple[str, str], float] = {}

    @contextmanager
    def looking(self, conversation_id: str, operator: str) -> Iterator[None]:
        """As long as this lasts the operator looks at the conversation; several pages of one operator are one."""
        place = (conversation_id, operator)
        self._pages[place] += 1
        try:
            yield
        finally:
            self._pages[place] -= 1
            if self._pages[place] <= 0:
                del self._pages[place]
                self._typing.pop(place, None)

    def typing(self, conversation_id: str, operator: str) -> bool:
        """The operator has pressed a key; True when that is news to colleagues."""
        place = (conversation_id, operator)
        is_known = self._typing.get(place, 0.0) > self._clock()
        self._typing[place] = self._clock() + TYPING_SECONDS
        return not is_known

    def others(self, conversation_id: str, operator: str) -> tuple[Colleague, ...]:
        """The colleagues on this conversation's page, by name."""
        now, names = self._clock(), sorted(name for where, name in self._pages if where == conversation_id)
        return tuple(
            Colleague(name, "typing" if self._typing.get((conversation_id, name), 0.0) > now else "looking")
            for name in names
            if name != operator
        )

    def stopped_typing(self) -> set[str]:
        """The conversations in which somebody has stopped writing since this was asked last."""
        now = self._clock()
        ended = [place for place, until in self._typing.items() if until <= now]
        for place in ended:
            del self._typing[place]
        return {conversation_id for conversation_id, _ in ended}
