"""WhatsApp's way out: one message of ours in parts, inside the 24-hour window."""

from collections.abc import Callable, Sequence

from bot.channels.channel import OutgoingMessage, PartTaken, SendError
from bot.channels.whatsapp.addresses import address_fields
from bot.channels.whatsapp.graph import GraphApi
from bot.channels.whatsapp.limits import LIMITS, WINDOW, WINDOW_MARGIN
from bot.channels.whatsapp.parts import Part, file_content, parts_of
from bot.channels.whatsapp.payloads import CHANNEL
from bot.channels.whatsapp.template import Template
from conversations.reply import Attachment
from foundation.clock import Clock

OUTSIDE_WINDOW = "outside_window"
Wording = Callable[[str, str], str]
"""Gives a text of ours by key and variant."""


class WhatsAppSender:
    """Sends with one phone number."""

    channel = CHANNEL
    limits = LIMITS

    def __init__(
        self, graph: GraphApi, wording: Wording, first_variant: str, clock: Clock, template: Template | None = None
    ) -> None:
        self._graph = graph
        self._template = template
        self._wording = wording
        self._first_variant = first_variant
        self._clock = clock

    async def send(self, message: OutgoingMessage, taken: PartTaken) -> None:
        """Send the parts that are not sent yet, in order; raises `SendError`.

        After 24 hours of silence the message is held until the person writes, and a template asks for that, where the
        host has one. Where it is not known when the person last wrote, the platform decides.
        """
        variant = message.variant or self._first_variant
        rest = parts_of(message, lambda key: self._wording(key, variant))[message.sent_parts :]
        if rest and self._is_outside_window(message):
            raise await self._held(message.address, variant)
        for part in rest:
            try:
                platform_id = await self._send(part, message.address)
            except SendError as error:
                raise await self._held(message.address, variant) if error.reason == OUTSIDE_WINDOW else error from None
            await taken(platform_id)

    async def delete(self, address: str, platform_ids: Sequence[str]) -> None:
        """Nothing: the Cloud API can take no message back, neither ours nor the person's."""

    async def _send(self, part: Part, address: str) -> str:
        content = file_content(part, await self._graph.upload(part)) if isinstance(part, Attachment) else part
        return await self._graph.send({**address_fields(address), **content})

    async def _held(self, address: str, variant: str) -> SendError:
        """Ask the person to press a button, and say why the message waits; raises when the asking can be tried again.

        A process that dies here may ask a second time: the platform knows no key that would prevent it.
        """
        if self._template is None:
            return SendError(OUTSIDE_WINDOW, is_retryable=False, is_held=True)
        try:
            await self._graph.send({**address_fields(address), **self._template.content(variant)})
        except SendError as error:
            if error.is_retryable:
                raise
            return SendError("template", is_retryable=False, is_held=True)
        return SendError("asked", is_retryable=False, is_held=True)

    def _is_outside_window(self, message: OutgoingMessage) -> bool:
        return message.heard_at is not None and self._clock() - message.heard_at > WINDOW - WINDOW_MARGIN
