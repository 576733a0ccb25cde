"""Who may work as an operator, and their sessions in the console."""

import hashlib
import secrets
from datetime import datetime, timedelta

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from sqlalchemy import delete, insert, select
from sqlalchemy.exc import IntegrityError

from conversations.database import Database
from conversations.tables import operator_sessions, operators

SESSION_HOURS = 12


class OperatorExistsError(Exception):
    """There is an operator of this name already."""


class Operators:
    """The operators of one database. Names are compared without surrounding blanks."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._hasher = PasswordHasher()
        self._nobody = ""

    def add(self, name: str, password: str, now: datetime) -> None:
        """A new operator; raises `OperatorExistsError`, and ValueError for an empty name or password."""
        if not name.strip() or not password:
            raise ValueError("an operator needs a name and a password")
        row = {"name": name.strip(), "password_hash": self._hasher.hash(password), "added_at": now}
        try:
            with self._database.begin() as connection:
                connection.execute(insert(operators).values(**row))
        except IntegrityError as error:
            raise OperatorExistsError(name) from error

    def remove(self, name: str) -> bool:
        """Take an operator away and end all sessions of that name; False: there is none."""
        with self._database.begin() as connection:
            return bool(connection.execute(delete(operators).where(operators.c.name == name.strip())).rowcount)

    def names(self) -> tuple[str, ...]:
        """All operators, by name."""
        with self._database.read() as connection:
            return tuple(connection.execute(select(operators.c.name).order_by(operators.c.name)).scalars())

    def verify(self, name: str, password: str) -> bool:
        """Whether this is that operator's password; takes the same time when there is no such operator."""
        with self._database.read() as connection:
            found = select(operators.c.password_hash).where(operators.c.name == name.strip())
            stored: str | None = connection.execute(found).scalar()
        try:
            return self._hasher.verify(stored or self._hash_of_nobody(), password) and stored is not None
        except (VerificationError, InvalidHashError):
            return False

    def open_session(self, name: str, now: datetime) -> str:
        """A token with which this operator is known for `SESSION_HOURS`; only its hash is kept."""
        token = secrets.token_urlsafe(32)
        row = {"token_hash": _hash(token), "name": name.strip(), "ends_at": now + timedelta(hours=SESSION_HOURS)}
        with self._database.begin() as connection:
            connection.execute(delete(operator_sessions).where(operator_sessions.c.ends_at <= now))
            connection.execute(insert(operator_sessions).values(**row))
        return token

    def by_session(self, token: str, now: datetime) -> str | None:
        """The name of the operator whose token this is; None when it is unknown, ended or too old."""
        is_valid = (operator_sessions.c.token_hash == _hash(token)) & (operator_sessions.c.ends_at > now)
        with self._database.read() as connection:
            name: str | None = connection.execute(select(operator_sessions.c.name).where(is_valid)).scalar()
            return name

    def end_session(self, token: str) -> None:
        """Let this token be worth nothing from now on."""
        with self._database.begin() as connection:
            connection.execute(delete(operator_sessions).where(operator_sessions.c.token_hash == _hash(token)))

    def _hash_of_nobody(self) -> str:
        self._nobody = self._nobody or self._hasher.hash(secrets.token_hex(16))
        return self._nobody


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()
