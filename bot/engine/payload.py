"""Reads what a button sends: '/<intent>' or '/<intent>{"entity": "value"}', and keeps people from writing such."""

import json
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

PREFIX = "/"
DIVISION_SLASH = "\u2215"
# Rasa's own intents, which would restart, step back or fall back: no button of ours sends them.
RESERVED_INTENTS = frozenset({"restart", "back", "session_start", "out_of_scope", "nlu_fallback"})
_PAYLOAD = re.compile(r"/(?P<intent>[^\s{}/@]+)\s*(?P<entities>\{.*\})?", re.DOTALL)


class PayloadError(Exception):
    """No button of ours can have sent this payload."""


@dataclass(frozen=True)
class Payload:
    """The intent of a button, and the values that it carries."""

    intent: str
    values: Mapping[str, str] = field(default_factory=dict)


def read_payload(text: str, intents: Collection[str], entities: Collection[str]) -> Payload:
    """Parse a payload; raises `PayloadError` unless the domain knows its intent and all its entities."""
    match = _PAYLOAD.fullmatch(text)
    if match is None:
        raise PayloadError('a payload is /<intent> or /<intent>{"entity": "value"}')
    intent = match["intent"]
    if intent in RESERVED_INTENTS or intent not in intents:
        raise PayloadError("the payload's intent is not one that a button can have")
    return Payload(intent, _values(match["entities"] or "{}", entities))


def without_prefix(text: str) -> str:
    """A person's text in which a leading '/' no longer means an intent; all else stays."""
    if not text.lstrip().startswith(PREFIX):
        return text
    return text.replace(PREFIX, DIVISION_SLASH, 1)


def _values(text: str, entities: Collection[str]) -> dict[str, str]:
    try:
        values: Any = json.loads(text)
    except ValueError as error:
        raise PayloadError("the payload's values are not JSON") from error
    if not all(isinstance(value, str) for value in values.values()):
        raise PayloadError("the payload's values must be texts")
    if unknown := set(values) - set(entities):
        raise PayloadError(f"the payload has {len(unknown)} values of unknown name")
    return dict(values)
