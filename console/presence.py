"""Who is there: notes, now and then, that an operator has a page of the console open."""

import threading
from datetime import datetime, timedelta

from conversations.desks import Desks, UnknownOperatorError
from foundation.clock import Clock

NOTED_EVERY = timedelta(seconds=30)


class Presence:
    """Remembers in memory when each operator was noted last, so that pages do not write at every look."""

    def __init__(self, desks: Desks, clock: Clock) -> None:
        self._desks = desks
        self._clock = clock
        self._noted: dict[str, datetime] = {}
        self._lock = threading.Lock()

    def note(self, operator: str) -> None:
        """A page of this operator has asked for something. Blocks when it has to be written down."""
        now = self._clock()
        with self._lock:
            before = self._noted.get(operator)
            if before is not None and now - before < NOTED_EVERY:
                return
            self._noted[operator] = now
        self._set(operator, now)

    def end(self, operator: str) -> None:
        """The operator has logged out."""
        with self._lock:
            self._noted.pop(operator, None)
        self._set(operator, None)

    def _set(self, operator: str, seen_at: datetime | None) -> None:
        try:
            self._desks.set(operator, seen_at=seen_at)
        except UnknownOperatorError:
            return
