"""Before the bot answers again, the engine learns what was said while a person held the conversation."""

import logging
from collections.abc import Mapping
from typing import Any

from bot.dialogue import Dialogue, HeldRefusedError
from bot.store import Store
from bot.threads import Threads
from conversations.claim import Claimed
from conversations.conversation import Remembered
from conversations.held_talk import HeldMessage, HeldTalk, HeldTalks
from foundation.clock import Clock, day_of
from foundation.privacy import short_name
from language.variants import language_of

log = logging.getLogger(__name__)


class Learning:
    """Tells the engine once; a release that cannot learn does without."""

    def __init__(self, store: Store, dialogue: Dialogue, threads: Threads, clock: Clock) -> None:
        self._store = store
        self._talks = HeldTalks(store.database)
        self._dialogue = dialogue
        self._threads = threads
        self._clock = clock

    async def before(self, claimed: Claimed, variant: str) -> None:
        """Let the engine learn what it lacks; raises `EngineUnavailableError`."""
        talk = await self._threads.run(self._talks.unlearnt, claimed.conversation_id)
        if talk is None:
            return
        remembered: Mapping[str, Any] = {}
        if talk.messages:
            rows = [self._row(each, variant) for each in talk.messages]
            try:
                remembered = await self._dialogue.tell_held(claimed.conversation_id, talk.id, rows)
            except HeldRefusedError as error:
                log.warning("%s: the engine does not learn (%s)", short_name(claimed.conversation_id), error)
        await self._threads.run(self._note, claimed.conversation_id, talk, remembered)

    def _note(self, conversation_id: str, talk: HeldTalk, remembered: Mapping[str, Any]) -> None:
        kept = Remembered()
        for name in ("country", "citizenship"):
            if isinstance(remembered.get(name), str) and len(remembered[name]) == 2:
                kept[name] = remembered[name]
        if kept:
            self._store.conversations.remember(conversation_id, **kept)
        self._talks.note_learnt(talk.handover_ids, self._clock())

    def _row(self, message: HeldMessage, variant: str) -> dict[str, Any]:
        written = message.variant or variant
        language, script = language_of(written)
        today = day_of(self._clock()).isoformat()
        metadata = {"variant": written, "language": language, "script": script, "today": today}
        return {"sender": message.sender, "text": message.text, "metadata": metadata}
