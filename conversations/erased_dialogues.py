"""Which conversations were erased lately: by a hash of the id, so that neither engine nor operator goes on with one."""

import hashlib
from datetime import datetime

from sqlalchemy import delete, insert, select
from sqlalchemy.engine import Connection

from conversations.tables import erased_dialogues


def note_erased(connection: Connection, conversation_id: str, is_own: bool, now: datetime) -> None:
    """Keep that it was erased, and whether the person wanted it."""
    name = hash_of(conversation_id)
    connection.execute(delete(erased_dialogues).where(erased_dialogues.c.sender_hash == name))
    connection.execute(insert(erased_dialogues).values(sender_hash=name, at=now, is_own=is_own))


def is_erased(connection: Connection, conversation_id: str) -> bool:
    """Whether a conversation of this id was erased lately."""
    return _erased(connection, conversation_id) is not None


def is_erased_by_person(connection: Connection, conversation_id: str) -> bool:
    """Whether it was the person who erased it, lately."""
    return bool(_erased(connection, conversation_id))


def forget_erased(connection: Connection, before: datetime) -> None:
    """Delete what reminds of erasures before then."""
    connection.execute(delete(erased_dialogues).where(erased_dialogues.c.at < before))


def _erased(connection: Connection, conversation_id: str) -> bool | None:
    """Whether the person wanted it; None: it was not erased, or long ago."""
    found = select(erased_dialogues.c.is_own).where(erased_dialogues.c.sender_hash == hash_of(conversation_id))
    return connection.execute(found).scalar()  # type: ignore[no-any-return]


def hash_of(conversation_id: str) -> str:
    """What stands for an erased conversation. Nobody finds a random id of 122 bits again from its hash."""
    return hashlib.sha256(conversation_id.encode("utf-8", "surrogatepass")).hexdigest()
