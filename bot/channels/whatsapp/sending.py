"""WhatsApp's way out: one message of ours in parts, inside the 24-hour window."""

from collections.abc import Callable, Sequence

from bot.channels.channel import OutgoingMessage, PartTaken, SendError
from bot.channels.whatsapp.addresses import address_fields
from bot.channels.whatsapp.graph import GraphApi
from bot.channels.whatsapp.limits import LIMITS, WINDOW, WINDOW_MARGIN
from bot.channels.whatsapp.parts import Part, file_content, parts_of
from bot.channels.whatsapp.payloads import CHANNEL
from conversations.reply import Attachment
from foundation.clock import Clock

Wording = Callable[[str, str], str]
"""Gives a text of ours by key and variant."""


class WhatsAppSender:
    """Sends with one phone number."""

    channel = CHANNEL
    limits = LIMITS

    def __init__(self, graph: GraphApi, wording: Wording, first_variant: str, clock: Clock) -> None:
        self._graph = graph
        self._wording = wording
        self._first_variant = first_variant
        self._clock = clock

    async def send(self, message: OutgoingMessage, taken: PartTaken) -> None:
        """Send the parts that are not sent yet, in order; raises `SendError`.

        After 24 hours of silence nothing is tried (`outside_window`). Where it is not known when the person last
        wrote, the platform decides.
        """
        variant = message.variant or self._first_variant
        rest = parts_of(message, lambda key: self._wording(key, variant))[message.sent_parts :]
        if rest and self._is_outside_window(message):
            raise SendError("outside_window", is_retryable=False)
        for part in rest:
            await taken(await self._send(part, message.address))

    async def delete(self, address: str, platform_ids: Sequence[str]) -> None:
        """Nothing: the Cloud API can take no message back, neither ours nor the person's."""

    async def _send(self, part: Part, address: str) -> str:
        content = file_content(part, await self._graph.upload(part)) if isinstance(part, Attachment) else part
        return await self._graph.send({**address_fields(address), **content})

    def _is_outside_window(self, message: OutgoingMessage) -> bool:
        return message.heard_at is not None and self._clock() - message.heard_at > WINDOW - WINDOW_MARGIN
