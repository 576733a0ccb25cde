"""A database full of conversations in operators' hands, for measuring the console."""

import itertools
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

from sqlalchemy import insert

from conversations.database import Database
from conversations.tables import conversations, handovers, operator_sessions, operators, transcript

MESSAGES_EACH = 40
VARIANTS = ("ru", "uz", "uz-Cyrl", "tg", "ky", "kk", "en")


@dataclass(frozen=True)
class Crowd:
    """For each operator: the token of a session, and the conversation that is open on the screen."""

    open_pages: tuple[tuple[str, str], ...]


def fill(database: Database, operator_count: int, conversation_count: int, now: datetime) -> Crowd:
    """Operators with sessions, conversations in their hands in turn, each with `MESSAGES_EACH` messages."""
    names = [f"operator {number}" for number in range(operator_count)]
    tokens = [secrets.token_urlsafe(32) for _ in names]
    ids = [f"{number:032x}" for number in range(conversation_count)]
    held = dict(zip(ids, itertools.cycle(names), strict=False))
    with database.begin() as connection:
        connection.execute(insert(operators), [{"name": each, "password_hash": "-", "added_at": now} for each in names])
        sessions = [
            {"token_hash": sha256(token.encode()).hexdigest(), "name": name, "ends_at": now + timedelta(hours=9)}
            for token, name in zip(tokens, names, strict=True)
        ]
        connection.execute(insert(operator_sessions), sessions)
        connection.execute(insert(conversations), [_conversation(each, held[each], now) for each in ids])
        taken = {"reason": "", "danger": "none", "opened_at": now, "taken_at": now}
        connection.execute(
            insert(handovers), [taken | {"conversation_id": each, "operator": held[each]} for each in ids]
        )
        for each in ids:
            connection.execute(insert(transcript), _messages(each, now))
    return Crowd(tuple(zip(tokens, ids, strict=False)))


def _conversation(conversation_id: str, operator: str, now: datetime) -> dict[str, Any]:
    variant = VARIANTS[int(conversation_id, 16) % len(VARIANTS)]
    about = {"id": conversation_id, "channel": "telegram", "address": conversation_id, "variant": variant}
    return about | {
        "state": "operator",
        "operator": operator,
        "created_at": now,
        "last_message_at": now,
        "heard_at": now,
    }


def _messages(conversation_id: str, now: datetime) -> list[dict[str, Any]]:
    asked = {"sender": "migrant", "text": "савол", "variant": "tg", "danger": "none"}
    said = {"sender": "bot", "text": "ҷавоб", "variant": None, "danger": None}
    rows = (asked if number % 2 == 0 else said for number in range(MESSAGES_EACH))
    return [row | {"conversation_id": conversation_id, "at": now, "answered_by": 0} for row in rows]
