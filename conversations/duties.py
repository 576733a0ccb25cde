"""What only one of several gateways does at a time, such as asking Telegram for updates: taken by lease."""

from datetime import datetime, timedelta

from sqlalchemy import insert, or_, update
from sqlalchemy.exc import IntegrityError

from conversations.database import Database
from conversations.tables import duties


class Duties:
    """The duties of all gateways on one database. Their clocks should agree to within a second or two."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def take(self, name: str, holder: str, now: datetime, lease_seconds: float) -> bool:
        """Have or keep this duty until the lease ends; False: somebody else has it."""
        until = now + timedelta(seconds=lease_seconds)
        is_free = or_(duties.c.holder == holder, duties.c.until <= now)
        taken = update(duties).where(duties.c.name == name, is_free).values(holder=holder, until=until)
        with self._database.begin() as connection:
            if connection.execute(taken).rowcount:
                return True
        return self._take_first(name, holder, until)

    def give_up(self, name: str, holder: str, now: datetime) -> None:
        """Let another one take it at once; nothing happens to what is not one's own."""
        given_up = update(duties).where(duties.c.name == name, duties.c.holder == holder).values(until=now)
        with self._database.begin() as connection:
            connection.execute(given_up)

    def _take_first(self, name: str, holder: str, until: datetime) -> bool:
        """Nobody has ever had it, or somebody has it: the primary key tells which."""
        try:
            with self._database.begin() as connection:
                connection.execute(insert(duties), {"name": name, "holder": holder, "until": until})
        except IntegrityError:
            return False
        return True
