"""The web chat's door: bytes of a request become typed values, or end here with the reason."""

import json
from dataclasses import dataclass
from math import isfinite
from typing import Any

from bot.channels.channel import RefusedMessageError
from bot.limits import check_id, check_payload
from language.variants import LANGUAGES

MAX_WAIT_SECONDS = 25.0
MAX_CURSOR = 2**53


@dataclass(frozen=True)
class WrittenMessage:
    """The body of POST /chat/api/messages: a text, or the payload of a button."""

    message_id: str
    text: str
    payload: str | None


@dataclass(frozen=True)
class Asked:
    """The query of GET /chat/api/messages."""

    after: int
    wait_seconds: float


def parse_message(body: bytes) -> WrittenMessage:
    """Read a message; raises `RefusedMessageError`. Whether the text is empty or too long is not looked at here."""
    values = _object(body)
    message_id = check_id(values.get("id"))
    text, payload = values.get("text"), values.get("payload")
    if isinstance(payload, str) and text is None:
        return WrittenMessage(message_id, "", check_payload(payload))
    if not isinstance(text, str) or payload is not None:
        raise RefusedMessageError("bad_message", "Send “id” and either “text” or “payload”, as texts.", 422)
    return WrittenMessage(message_id, text, None)


def parse_beginning(body: bytes) -> str | None:
    """Read POST /chat/api/conversations: the variant that was chosen on the page, if one was; raises as above."""
    variant = _object(body).get("language") if body.strip() else None
    if variant is not None and variant not in LANGUAGES:
        raise RefusedMessageError("bad_language", f"“language” must be one of {', '.join(LANGUAGES)}.", 422)
    return variant


def parse_query(after: str, wait: str) -> Asked:
    """Read `after` (a cursor) and `wait` (seconds, at most 25 are waited); raises as above."""
    try:
        cursor, seconds = int(after or 0), float(wait or 0)
    except ValueError:
        cursor, seconds = -1, 0.0
    if not 0 <= cursor <= MAX_CURSOR or not isfinite(seconds) or seconds < 0:
        raise RefusedMessageError("bad_query", "“after” must be a cursor, “wait” a number of seconds up to 25.", 422)
    return Asked(cursor, min(seconds, MAX_WAIT_SECONDS))


def _object(body: bytes) -> dict[str, Any]:
    try:
        values = json.loads(body.decode("utf-8"))
    except (ValueError, RecursionError):
        raise RefusedMessageError("bad_json", "The body is not JSON in UTF-8.", 400) from None
    if not isinstance(values, dict):
        raise RefusedMessageError("bad_json", "The body must be a JSON object.", 400)
    return values
