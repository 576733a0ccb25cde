"""Rasa's tracker store with constant cost: one row for a conversation, with the answer in the same transaction."""

import asyncio
import json
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from rasa.core.tracker_store import TrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import BotUttered, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from bot.engine.compaction import compact, is_forgetting, stored
from bot.engine.turn_output import reply_of
from conversations.database import open_database
from conversations.dialogue_state import DialogueStates, StateChangedError
from foundation.clock import Clock, utc_now

__all__ = ["CompactTrackerStore", "StateChangedError"]

ANSWERS_KEPT = timedelta(days=7)
SWEEP_EVERY = timedelta(hours=1)
TURNS_KEPT = 6


class CompactTrackerStore(TrackerStore):
    """Stores a turn as a whole or not at all, and refuses to overwrite a state that another engine has written.

    Rasa calls it with `host` (the `url` of endpoints.yml), which is not used, and with the other keys of endpoints.yml.
    """

    def __init__(
        self,
        domain: Domain | None = None,
        event_broker: Any = None,
        host: str | None = None,
        database_url: str = "",
        clock: Clock = utc_now,
    ) -> None:
        super().__init__(domain, event_broker)
        self._states = DialogueStates(open_database(database_url))
        self._clock = clock
        self._next_sweep = clock() + SWEEP_EVERY

    async def retrieve(self, sender_id: str) -> DialogueStateTracker | None:
        """The tracker as it was stored; a failed read is an error, never a new conversation."""
        found = await asyncio.to_thread(self._states.load, sender_id)
        if found is None:
            return None
        version, document = found
        tracker = DialogueStateTracker.from_dict(sender_id, json.loads(document), self.domain.slots)
        tracker.stored_version = version
        return tracker

    async def save(self, tracker: DialogueStateTracker) -> None:
        """Store state and answer in one transaction; raises `StateChangedError` if it was written meanwhile."""
        if not tracker.events:
            return
        events = [stored(event) for event in compact(tracker, self.domain, TURNS_KEPT)]
        version = getattr(tracker, "stored_version", 0)
        message_id, answer = _last_turn(tracker)
        now = self._clock()
        tracker.stored_version = await asyncio.to_thread(
            self._states.save,
            tracker.sender_id,
            version,
            _dump(events),
            message_id,
            _dump(answer),
            now,
            is_forgetting=is_forgetting(tracker),
        )
        await self._sweep(now)

    async def answer_to(self, sender_id: str, message_id: str) -> list[dict[str, Any]] | None:
        """What was said to a message that has been answered before; None if it has not."""
        answer = await asyncio.to_thread(self._states.answer_to, sender_id, message_id)
        return None if answer is None else list(json.loads(answer))

    async def keys(self) -> Iterable[str]:
        """The ids of all conversations."""
        return await asyncio.to_thread(self._states.sender_ids)

    async def _sweep(self, now: datetime) -> None:
        if now >= self._next_sweep:
            self._next_sweep = now + SWEEP_EVERY
            await asyncio.to_thread(self._states.sweep, now - ANSWERS_KEPT)


def _dump(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def _last_turn(tracker: DialogueStateTracker) -> tuple[str | None, list[dict[str, Any]]]:
    answer: list[dict[str, Any]] = []
    for event in reversed(tracker.events):
        if isinstance(event, UserUttered):
            return str(event.message_id), [reply for reply in answer[::-1] if reply["text"] or reply["custom"]]
        if isinstance(event, BotUttered):
            answer.append(reply_of(event.message()))
    return None, []
