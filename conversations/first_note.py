"""What the bot has tried, and its first note for the operator: reason, language, the last topics; ids, never words."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import insert, select, update
from sqlalchemy.engine import Connection

from conversations.conversation import Conversation
from conversations.database import Database
from conversations.tables import handovers, tried

KEPT_STEPS = 5
UNKNOWN = "meta."
"""Topics of the assistant itself begin so; what is none of ours is one of them."""
OUTCOMES = ("shown", "asked_back", "not_in_content")


@dataclass(frozen=True)
class Tried:
    """One thing that the bot tried: the topic it understood, the entry it showed (or None), and the outcome.

    It is a command of a turn too: written in the transaction of the turn's reply.
    """

    topic: str
    entry: str | None
    outcome: str


@dataclass(frozen=True)
class FirstNote:
    """What the operator reads first; `reason` and all names are ids, put into words when the note is read."""

    reason: str
    variant: str | None
    tried: tuple[Tried, ...]

    @property
    def topic(self) -> str | None:
        """What the conversation was about last; None when nobody knows."""
        return next((each.topic for each in reversed(self.tried) if not each.topic.startswith(UNKNOWN)), None)

    def as_json(self) -> dict[str, Any]:
        """As it is stored."""
        steps = [[each.topic, each.entry, each.outcome] for each in self.tried]
        return {"reason": self.reason, "variant": self.variant, "tried": steps}


class FirstNotes:
    """The first notes of one database; a note belongs to a handover and is erased with it."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def newest(self, conversation_id: str) -> FirstNote | None:
        """The note of the newest handover; None for one of an older Safar."""
        of_id = handovers.c.conversation_id == conversation_id
        found = select(handovers.c.first_note).where(of_id).order_by(handovers.c.id.desc()).limit(1)
        with self._database.read() as connection:
            stored = connection.execute(found).scalar()
        return _note_of(stored) if stored else None


def first_note_of(connection: Connection, conversation: Conversation, reason: str) -> FirstNote:
    """The note as it stands at this moment."""
    return FirstNote(reason, conversation.variant, _steps(_stored(connection, conversation.id) or []))


def keep_tried(connection: Connection, conversation_id: str, step: Tried) -> None:
    """Remember what was tried; only the last few are kept, and one thing in a row once."""
    known = _stored(connection, conversation_id)
    new = [step.topic, step.entry, step.outcome]
    before = known[:-1] if known and known[-1] == new else known
    steps = [*(before or []), new][-KEPT_STEPS:]
    if known is None:
        connection.execute(insert(tried).values(conversation_id=conversation_id, steps=steps))
    else:
        connection.execute(update(tried).where(tried.c.conversation_id == conversation_id).values(steps=steps))


def _stored(connection: Connection, conversation_id: str) -> list[Any] | None:
    found = select(tried.c.steps).where(tried.c.conversation_id == conversation_id)
    stored: list[Any] | None = connection.execute(found).scalar()
    return stored


def _steps(stored: list[Any]) -> tuple[Tried, ...]:
    return tuple(Tried(*each) for each in stored)


def _note_of(stored: dict[str, Any]) -> FirstNote:
    return FirstNote(stored["reason"], stored["variant"], _steps(stored["tried"]))
