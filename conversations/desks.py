"""Operators' desks: what each takes on (languages, topics, countries, how many at once), teams, present or away."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, TypedDict, Unpack

from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.engine import Connection, Row

from conversations.database import Database
from conversations.tables import handovers, operator_desks, operators, team_members

SEEN_WITHIN = timedelta(minutes=2)
"""So long after a page of the console was open last an operator still counts as being there."""


class UnknownOperatorError(Exception):
    """There is no operator of this name."""


@dataclass(frozen=True)
class Desk:
    """One operator's desk as it was when it was read; a list that is empty means all.

    `topics` are ids of topics or domains; `open_limit` is a number of conversations, None: no limit; `open_count` how
    many this operator holds. `given_at`: when this operator got a conversation last.
    """

    name: str
    languages: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    open_limit: int | None = None
    teams: tuple[str, ...] = ()
    is_present: bool = True
    seen_at: datetime | None = None
    given_at: datetime | None = None
    open_count: int = 0

    def is_there(self, now: datetime) -> bool:
        """Whether the switch says present and a page of the console was open lately."""
        return self.is_present and self.seen_at is not None and now - self.seen_at <= SEEN_WITHIN


class Skills(TypedDict, total=False):
    """What can be set; a name that is left out stays as it is."""

    languages: list[str]
    topics: list[str]
    countries: list[str]
    open_limit: int | None
    is_present: bool
    seen_at: datetime | None


class Desks:
    """The desks of one database; an operator without a row of their own takes everything."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def of(self, name: str) -> Desk:
        """The desk of this operator."""
        with self._database.read() as connection:
            return read_desks(connection, [name]).get(name, Desk(name))

    def all(self) -> tuple[Desk, ...]:
        """All operators' desks, by name."""
        with self._database.read() as connection:
            names = connection.execute(select(operators.c.name).order_by(operators.c.name)).scalars().all()
            found = read_desks(connection, names)
        return tuple(found[name] for name in names)

    def teams(self) -> tuple[str, ...]:
        """The teams that have members, by name."""
        with self._database.read() as connection:
            return tuple(
                connection.execute(select(team_members.c.team).distinct().order_by(team_members.c.team)).scalars()
            )

    def set(self, name: str, **skills: Unpack[Skills]) -> None:
        """Set what is given; raises `UnknownOperatorError`."""
        with self._database.begin() as connection:
            lock_desk(connection, name)
            if skills:
                changed = update(operator_desks).where(operator_desks.c.name == name)
                connection.execute(changed.values(**skills))

    def set_teams(self, name: str, teams: Iterable[str]) -> None:
        """Let this operator belong to these teams and no others; raises `UnknownOperatorError`."""
        with self._database.begin() as connection:
            lock_desk(connection, name)
            connection.execute(delete(team_members).where(team_members.c.name == name))
            for team in dict.fromkeys(teams):
                connection.execute(insert(team_members).values(team=team, name=name))


def lock_desk(connection: Connection, name: str) -> Desk:
    """The desk, made where it was missing; nobody else gives this operator a conversation until the transaction ends.

    Raises `UnknownOperatorError`.
    """
    of_name = operator_desks.c.name == name
    locked = select(operator_desks.c.name).where(of_name).with_for_update()
    if connection.execute(locked).first() is None:
        if (
            connection.execute(select(operators.c.name).where(operators.c.name == name).with_for_update()).first()
            is None
        ):
            raise UnknownOperatorError(name)
        if connection.execute(locked).first() is None:
            connection.execute(insert(operator_desks).values(name=name))
    return read_desks(connection, [name])[name]


def note_given(connection: Connection, name: str, now: datetime) -> None:
    """Note that this operator has got a conversation."""
    connection.execute(update(operator_desks).where(operator_desks.c.name == name).values(given_at=now))


def read_desks(connection: Connection, names: Iterable[str]) -> dict[str, Desk]:
    """The desks of these names, as one transaction sees them."""
    wanted = list(names)
    rows = connection.execute(select(operator_desks).where(operator_desks.c.name.in_(wanted)))
    found = {row.name: row for row in rows}
    held = (handovers.c.operator.in_(wanted)) & handovers.c.ended_at.is_(None)
    counts: Any = select(handovers.c.operator, func.count()).where(held).group_by(handovers.c.operator)
    open_counts = dict(connection.execute(counts).all())
    teams: dict[str, list[str]] = {}
    members = select(team_members).where(team_members.c.name.in_(wanted)).order_by(team_members.c.team)
    for row in connection.execute(members):
        teams.setdefault(row.name, []).append(row.team)
    return {name: _desk(name, found.get(name), teams.get(name, []), open_counts.get(name, 0)) for name in wanted}


def _desk(name: str, row: Row | None, teams: list[str], open_count: int) -> Desk:
    if row is None:
        return Desk(name, teams=tuple(teams), open_count=open_count)
    skills = (tuple(row.languages), tuple(row.topics), tuple(row.countries), row.open_limit)
    return Desk(name, *skills, tuple(teams), row.is_present, row.seen_at, row.given_at, open_count)
