"""WhatsApp's way out: one message of ours in parts, inside the 24-hour window."""

from collections.abc import Callable, Sequence

from bot.channels.channel import OutgoingMessage, PartTaken, SendError
from bot.channels.pace import Pace
from bot.channels.whatsapp.addresses import address_fields
from bot.channels.whatsapp.graph import GraphApi
from bot.channels.whatsapp.interactive import Content
from bot.channels.whatsapp.limits import EACH_PERSON, LIMITS, PAIR_PAUSE_SECONDS, WINDOW, WINDOW_MARGIN, overall
from bot.channels.whatsapp.parts import Part, file_content, parts_of
from bot.channels.whatsapp.payloads import CHANNEL
from bot.channels.whatsapp.template import Template
from conversations.reply import Attachment
from foundation.clock import Clock

OUTSIDE_WINDOW = "outside_window"
MESSAGES_PER_SECOND = 80
"""What a number may send where Meta has not raised it."""
Wording = Callable[[str, str], str]
"""Gives a text of ours by key and variant."""


class WhatsAppSender:
    """Sends with one phone number."""

    channel = CHANNEL
    limits = LIMITS

    def __init__(
        self,
        graph: GraphApi,
        wording: Wording,
        first_variant: str,
        clock: Clock,
        template: Template | None = None,
        messages_per_second: int = MESSAGES_PER_SECOND,
    ) -> None:
        self._pace = Pace(overall(messages_per_second), EACH_PERSON)
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
            raise await self._held(message, variant)
        for part in rest:
            try:
                platform_id = await self._send(part, message.address)
            except SendError as error:
                raise await self._held(message, variant) if error.reason == OUTSIDE_WINDOW else error from None
            await taken(platform_id)

    async def delete(self, address: str, platform_ids: Sequence[str]) -> None:
        """Nothing: the Cloud API can take no message back, neither ours nor the person's."""

    async def _send(self, part: Part, address: str) -> str:
        content = file_content(part, await self._graph.upload(part)) if isinstance(part, Attachment) else part
        return await self._send_content(address, content)

    async def _send_content(self, address: str, content: Content) -> str:
        """In its turn; a rest that the platform asks for all the same is kept for all that is to come."""
        await self._pace.turn(address)
        try:
            return await self._graph.send({**address_fields(address), **content})
        except SendError as error:
            if error.reason == "throttled":
                self._pace.rest(address, error.retry_after_seconds or PAIR_PAUSE_SECONDS, is_for_all=error.is_for_all)
            raise

    async def _held(self, message: OutgoingMessage, variant: str) -> SendError:
        """Ask the person to press a button, and say why the message waits; raises when the asking can be tried again.

        A process that dies here may ask a second time: the platform knows no key that would prevent it. Who wants no
        messages unasked is not asked.
        """
        if message.is_unwanted:
            return SendError("opted_out", is_retryable=False, is_held=True)
        if self._template is None:
            return SendError(OUTSIDE_WINDOW, is_retryable=False, is_held=True)
        try:
            await self._send_content(message.address, self._template.content(variant))
        except SendError as error:
            if error.is_retryable:
                raise
            return SendError("template", is_retryable=False, is_held=True)
        return SendError("asked", is_retryable=False, is_held=True)

    def _is_outside_window(self, message: OutgoingMessage) -> bool:
        return message.heard_at is not None and self._clock() - message.heard_at > WINDOW - WINDOW_MARGIN
