"""What a webhook says, as events: messages of people, and what became of messages of ours.

One webhook can hold several entries, changes, messages and statuses; what cannot be read does not hold up the rest.
https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/reference/messages
"""

import hashlib
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from typing import Any

from bot.channels.channel import DeliveryMark, Event, IncomingMessage, UnreadableError
from bot.channels.whatsapp.addresses import address_of
from bot.channels.whatsapp.contents import IGNORED_TYPES, content_of
from bot.channels.whatsapp.errors import reason_of

CHANNEL = "whatsapp"
MAX_MESSAGE_ID_CHARS = 120
STATUSES = ("sent", "delivered", "read", "failed")
_PLATFORM_ID = re.compile(r"[\x21-\x7e]{1,1000}")


@dataclass
class Reading:
    """What was read: the events, codes for what could not be read, and error codes that the platform reports."""

    events: list[Event] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    platform_errors: list[int] = field(default_factory=list)


class _UnreadableItemError(Exception):
    """One message or status is not as documented; the text is a code."""


def read(raw: Mapping[str, Any], now: datetime) -> tuple[Event, ...]:
    """The events of a webhook; raises `UnreadableError` when there is something in it and none of it can be read."""
    reading = read_all(raw, now)
    if reading.problems and not reading.events:
        raise UnreadableError(", ".join(reading.problems))
    return tuple(reading.events)


def read_all(raw: Mapping[str, Any], now: datetime, phone_number_id: str | None = None) -> Reading:
    """Everything in a webhook, of this phone number only if one is given; raises `UnreadableError` for no webhook."""
    if not isinstance(raw, Mapping) or raw.get("object") != "whatsapp_business_account":
        raise UnreadableError("not_of_whatsapp")
    if not isinstance(raw.get("entry"), list):
        raise UnreadableError("no_entries")
    reading = Reading()
    for value in _values(raw):
        if phone_number_id is None or _mapping(value.get("metadata")).get("phone_number_id") == phone_number_id:
            _read_value(value, now, reading)
    return reading


def _values(raw: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    for entry in _mappings(raw.get("entry")):
        for change in _mappings(entry.get("changes")):
            if change.get("field") == "messages":
                yield _mapping(change.get("value"))


def _read_value(value: Mapping[str, Any], now: datetime, reading: Reading) -> None:
    contacts = _mappings(value.get("contacts"))
    for error in _mappings(value.get("errors")):
        if isinstance(code := error.get("code"), int):
            reading.platform_errors.append(code)
    for each in _list(value.get("messages")):
        _add(reading, partial(_message, each, contacts, now))
    for each in _list(value.get("statuses")):
        _add(reading, partial(_mark, each, now))


def _add(reading: Reading, read_one: Callable[[], Event | None]) -> None:
    try:
        event = read_one()
    except _UnreadableItemError as problem:
        reading.problems.append(str(problem))
        return
    if event is not None:
        reading.events.append(event)


def _message(raw: object, contacts: list[Mapping[str, Any]], now: datetime) -> IncomingMessage | None:
    """A person's message; None for what wants no answer, and for groups, where Safar has no business."""
    if not isinstance(raw, Mapping):
        raise _UnreadableItemError("message_is_no_object")
    if raw.get("type") in IGNORED_TYPES or "group_id" in raw:
        return None
    only = contacts[0] if len(contacts) == 1 else {}
    address = address_of(raw.get("from"), raw.get("from_user_id"), only.get("wa_id"), only.get("user_id"))
    if address is None:
        raise _UnreadableItemError("message_without_sender")
    platform_id = _id(raw, "message_without_id")
    content = content_of(raw)
    return IncomingMessage(
        channel=CHANNEL,
        address=address,
        message_id=_message_id(platform_id),
        text=content.text,
        payload=None,
        at=_moment(raw.get("timestamp"), now),
        kind=content.kind,
        pressed=content.pressed,
        platform_id=platform_id,
    )


def _mark(raw: object, now: datetime) -> DeliveryMark | None:
    """What became of a message of ours; None for a word that says nothing new (played, deleted, in a group)."""
    if not isinstance(raw, Mapping):
        raise _UnreadableItemError("status_is_no_object")
    status = raw.get("status")
    if status not in STATUSES or raw.get("recipient_type") == "group":
        return None
    errors = _mappings(raw.get("errors"))
    code = errors[0].get("code") if errors else None
    reason = reason_of(code if isinstance(code, int) else None) if status == "failed" else None
    return DeliveryMark(CHANNEL, _id(raw, "status_without_id"), status, reason, _moment(raw.get("timestamp"), now))


def _id(raw: Mapping[str, Any], problem: str) -> str:
    found = raw.get("id")
    if not isinstance(found, str) or not _PLATFORM_ID.fullmatch(found):
        raise _UnreadableItemError(problem)
    return found


def _message_id(platform_id: str) -> str:
    if len(platform_id) <= MAX_MESSAGE_ID_CHARS:
        return platform_id
    return hashlib.sha256(platform_id.encode("ascii")).hexdigest()


def _moment(timestamp: object, now: datetime) -> datetime:
    """The platform's second; now for one that cannot be, or is still to come."""
    if not isinstance(timestamp, str | int):
        return now
    try:
        return min(datetime.fromtimestamp(int(timestamp), UTC), now)
    except (ValueError, OverflowError, OSError):
        return now


def _mapping(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def _mappings(value: object) -> list[Mapping[str, Any]]:
    return [each for each in _list(value) if isinstance(each, Mapping)]


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []
