"""The last sentence after an erasure: it waits without any conversation, and is forgotten when it was said."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, insert, select, update
from sqlalchemy.engine import Connection

from conversations.database import Database
from conversations.tables import farewells, platform_deletions
from conversations.unclean import note_unclean

LEASE_SECONDS = 60.0
SAID_WITHIN = timedelta(hours=1)
"""After that nobody waits for the confirmation any more, and the address is forgotten unsaid."""
TAKEN_BACK_WITHIN = timedelta(hours=48)
"""No messenger takes back what is older; so an address waits no longer than that for a messenger that is off."""


@dataclass(frozen=True)
class Farewell:
    """What is still to be said. On the web `address` is the hash of the token that opened the conversation."""

    id: int
    channel: str
    address: str
    text: str
    reply_to: str | None
    at: datetime


class Farewells:
    """The last sentences of one database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def due(self, now: datetime, limit: int, channels: Sequence[str]) -> tuple[Farewell, ...]:
        """Those of these channels to be sent now, for this caller alone for a minute; then due again."""
        is_due = (farewells.c.ready_at <= now) & farewells.c.channel.in_(channels)
        found = select(farewells).where(is_due).order_by(farewells.c.id).limit(limit)
        with self._database.read() as connection:
            if connection.execute(found.with_only_columns(farewells.c.id)).first() is None:
                return ()
        with self._database.begin() as connection:
            rows = connection.execute(found.with_for_update(skip_locked=True)).all()
            lease = {"ready_at": now + timedelta(seconds=LEASE_SECONDS), "tries": farewells.c.tries + 1}
            ids = [row.id for row in rows]
            if ids:
                connection.execute(update(farewells).where(farewells.c.id.in_(ids)).values(**lease))
        return tuple(Farewell(row.id, row.channel, row.address, row.text, row.reply_to, row.at) for row in rows)

    def done(self, farewell_id: int) -> None:
        """It is said, or never will be: nothing is left of it, in the journal neither."""
        with self._database.begin() as connection:
            connection.execute(delete(farewells).where(farewells.c.id == farewell_id))
            note_unclean(connection)
        self._database.forget_journal()

    def take(self, channel: str, address: str) -> Farewell | None:
        """The last sentence for this address, which is forgotten in the same moment; None: there is none."""
        found = select(farewells).where(farewells.c.channel == channel, farewells.c.address == address)
        with self._database.read() as connection:
            row = connection.execute(found.order_by(farewells.c.id.desc()).limit(1)).first()
        if row is None:
            return None
        with self._database.begin() as connection:
            of_address = (farewells.c.channel == channel) & (farewells.c.address == address)
            connection.execute(delete(farewells).where(of_address))
            note_unclean(connection)
        self._database.forget_journal()
        return Farewell(row.id, row.channel, row.address, row.text, row.reply_to, row.at)


def leave_farewell(
    connection: Connection, channel: str, address: str, text: str, reply_to: str | None, now: datetime
) -> None:
    """Have this said when the erasure is written, inside its transaction."""
    row = {"channel": channel, "address": address, "text": text, "reply_to": reply_to, "at": now, "ready_at": now}
    connection.execute(insert(farewells).values(**row, tries=0))


def forget_unsaid(connection: Connection, now: datetime) -> bool:
    """Forget what nobody waits for any more, addresses above all; True where there was any."""
    old = delete(farewells).where(farewells.c.at < now - SAID_WITHIN)
    never = delete(platform_deletions).where(platform_deletions.c.ready_at < now - TAKEN_BACK_WITHIN)
    return any([connection.execute(each).rowcount for each in (old, never)])
