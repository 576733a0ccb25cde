"""One turn as it comes in over HTTP: checked at the door, and turned into Rasa's own message."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from rasa.core.channels.channel import UserMessage
from rasa.shared.core.domain import Domain

from bot.engine.payload import Payload, read_payload, without_prefix
from bot.engine.turn_output import CHANNEL_NAME, TurnOutput

LANGUAGE_KEYS = ("language", "script", "variant")
BUTTON = "button"


class MalformedTurnError(Exception):
    """The request is not a turn; the message says what is wrong with it."""


@dataclass(frozen=True)
class Turn:
    """A migrant's text, or the payload of a button, with its id in the inbox."""

    sender: str
    message_id: str
    text: str
    payload: Payload | None
    metadata: Mapping[str, Any]

    def as_message(self, output: TurnOutput) -> UserMessage:
        """Rasa's message; a button is not sent through the understanding, its meaning is known."""
        return UserMessage(
            self.text,
            output,
            self.sender,
            parse_data=_meaning(self.payload, self.text, self.metadata) if self.payload else None,
            input_channel=CHANNEL_NAME,
            message_id=self.message_id,
            metadata=dict(self.metadata),
        )


def read_turn(body: bytes, domain: Domain) -> Turn:
    """Parse a request's body; raises `MalformedTurnError`, or `PayloadError` for a forged button."""
    document = _document(body)
    sender, message_id = _named(document, "sender"), _named(document, "id")
    metadata = document.get("metadata") or {}
    if not isinstance(metadata, dict):
        raise MalformedTurnError("metadata must be an object")
    if document.get("payload") is not None:
        text = _named(document, "payload")
        return Turn(sender, message_id, text, read_payload(text, domain.intents, domain.entities), metadata)
    return Turn(sender, message_id, without_prefix(_named(document, "message")), None, metadata)


def _document(body: bytes) -> dict[str, Any]:
    try:
        document = json.loads(body)
    except ValueError as error:
        raise MalformedTurnError("the body is not JSON") from error
    if not isinstance(document, dict):
        raise MalformedTurnError("the body must be an object")
    return document


def _named(document: Mapping[str, Any], name: str) -> str:
    value = document.get(name)
    if not isinstance(value, str) or not value.strip():
        raise MalformedTurnError(f"{name} must be a text that is not empty")
    # Zero bytes and halves of surrogate pairs cannot be stored in every database.
    return value.replace("\0", "").encode("utf-8", "replace").decode("utf-8") or " "


def _meaning(payload: Payload, text: str, metadata: Mapping[str, Any]) -> dict[str, Any]:
    intent = {"name": payload.intent, "confidence": 1.0}
    return {
        **{key: metadata[key] for key in LANGUAGE_KEYS if key in metadata},
        "text": text,
        "intent": intent,
        "intent_ranking": [intent],
        "entities": [{"entity": name, "value": value, "extractor": BUTTON} for name, value in payload.values.items()],
    }
