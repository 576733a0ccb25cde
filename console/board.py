"""The lists beside a conversation: what an operator has in hand, and who waits."""

import hashlib
from dataclasses import dataclass

from conversations.waiting import Waiting

NEAREST_WAITING = 8
"""So many of those who wait are named; the page of the queue has them all."""


@dataclass(frozen=True)
class Board:
    """The lists of one operator; `waiting_count` counts also those who are not named."""

    mine: tuple[Waiting, ...]
    waiting: tuple[Waiting, ...]
    waiting_count: int

    def digest(self) -> str:
        """Changes when the lists have to be drawn again."""
        rows = [(each.conversation_id, each.danger, each.unanswered) for each in (*self.mine, *self.waiting)]
        return hashlib.sha256(repr((rows, self.waiting_count)).encode()).hexdigest()[:16]


@dataclass(frozen=True)
class Boards:
    """What all operators hold, and who waits, at one moment."""

    held: tuple[Waiting, ...]
    queue: tuple[Waiting, ...]

    def of(self, operator: str) -> Board:
        """The lists of this operator."""
        mine = tuple(each for each in self.held if each.operator == operator)
        return Board(mine, self.queue[:NEAREST_WAITING], len(self.queue))
