"""Takes one update in: what it says is stored, then it may be acknowledged; what nobody can read is passed over."""

import logging
from typing import Any, Protocol

from bot.channels.channel import AddedToGroup, Event, IncomingMessage, Reachability, UnreadableError
from bot.channels.telegram.errands import Errands
from bot.channels.telegram.payloads import callback_id, read, update_id
from bot.failures import failure_code
from foundation.clock import Clock

log = logging.getLogger(__name__)


class Door(Protocol):
    """What this channel needs of `bot.messenger_door.MessengerDoor`."""

    async def receive(self, message: IncomingMessage) -> str:
        """Store a message; what is raised means: not stored."""

    async def reachability(self, event: Reachability) -> None:
        """Note who has blocked Safar."""

    def text(self, key: str, variant: str) -> str:
        """A wording."""


class Intake:
    """`unreadable_count` says how many updates were passed over since the start."""

    def __init__(self, door: Door, errands: Errands, clock: Clock) -> None:
        self._door = door
        self._errands = errands
        self._clock = clock
        self.unreadable_count = 0

    async def take(self, raw: Any) -> None:
        """Store what an update says. What is raised comes from the door: then the update must come again."""
        pressed = callback_id(raw)
        if pressed is not None:
            self._errands.answer_button(pressed)
        for event in self._events(raw):
            await self._take_event(event)

    def _events(self, raw: Any) -> tuple[Event, ...]:
        try:
            return read(raw, self._clock())
        except UnreadableError as error:
            reason = str(error)
        except Exception as error:  # an update that breaks our reading must not come again and again
            reason = failure_code(error)
        self.unreadable_count += 1
        log.warning("update %s is passed over: %s (%d so far)", update_id(raw), reason, self.unreadable_count)
        return ()

    async def _take_event(self, event: Event) -> None:
        match event:
            case IncomingMessage():
                await self._door.receive(event)
                self._errands.show_typing(event.address)
            case Reachability():
                await self._door.reachability(event)
            case AddedToGroup():
                self._errands.leave(event.address)
