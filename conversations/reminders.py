"""Reminders that people have asked for: set, listed, ended, and said exactly once on each of their days."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import and_, case, delete, insert, or_, select, update
from sqlalchemy.engine import Connection

from conversations import writing
from conversations.conversation import Conversation, lock_conversation
from conversations.database import Database
from conversations.reminder_days import days_to_remind
from conversations.reply import Reply
from conversations.tables import conversations, reminders
from foundation.clock import day_of

MAX_AT_ONCE = 200


@dataclass(frozen=True)
class Reminder:
    """One reminder: `day` is the date it is about, `next_day` the next one on which something is said."""

    conversation_id: str
    kind: str
    day: date
    next_day: date


Say = Callable[[Conversation, Reminder], Reply]
"""What is said to the person of this conversation; quick, because the conversation is locked meanwhile."""


class Reminders:
    """The reminders of one database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def of(self, conversation_id: str) -> tuple[Reminder, ...]:
        """What one person is to be reminded of, the nearest date first."""
        with self._database.read() as connection:
            found = select(reminders).where(reminders.c.conversation_id == conversation_id)
            return tuple(map(_reminder, connection.execute(found.order_by(reminders.c.day, reminders.c.kind))))

    def due(self, days: Mapping[str, date], known: frozenset[str], default: str) -> tuple[tuple[Reminder, date], ...]:
        """What is due now, each with today's date where the person is; at most `MAX_AT_ONCE`.

        `days` has the countries in which it is daytime, with today's date there. A country that is not in `known`
        counts as `default`. Who has hidden the talk is left alone until it is itself again.
        """
        if not days:
            return ()
        where = case((conversations.c.country.in_(known), conversations.c.country), else_=default)
        is_due = or_(*(and_(where == country, reminders.c.next_day <= day) for country, day in days.items()))
        found = (
            select(reminders, where.label("stays_in"))
            .join(conversations, conversations.c.id == reminders.c.conversation_id)
            .where(reminders.c.next_day <= max(days.values()), is_due, conversations.c.is_disguised.is_(False))
            .order_by(reminders.c.next_day)
            .limit(MAX_AT_ONCE)
        )
        with self._database.read() as connection:
            return tuple((_reminder(row), days[row.stays_in]) for row in connection.execute(found))

    def say(self, reminder: Reminder, today: date, words: Say, now: datetime) -> bool:
        """Say it and note that in one transaction; False: it was said, ended or hidden meanwhile, or its day is over.

        Whoever says it holds the lock of the conversation, so that of two gateways one finds nothing left to say.
        """
        with self._database.begin() as connection:
            conversation = lock_conversation(connection, reminder.conversation_id)
            if conversation is None or conversation.is_disguised or not _stands(connection, reminder):
                return False
            _go_on(connection, reminder, today)
            if reminder.day < today:
                return False
            writing.lock_transcript_end(connection)
            reply = words(conversation, reminder)
            writing.append(connection, conversation, "system", reply.text, now, buttons=reply.buttons)
            return True


def set_reminder(connection: Connection, conversation_id: str, kind: str, on: date, now: datetime) -> None:
    """Keep a date, in place of an earlier one of this kind; nothing is kept of one that is too near."""
    stop_reminders(connection, conversation_id, kind)
    days = days_to_remind(on, day_of(now))
    if days:
        row = {"conversation_id": conversation_id, "kind": kind, "day": on, "next_day": days[0]}
        connection.execute(insert(reminders), row)


def stop_reminders(connection: Connection, conversation_id: str, kind: str | None = None) -> None:
    """End the reminder of this kind, or all."""
    ended = delete(reminders).where(reminders.c.conversation_id == conversation_id)
    connection.execute(ended.where(reminders.c.kind == kind) if kind else ended)


def stop_all_reminders(connection: Connection, conversation_ids: Any) -> None:
    """End all reminders of those whom this select names: they have blocked us."""
    connection.execute(delete(reminders).where(reminders.c.conversation_id.in_(conversation_ids)))


def _stands(connection: Connection, reminder: Reminder) -> bool:
    row = connection.execute(select(reminders).where(_is(reminder))).first()
    return row is not None and _reminder(row) == reminder


def _go_on(connection: Connection, reminder: Reminder, today: date) -> None:
    """The next day of the three that is still to come; after the last one nothing is kept."""
    days = days_to_remind(reminder.day, today)
    if days:
        connection.execute(update(reminders).where(_is(reminder)).values(next_day=days[0]))
    else:
        connection.execute(delete(reminders).where(_is(reminder)))


def _is(reminder: Reminder) -> Any:
    return (reminders.c.conversation_id == reminder.conversation_id) & (reminders.c.kind == reminder.kind)


def _reminder(row: Any) -> Reminder:
    return Reminder(row.conversation_id, row.kind, row.day, row.next_day)
