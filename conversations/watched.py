"""How conversations stand, in a short tuple each: as long as it is the same, a page of one needs nothing new."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import bindparam, func, select

from conversations.database import Database
from conversations.tables import conversations, handover_log, internal_notes, referral_log, transcript

AT_ONCE = 200
"""So many ids go into one statement; SQLite takes 999 parameters at least."""
_SHOWN = (
    "state operator danger safety_signs is_disguised hidden_up_to held_since held_reason unreachable_since heard_at"
    " country citizenship variant"
).split()


def _of(column: Any, value: Any) -> Any:
    return select(value).where(column == conversations.c.id).correlate(conversations).scalar_subquery()


_STANDING = select(
    conversations.c.id,
    *(conversations.c[name] for name in _SHOWN),
    _of(transcript.c.conversation_id, func.max(transcript.c.cursor)),
    _of(transcript.c.conversation_id, func.sum(transcript.c.revision)),
    _of(handover_log.c.conversation_id, func.max(handover_log.c.id)),
    _of(internal_notes.c.conversation_id, func.max(internal_notes.c.id)),
    _of(referral_log.c.conversation_id, func.max(referral_log.c.id)),
).where(conversations.c.id.in_(bindparam("ids", expanding=True)))


def standings(database: Database, ids: Collection[str]) -> dict[str, tuple[Any, ...]]:
    """How each of these conversations stands; one that is missing was erased."""
    asked, found = list(ids), {}
    with database.read() as connection:
        for start in range(0, len(asked), AT_ONCE):
            rows = connection.execute(_STANDING, {"ids": asked[start : start + AT_ONCE]})
            found.update({row.id: tuple(row[1:]) for row in rows})
    return found
