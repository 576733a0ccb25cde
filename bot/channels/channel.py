"""The contract of a channel: what comes in, what goes out, how sending can fail, and the channel's limits."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from conversations.reply import Attachment, Button

UNREADABLE = ("voice", "sticker", "picture", "video", "document", "location", "contact", "other")
"""Kinds of message that are answered with a kind sentence: Safar reads text."""


@dataclass(frozen=True)
class IncomingMessage:
    """One message of a migrant, parsed at the channel's door; `payload` is what a button sent.

    `address` is the person's place in the channel; `message_id` is the same when the channel delivers it again.
    `pressed` is the data of a button whose payload is still to be looked up (`button_data`). `kind` is text or one of
    `UNREADABLE`. `language_hint` is the language that the platform names, as a tag (uz-Cyrl, ru-RU);
    `platform_id` is what the platform calls the message, so that it can be marked as read and deleted there.
    """

    channel: str
    address: str
    message_id: str
    text: str
    payload: str | None
    at: datetime
    kind: str = "text"
    pressed: str | None = None
    language_hint: str | None = None
    platform_id: str | None = None


@dataclass(frozen=True)
class Reachability:
    """The person has blocked Safar (or let it in again): nothing is sent until they are heard again."""

    channel: str
    address: str
    is_reachable: bool


@dataclass(frozen=True)
class DeliveryMark:
    """What the platform says later of a message that it took: sent, delivered, read, failed; `reason` is a code."""

    channel: str
    platform_id: str
    status: str
    reason: str | None
    at: datetime


@dataclass(frozen=True)
class AddedToGroup:
    """Safar was put into a group or channel, where it has no business: it says one sentence and leaves."""

    channel: str
    address: str


Event = IncomingMessage | Reachability | DeliveryMark | AddedToGroup
"""What a platform tells; `payloads.read(raw, now)` of each messenger gives a tuple of these and never raises
anything but `UnreadableError`."""


class UnreadableError(Exception):
    """What the platform sent is not what it documents; the message says what, without the person's words."""


@dataclass(frozen=True)
class OutgoingMessage:
    """One message to a migrant, before the channel cuts it to its limits.

    `cursor` is its place in the transcript; `sent_parts` says how many of its parts the platform has taken at an
    earlier attempt, so that they are not sent twice. `heard_at` is when the person last wrote.
    """

    address: str
    text: str
    buttons: tuple[Button, ...] = ()
    cursor: int = 0
    sent_parts: int = 0
    variant: str | None = None
    heard_at: datetime | None = None
    attachments: tuple[Attachment, ...] = field(default=())


@dataclass(frozen=True)
class Limits:
    """What a channel can show; sizes in characters."""

    max_text_chars: int
    max_buttons: int
    max_button_title_chars: int


PartTaken = Callable[[str], Awaitable[None]]
"""Called with the platform's id after each part that it has taken."""


class Sender(Protocol):
    """A channel's way out."""

    channel: str
    limits: Limits

    async def send(self, message: OutgoingMessage, taken: PartTaken) -> None:
        """Send all parts of a message from `sent_parts` on, in order, calling `taken` after each.

        Raises `SendError`; what is passed on as any other exception counts as retryable.
        """

    async def delete(self, address: str, platform_ids: Sequence[str]) -> None:
        """Take messages back where the platform allows it, ours and the person's; raises `SendError`.

        What cannot be deleted (any more) is passed over in silence.
        """


class SendError(Exception):
    """The channel did not take a message; `is_retryable` says whether a later attempt can succeed.

    `reason` is a code such as `blocked`, `outside_window`, `throttled`, `too_long`, `server_error`, `no_connection`.
    After `blocked` nothing more is sent until the person is heard again. With `is_held` the messenger lets the message
    through as soon as the person writes: until then it and those after it are kept.
    """

    def __init__(
        self, reason: str, *, is_retryable: bool, retry_after_seconds: float | None = None, is_held: bool = False
    ) -> None:
        super().__init__(reason)
        self.is_held = is_held
        self.reason = reason
        self.is_retryable = is_retryable
        self.retry_after_seconds = retry_after_seconds


class RefusedMessageError(Exception):
    """A message that is not taken: `code` for programs, `sentence` for people, the status as in HTTP."""

    def __init__(self, code: str, sentence: str, status: int) -> None:
        super().__init__(code)
        self.code = code
        self.sentence = sentence
        self.status = status


def button_data(cursor: int, index: int) -> str:
    """What a messenger's button carries: where it stands, not what it sends, so that it fits every platform."""
    return f"b{cursor}.{index}"


def parse_button_data(data: str) -> tuple[int, int] | None:
    """Cursor and index of a button; None when it is none of ours."""
    cursor, dot, index = data.removeprefix("b").partition(".")
    is_ours = data.startswith("b") and dot and all(part.isascii() and part.isdigit() for part in (cursor, index))
    return (int(cursor), int(index)) if is_ours and len(data) <= 24 else None
