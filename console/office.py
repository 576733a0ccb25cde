"""What all pages of the console work with: the doors of the database, texts, names of things, the clock."""

import asyncio
import threading
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from time import monotonic
from typing import TypeVar

from console.attempts import LoginAttempts
from console.names import read_labels, read_organisations
from console.texts import Texts
from conversations.conversation import Conversations
from conversations.database import Database
from conversations.handover import Handovers
from conversations.needs import NeedsCounted
from conversations.notes import Notes
from conversations.operators import Operators
from conversations.referral import Referrals
from conversations.transcript import Message, Transcript
from foundation.clock import Clock
from foundation.settings import Settings
from guidance.contacts import Organisations
from guidance.labels import Labels
from guidance.places import Places

LOOK_SECONDS = 1.0
LONGEST_WAIT_SECONDS = 25.0

Found = TypeVar("Found")


@dataclass(frozen=True)
class Office:
    """One console's parts; `stopping` is set when nobody should wait for news any more."""

    settings: Settings
    database: Database
    conversations: Conversations
    handovers: Handovers
    notes: Notes
    referrals: Referrals
    needs: NeedsCounted
    transcript: Transcript
    operators: Operators
    texts: Texts
    places: Places
    organisations: Organisations
    labels: Labels
    clock: Clock
    attempts: LoginAttempts
    stopping: threading.Event = field(default_factory=threading.Event)

    @classmethod
    def of(cls, settings: Settings, database: Database, clock: Clock) -> "Office":
        """The office on this database, with the texts of the content folder."""
        return cls(
            settings,
            database,
            Conversations(database),
            Handovers(database),
            Notes(database),
            Referrals(database),
            NeedsCounted(database),
            Transcript(database),
            Operators(database),
            Texts.load(settings.content),
            Places.load(settings.content / "guidance"),
            read_organisations(settings.content),
            read_labels(settings.content),
            clock,
            LoginAttempts(clock),
        )

    def history(self, conversation_id: str, after: int = 0) -> tuple[Message, ...]:
        """All messages of a conversation behind a cursor."""
        messages: list[Message] = []
        while more := self.transcript.after(conversation_id, messages[-1].cursor if messages else after):
            messages += more
        return tuple(messages)

    async def until_changed(
        self, look: Callable[[], Awaitable[Found]], is_new: Callable[[Found], bool], wait_seconds: float
    ) -> Found:
        """Look again and again until there is something new, the time is over, or the console stops."""
        end = monotonic() + min(wait_seconds, LONGEST_WAIT_SECONDS)
        while True:
            found = await look()
            if is_new(found) or self.stopping.is_set() or monotonic() >= end:
                return found
            await asyncio.sleep(min(LOOK_SECONDS, max(0.0, end - monotonic())))
