"""The engine's memory: one row of state per conversation, and the answer to each message, kept in one transaction."""

import json
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import bindparam, delete, insert, select, update
from sqlalchemy.engine import Connection
from sqlalchemy.exc import IntegrityError

from conversations.database import Database
from conversations.tables import dialogue_answers, dialogue_states, erased_dialogues

ATTACHMENTS = "attachments"
"""The key under which a message of a kept answer carries its files."""
_WITH_FILES = select(dialogue_answers.c.answer).where(
    dialogue_answers.c.sender_id == bindparam("sender"),
    dialogue_answers.c.message_id == bindparam("message"),
    dialogue_answers.c.answer.contains(f'"{ATTACHMENTS}": ['),
)


class StateChangedError(Exception):
    """Somebody else has saved or erased this dialogue meanwhile: nothing was written."""


class StoredState(NamedTuple):
    """The state of a dialogue and the number of its saving, from 1 on."""

    version: int
    json: str


class DialogueStates:
    """The states of all dialogues; the cost of a turn does not depend on how many went before."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def load(self, sender_id: str) -> StoredState | None:
        """The state as it was saved last, or None."""
        found = select(dialogue_states.c.version, dialogue_states.c.state).where(
            dialogue_states.c.sender_id == sender_id
        )
        with self._database.read() as connection:
            row = connection.execute(found).first()
        return StoredState(*row) if row else None

    def save(
        self,
        sender_id: str,
        expected_version: int | None,
        json: str,
        message_id: str | None,
        answer_json: str | None,
        now: datetime,
        *,
        is_forgetting: bool = False,
    ) -> int:
        """Write state and answer together; gives the new version. Raises `StateChangedError`.

        `expected_version` is the loaded one, None or 0 for a new dialogue. Without `answer_json` no answer is kept.
        With `is_forgetting` the answers to earlier messages go: what was told, and is forgotten now, stands in them.
        Nobody asks for them again, as the messages of one dialogue come one after the other.
        """
        try:
            with self._database.begin() as connection:
                version = _write_state(connection, sender_id, expected_version or 0, json, now)
                if is_forgetting:
                    connection.execute(delete(dialogue_answers).where(dialogue_answers.c.sender_id == sender_id))
                if message_id is not None and answer_json is not None:
                    _write_answer(connection, sender_id, message_id, answer_json, now)
                return version
        except IntegrityError as error:
            raise StateChangedError(sender_id) from error

    def answer_to(self, sender_id: str, message_id: str) -> str | None:
        """The kept answer to this message, or None."""
        of_message = (dialogue_answers.c.sender_id == sender_id) & (dialogue_answers.c.message_id == message_id)
        with self._database.read() as connection:
            found: str | None = connection.execute(select(dialogue_answers.c.answer).where(of_message)).scalar()
            return found

    def sweep(self, before: datetime) -> int:
        """Delete the answers that were kept before then; gives their number. States go with their conversations."""
        with self._database.begin() as connection:
            return int(connection.execute(delete(dialogue_answers).where(dialogue_answers.c.at < before)).rowcount)

    def sender_ids(self) -> tuple[str, ...]:
        """The ids of all dialogues."""
        with self._database.read() as connection:
            return tuple(connection.execute(select(dialogue_states.c.sender_id)).scalars())


def forget_files(connection: Connection, sender_id: str, message_id: str) -> None:
    """Take the files out of the kept answer to a message whose turn is written: nobody will ask for them again."""
    kept = connection.execute(_WITH_FILES, {"sender": sender_id, "message": message_id}).scalar()
    if kept:
        of_message = (dialogue_answers.c.sender_id == sender_id) & (dialogue_answers.c.message_id == message_id)
        rows = [{key: value for key, value in row.items() if key != ATTACHMENTS} for row in json.loads(kept)]
        answer = json.dumps(rows, ensure_ascii=False)
        connection.execute(update(dialogue_answers).where(of_message).values(answer=answer))


def _write_state(connection: Connection, sender_id: str, expected: int, json: str, now: datetime) -> int:
    values = {"version": expected + 1, "state": json, "saved_at": now}
    if expected == 0:
        if connection.execute(select(erased_dialogues).where(erased_dialogues.c.sender_id == sender_id)).first():
            raise StateChangedError(sender_id)
        connection.execute(insert(dialogue_states).values(sender_id=sender_id, **values))
        return 1
    same = (dialogue_states.c.sender_id == sender_id) & (dialogue_states.c.version == expected)
    if not connection.execute(update(dialogue_states).where(same).values(**values)).rowcount:
        raise StateChangedError(sender_id)
    return expected + 1


def _write_answer(connection: Connection, sender_id: str, message_id: str, answer: str, now: datetime) -> None:
    of_message = (dialogue_answers.c.sender_id == sender_id) & (dialogue_answers.c.message_id == message_id)
    values = {"answer": answer, "at": now}
    if not connection.execute(update(dialogue_answers).where(of_message).values(**values)).rowcount:
        row = {"sender_id": sender_id, "message_id": message_id, **values}
        connection.execute(insert(dialogue_answers).values(**row))
