"""Needs that people have named, counted by day and place without the person: nothing leads back to anybody."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

from sqlalchemy import bindparam, insert, select, update
from sqlalchemy.engine import Connection

from conversations.database import Database
from conversations.tables import needs_counted

SMALLEST_SHOWN = 3
"""A smaller count may point at a person: it is never shown as a figure."""

_PLACE = ("day", "need", "country", "citizenship", "language")
_COUNT = (
    update(needs_counted)
    .where(*(needs_counted.c[name] == bindparam(f"of_{name}") for name in _PLACE))
    .values(count=needs_counted.c.count + 1)
)


@dataclass(frozen=True)
class NeedCount:
    """How often a need was named in one country in one month, given by its first day; `country` "" is unknown."""

    month: date
    need: str
    country: str
    count: int

    @property
    def is_small(self) -> bool:
        """Whether the count must not be shown."""
        return self.count < SMALLEST_SHOWN


class NeedsCounted:
    """The counts of one database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def by_month(self) -> tuple[NeedCount, ...]:
        """All counts: the newest month first, then by need and country."""
        found: dict[tuple[date, str, str], int] = {}
        columns = (needs_counted.c.day, needs_counted.c.need, needs_counted.c.country, needs_counted.c.count)
        with self._database.read() as connection:
            for day, need, country, count in connection.execute(select(*columns)):
                place = (day.replace(day=1), need, country)
                found[place] = found.get(place, 0) + count
        order = sorted(found, key=lambda place: (-place[0].toordinal(), place[1], place[2]))
        return tuple(NeedCount(*place, found[place]) for place in order)


def count_needs(
    connection: Connection,
    needs: Sequence[str],
    country: str | None,
    citizenship: str | None,
    language: str,
    now: datetime,
) -> None:
    """Add one to each of these needs, once however often it stands there; the transcript's end has to be locked."""
    day = now.astimezone(UTC).date()
    for need in dict.fromkeys(needs):
        place = dict(zip(_PLACE, (day, need, country or "", citizenship or "", language), strict=True))
        if not connection.execute(_COUNT, {f"of_{name}": value for name, value in place.items()}).rowcount:
            connection.execute(insert(needs_counted).values(**place, count=1))
