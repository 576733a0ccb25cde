"""Pictures and documents of the transcript: looked at by those who may, and forgotten when they have been sent."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import bindparam, func, select, update
from sqlalchemy.engine import Connection

from conversations.database import Database
from conversations.reply import Attachment
from conversations.tables import attachments, outbox, transcript

PICKED_UP_WITHIN = timedelta(hours=24)
"""So long the page of the web chat can show a file: longer than an interruption, shorter than a lost phone is found."""
SENT_WITHIN = timedelta(days=7)
"""So long a messenger's file waits for a person who cannot be reached."""
_FORGOTTEN = b""
_IS_KEPT = func.length(attachments.c.content) > 0

# Built once: SQLAlchemy takes longer to build a statement than SQLite to carry it out.
_OF_MESSAGES = attachments.c.cursor.in_(bindparam("cursors", expanding=True))
_NAMES = (
    select(
        attachments.c.cursor,
        attachments.c.position,
        attachments.c.name,
        attachments.c.media_type,
        _IS_KEPT.label("is_kept"),
    )
    .where(_OF_MESSAGES)
    .order_by(attachments.c.cursor, attachments.c.position)
)
_CONTENTS = select(attachments).where(_OF_MESSAGES, _IS_KEPT).order_by(attachments.c.cursor, attachments.c.position)


@dataclass(frozen=True)
class AttachedFile:
    """That a picture or document went with a message; once it is forgotten only name and kind are left."""

    position: int
    name: str
    media_type: str
    is_kept: bool

    @property
    def is_picture(self) -> bool:
        """As `Attachment.is_picture`."""
        return Attachment(self.name, self.media_type, _FORGOTTEN).is_picture


class Attachments:
    """The files of all conversations."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def file(self, conversation_id: str, cursor: int, position: int) -> Attachment | None:
        """One file of this conversation; None where there is none, or where it is forgotten."""
        found = select(attachments).where(
            attachments.c.cursor == cursor,
            attachments.c.position == position,
            attachments.c.conversation_id == conversation_id,
            _IS_KEPT,
        )
        with self._database.read() as connection:
            row = connection.execute(found).first()
        return Attachment(row.name, row.media_type, row.content) if row else None

    def forget_old(self, now: datetime) -> int:
        """Forget what was said more than a day ago, or a week where it is still to be delivered; gives the number."""
        with self._database.begin() as connection:
            forgotten = int(connection.execute(_forget(_is_old(now))).rowcount)
        if forgotten:
            self._database.forget_journal()
        return forgotten


def attached_to(connection: Connection, cursors: Sequence[int]) -> dict[int, tuple[AttachedFile, ...]]:
    """What went with these messages, by cursor."""
    found: dict[int, tuple[AttachedFile, ...]] = {}
    for row in connection.execute(_NAMES, {"cursors": list(cursors)}):
        file = AttachedFile(row.position, row.name, row.media_type, bool(row.is_kept))
        found[row.cursor] = (*found.get(row.cursor, ()), file)
    return found


def contents_of(connection: Connection, cursors: Sequence[int]) -> dict[int, tuple[Attachment, ...]]:
    """The files of these messages that are not forgotten, by cursor."""
    found: dict[int, tuple[Attachment, ...]] = {}
    for row in connection.execute(_CONTENTS, {"cursors": list(cursors)}):
        found[row.cursor] = (*found.get(row.cursor, ()), Attachment(row.name, row.media_type, row.content))
    return found


def forget_sent(connection: Connection, cursor: int) -> bool:
    """Forget the files of a message that was delivered, or never will be; True where there was any."""
    return bool(connection.execute(_forget(attachments.c.cursor == cursor)).rowcount)


def _forget(which: Any) -> Any:
    return update(attachments).where(which, _IS_KEPT).values(content=_FORGOTTEN)


def _is_old(now: datetime) -> Any:
    is_pending = (
        select(outbox.c.cursor).where(outbox.c.cursor == attachments.c.cursor, outbox.c.done_at.is_(None)).exists()
    )
    said_before = select(transcript.c.cursor).where(transcript.c.cursor == attachments.c.cursor)
    day_old = said_before.where(transcript.c.at < now - PICKED_UP_WITHIN).exists()
    week_old = said_before.where(transcript.c.at < now - SENT_WITHIN).exists()
    return week_old | (day_old & ~is_pending)
