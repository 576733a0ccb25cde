"""Translations kept with their messages and erased with them; switches of conversations; consents of operators."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete, insert, select
from sqlalchemy.engine import Connection

from conversations.conversation import lock_conversation
from conversations.database import Database
from conversations.tables import transcript, translation_consents, translation_switches, translations


@dataclass(frozen=True)
class Translation:
    """A message in another variant. `is_original`: an operator's own words, of which the message is the translation.

    `host` is the service's.
    """

    cursor: int
    variant: str
    text: str
    is_original: bool
    host: str


class Translations:
    """The translations of one database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def of(self, conversation_id: str, variant: str) -> tuple[Translation, ...]:
        """What a reader of this variant is shown beside the messages, and all originals; oldest message first."""
        is_shown = (translations.c.variant == variant) | translations.c.is_original
        found = select(translations).where(translations.c.conversation_id == conversation_id, is_shown)
        with self._database.read() as connection:
            return tuple(_translation(row) for row in connection.execute(found.order_by(translations.c.cursor)))

    def keep(self, conversation_id: str, translation: Translation, now: datetime) -> bool:
        """Keep one with its message, in place of an earlier one; False: the message is erased, nothing is kept."""
        with self._database.begin() as connection:
            lock_conversation(connection, conversation_id)
            if not _has_message(connection, conversation_id, translation.cursor):
                return False
            is_same = (translations.c.cursor == translation.cursor) & (translations.c.variant == translation.variant)
            connection.execute(delete(translations).where(is_same))
            row = vars(translation) | {"conversation_id": conversation_id, "at": now}
            connection.execute(insert(translations), row)
            return True

    def is_switched_on(self, conversation_id: str, host: str) -> bool:
        """Whether all of this conversation is to be translated, by this very service."""
        switch = translation_switches.c
        return self._is_there(translation_switches, switch.conversation_id == conversation_id, switch.host == host)

    def switch(self, conversation_id: str, is_on: bool, operator: str, host: str, now: datetime) -> None:
        """Remember for the conversation whether all of it is to be translated; nothing where it is gone."""
        with self._database.begin() as connection:
            is_there = lock_conversation(connection, conversation_id) is not None
            switch_off(connection, conversation_id)
            if is_on and is_there:
                row = {"conversation_id": conversation_id, "operator": operator, "host": host, "at": now}
                connection.execute(insert(translation_switches), row)

    def knows(self, operator: str, host: str) -> bool:
        """Whether this operator was told that words leave for this host."""
        consent = translation_consents.c
        return self._is_there(translation_consents, consent.operator == operator, consent.host == host)

    def tell(self, operator: str, host: str, now: datetime) -> None:
        """Note that this operator has been told so and goes on."""
        consent = translation_consents.c
        with self._database.begin() as connection:
            of_these = (consent.operator == operator) & (consent.host == host)
            connection.execute(delete(translation_consents).where(of_these))
            connection.execute(insert(translation_consents), {"operator": operator, "host": host, "at": now})

    def _is_there(self, table: Any, *conditions: Any) -> bool:
        with self._database.read() as connection:
            return connection.execute(select(table).where(*conditions).limit(1)).first() is not None


def switch_off(connection: Connection, conversation_id: str) -> None:
    """Forget that all of a conversation was to be translated; translations themselves go with their messages."""
    connection.execute(delete(translation_switches).where(translation_switches.c.conversation_id == conversation_id))


def _has_message(connection: Connection, conversation_id: str, cursor: int) -> bool:
    found = select(transcript.c.cursor).where(
        transcript.c.conversation_id == conversation_id, transcript.c.cursor == cursor
    )
    return connection.execute(found).first() is not None


def _translation(row: Any) -> Translation:
    return Translation(row.cursor, row.variant, row.text, row.is_original, row.host)
