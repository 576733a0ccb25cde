"""Messages that a messenger may bring again after they were erased: known again, without keeping whose they were.

Telegram brings an update again for up to 24 hours (https://core.telegram.org/bots/api#getting-updates), WhatsApp a
webhook for up to seven days
(https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/overview).
"""

import hashlib
import secrets
from collections.abc import Sequence
from datetime import date, datetime, timedelta

from sqlalchemy import delete, insert, select
from sqlalchemy.engine import Connection
from sqlalchemy.exc import IntegrityError

from conversations.database import Database
from conversations.tables import erased_messages, erasure_keys
from foundation.clock import day_of

BROUGHT_AGAIN_WITHIN = timedelta(days=7)
_KEY_BYTES, _MARK_BYTES = 32, 16
_KEYS = select(erasure_keys.c.key)


class ErasedMessages:
    """What was erased lately in one database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def is_erased(self, channel: str, address: str, message_id: str) -> bool:
        """Whether this very message was erased within the last `BROUGHT_AGAIN_WITHIN`."""
        with self._database.read() as connection:
            keys = connection.execute(_KEYS).scalars().all()
            if not keys:
                return False
            marks = [_mark(key, channel, address, message_id) for key in keys]
            found = select(erased_messages.c.mark).where(erased_messages.c.mark.in_(marks))
            return connection.execute(found).first() is not None


def remember_erased(
    connection: Connection, channel: str, address: str, message_ids: Sequence[str], now: datetime
) -> None:
    """Keep a mark of each of these messages, inside the transaction that erases them."""
    if not message_ids:
        return
    day = day_of(now)
    key = _key_of(connection, day)
    marks = {_mark(key, channel, address, each) for each in message_ids}
    known = set(connection.execute(select(erased_messages.c.mark).where(erased_messages.c.mark.in_(marks))).scalars())
    rows = [{"mark": mark, "day": day} for mark in sorted(marks - known)]
    if rows:
        connection.execute(insert(erased_messages), rows)


def forget_marks(connection: Connection, now: datetime) -> None:
    """Delete marks and keys that are older than any second delivery."""
    before = day_of(now - BROUGHT_AGAIN_WITHIN)
    for table in (erased_messages, erasure_keys):
        connection.execute(delete(table).where(table.c.day < before))


def _key_of(connection: Connection, day: date) -> str:
    """The day's key; it is made by the first erasure of the day."""
    of_day = _KEYS.where(erasure_keys.c.day == day)
    known: str | None = connection.execute(of_day).scalar()
    if known is not None:
        return known
    try:
        with connection.begin_nested():
            connection.execute(insert(erasure_keys).values(day=day, key=secrets.token_hex(_KEY_BYTES)))
    except IntegrityError:  # another gateway was faster
        pass
    return str(connection.execute(of_day).scalar_one())


def _mark(key: str, channel: str, address: str, message_id: str) -> str:
    told = "\0".join((channel, address, message_id)).encode("utf-8", "surrogatepass")
    return hashlib.blake2b(told, digest_size=_MARK_BYTES, key=bytes.fromhex(key)).hexdigest()
