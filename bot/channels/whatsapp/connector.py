"""WhatsApp's door: the webhook under /whatsapp/webhook. Who calls is checked first; 200 only when all is stored."""

import asyncio
import json
import logging
import time
from collections.abc import Mapping
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from bot.channels.channel import DeliveryMark, IncomingMessage, Sender, SendError, UnreadableError
from bot.channels.whatsapp.errors import reason_of
from bot.channels.whatsapp.graph import GraphApi
from bot.channels.whatsapp.limits import MAX_WEBHOOK_BYTES
from bot.channels.whatsapp.payloads import Reading, read_all
from bot.channels.whatsapp.sending import WhatsAppSender
from bot.channels.whatsapp.settings import WhatsAppSettings
from bot.channels.whatsapp.signature import SIGNATURE_HEADER, is_genuine, is_verify_token
from bot.failures import failure_code
from bot.messenger_door import MessengerDoor
from foundation.clock import Clock

PATH = "/whatsapp/webhook"
MAX_CHALLENGE_CHARS = 500
MAX_MARKS_UNDER_WAY = 100
"""So many messages are marked as read at once; in a rush of more, some stay unmarked."""
STOP_SECONDS = 0.5
REFUSAL_LOG_SECONDS = 60.0

log = logging.getLogger(__name__)


class WhatsApp:
    """The channel: its routes, its sender, its beginning and its end."""

    def __init__(self, settings: WhatsAppSettings, door: MessengerDoor, clock: Clock) -> None:
        self._settings = settings
        self._door = door
        self._clock = clock
        self._graph = GraphApi(settings, clock)
        self._sender = WhatsAppSender(self._graph, door.text, settings.first_variant, clock, settings.template)
        self._marks: set[asyncio.Task[None]] = set()
        self._is_stopping = False
        self._refusal_logged_at = -REFUSAL_LOG_SECONDS

    @property
    def sender(self) -> Sender:
        """The way out."""
        return self._sender

    def routes(self) -> list[BaseRoute]:
        """The webhook."""
        return [Route(PATH, self.verify, methods=["GET"]), Route(PATH, self.receive, methods=["POST"])]

    async def start(self) -> None:
        """Nothing to begin: the platform calls."""

    def begin_stop(self) -> None:
        """Mark nothing as read any more."""
        self._is_stopping = True

    async def stop(self) -> None:
        """End what is under way, within a second."""
        self.begin_stop()
        marks = list(self._marks)
        for mark in marks:
            mark.cancel()
        if marks:
            await asyncio.wait(marks, timeout=STOP_SECONDS)
        await self._graph.close()

    async def verify(self, request: Request) -> Response:
        """The set-up of the webhook: the challenge comes back to whoever knows the verify token."""
        query = request.query_params
        challenge = query.get("hub.challenge", "")
        is_ours = is_verify_token(query.get("hub.verify_token", ""), self._settings.verify_token)
        if query.get("hub.mode") != "subscribe" or not is_ours or not 0 < len(challenge) <= MAX_CHALLENGE_CHARS:
            return _error("wrong_verify_token", "The verify token is not that of SAFAR_WHATSAPP_VERIFY_TOKEN.", 403)
        return PlainTextResponse(challenge)

    async def receive(self, request: Request) -> Response:
        """A webhook: 401 unless it is signed, 503 while it cannot be stored, so that the platform brings it again."""
        body = await _body(request)
        if body is None:
            return _error("too_large", f"A webhook may have {MAX_WEBHOOK_BYTES} bytes.", 413)
        if not is_genuine(body, request.headers.get(SIGNATURE_HEADER), self._settings.app_secret):
            self._log_refusal()
            return _error("wrong_signature", "The signature is absent or not made with the secret of the app.", 401)
        try:
            await self._store(self._read(body))
        except Exception as error:  # whatever keeps a message from being stored: it must come again
            log.error("a webhook of WhatsApp could not be stored (%s)", failure_code(error))
            return _error("not_stored", "This could not be stored; please deliver it again.", 503)
        return Response(status_code=200)

    def _read(self, body: bytes) -> Reading:
        """What is in the body; what is genuine but cannot be read is logged as a code and counts as taken."""
        try:
            reading = read_all(_json(body), self._clock(), self._settings.phone_number_id)
        except UnreadableError as problem:
            reading = Reading(problems=[str(problem)])
        for problem_code in reading.problems:
            log.warning("a part of a webhook of WhatsApp cannot be read (%s)", problem_code)
        for code in reading.platform_errors:
            log.warning("WhatsApp reports %s (code %d)", reason_of(code), code)
        return reading

    async def _store(self, reading: Reading) -> None:
        for event in reading.events:
            if isinstance(event, IncomingMessage):
                await self._door.receive(event)
                self._begin_mark(event.platform_id)
            elif isinstance(event, DeliveryMark):
                await self._door.mark(event)

    def _begin_mark(self, platform_id: str | None) -> None:
        if platform_id is None or self._is_stopping or len(self._marks) >= MAX_MARKS_UNDER_WAY:
            return
        mark = asyncio.create_task(self._mark_as_read(platform_id))
        self._marks.add(mark)
        mark.add_done_callback(self._marks.discard)

    async def _mark_as_read(self, platform_id: str) -> None:
        """A courtesy: what hinders it is told by the messages themselves."""
        try:
            await self._graph.mark_as_read(platform_id)
        except SendError as error:
            log.info("a message was not marked as read (%s)", error.reason)

    def _log_refusal(self) -> None:
        """Once a minute at most: a stranger must not fill the log, a wrong secret must be seen."""
        if time.monotonic() - self._refusal_logged_at >= REFUSAL_LOG_SECONDS:
            self._refusal_logged_at = time.monotonic()
            log.warning("a webhook was refused: its signature is wrong. Is SAFAR_WHATSAPP_APP_SECRET right?")


async def _body(request: Request) -> bytes | None:
    """The raw body; None when it is larger than the platform's largest."""
    chunks, size = [], 0
    async for chunk in request.stream():
        size += len(chunk)
        if size > MAX_WEBHOOK_BYTES:
            return None
        chunks.append(chunk)
    return b"".join(chunks)


def _json(body: bytes) -> Mapping[str, Any]:
    try:
        raw = json.loads(body.decode("utf-8"))
    except (ValueError, RecursionError):
        raise UnreadableError("not_json") from None
    if not isinstance(raw, dict):
        raise UnreadableError("no_object")
    return raw


def _error(code: str, sentence: str, status: int) -> Response:
    return JSONResponse({"error": {"code": code, "message": sentence}}, status)
