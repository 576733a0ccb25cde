"""All conversations of a database, page by page, the newest message first; never a word of what was said.

Who has only opened the web page, and written nothing, is not in it.
"""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import select

from conversations.database import Database
from conversations.tables import conversations

PAGE = 50
FILTERS = ("state", "variant", "channel", "danger")


@dataclass(frozen=True)
class Listed:
    """One conversation in the list."""

    id: str
    channel: str
    variant: str | None
    state: str
    operator: str | None
    danger: str
    country: str | None
    citizenship: str | None
    last_message_at: datetime


@dataclass(frozen=True)
class Place:
    """Where a page of the list begins: behind this conversation."""

    last_message_at: datetime
    id: str

    def text(self) -> str:
        """As it stands in an address."""
        return f"{int(self.last_message_at.timestamp() * 1_000_000)}-{self.id}"

    @classmethod
    def read(cls, text: str) -> "Place | None":
        """The place of a text of `text()`; None for any other."""
        moment, _, conversation_id = text.partition("-")
        if not (moment.isascii() and moment.isdigit() and len(moment) < 17 and conversation_id):
            return None
        whole, rest = divmod(int(moment), 1_000_000)
        try:
            return cls(datetime.fromtimestamp(whole, UTC).replace(microsecond=rest), conversation_id)
        except (ValueError, OverflowError, OSError):
            return None


def list_conversations(
    database: Database, filters: dict[str, str], behind: Place | None = None
) -> tuple[tuple[Listed, ...], Place | None]:
    """One page of those that fit all filters (of `FILTERS`), and where the next one begins; None: this is the last."""
    names = ("id", "channel", "variant", "state", "operator", "danger", "country", "citizenship", "last_message_at")
    has_written = conversations.c.heard_at.isnot(None)
    found = select(*(conversations.c[name] for name in names)).where(has_written)
    found = found.where(*(conversations.c[name] == filters[name] for name in FILTERS if filters.get(name)))
    if behind is not None:
        found = found.where(_is_behind(behind))
    newest_first = (conversations.c.last_message_at.desc(), conversations.c.id.desc())
    with database.read() as connection:
        rows = connection.execute(found.order_by(*newest_first).limit(PAGE + 1)).all()
    listed = tuple(Listed(*row) for row in rows[:PAGE])
    return listed, Place(listed[-1].last_message_at, listed[-1].id) if len(rows) > PAGE else None


def _is_behind(place: Place) -> Any:
    at, name = conversations.c.last_message_at, conversations.c.id
    return (at < place.last_message_at) | ((at == place.last_message_at) & (name < place.id))
