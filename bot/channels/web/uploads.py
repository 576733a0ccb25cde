"""Files from the page: POST /chat/api/files?id=<its own id>, the bytes as the body, while an operator is there."""

import asyncio

from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response

from bot.channels.channel import IncomingMessage, RefusedMessageError
from bot.files.harmless import harmless, kind_of
from bot.files.refusals import NOT_FETCHED, TOO_LARGE, RefusedFileError
from bot.ground import LiveGround
from bot.limits import check_id
from bot.reception import Reception
from bot.threads import Threads
from conversations.conversation import Conversation
from conversations.reply import Attachment
from foundation.clock import Clock

UPLOAD_SECONDS = 150.0
"""Longest time for one body: 10 MB over a slow mobile network."""
MAX_AT_ONCE = 4
NEEDS_A_PERSON = "file_needs_a_person"


class Uploads:
    """Takes one file as a message; nothing of it is written to a disk but the database."""

    def __init__(
        self,
        reception: Reception,
        ground: LiveGround,
        threads: Threads,
        max_file_mb: int,
        first_variant: str,
        clock: Clock,
    ) -> None:
        self._reception = reception
        self._ground = ground
        self._threads = threads
        self._max_file_mb = max_file_mb
        self._first_variant = first_variant
        self._clock = clock
        self._room = asyncio.Semaphore(MAX_AT_ONCE)

    @property
    def max_bytes(self) -> int:
        """The largest file that is taken."""
        return self._max_file_mb * 1_000_000

    async def take(self, request: Request, conversation: Conversation) -> Response:
        """Check it by its content, store it, then acknowledge it; raises `RefusedMessageError`."""
        message_id = check_id(request.query_params.get("id"))
        if conversation.state != "operator":
            raise self._refused(NEEDS_A_PERSON, conversation, 409)
        async with self._room:
            file = await self._file(request, conversation)
        channel, address = conversation.channel, conversation.address
        incoming = IncomingMessage(channel, address, message_id, "", None, self._clock(), kind_of(file), files=(file,))
        await self._reception.receive(conversation, incoming)
        return JSONResponse({"id": message_id}, 202)

    async def _file(self, request: Request, conversation: Conversation) -> Attachment:
        try:
            content = await self._body(request)
            return await self._threads.run(harmless, content, self.max_bytes)
        except RefusedFileError as error:
            raise self._refused(error.key, conversation, 413 if error.key == TOO_LARGE else 422) from None

    async def _body(self, request: Request) -> bytes:
        content = bytearray()
        try:
            async with asyncio.timeout(UPLOAD_SECONDS):
                async for chunk in request.stream():
                    content += chunk
                    if len(content) > self.max_bytes:
                        raise RefusedFileError(TOO_LARGE)
        except (TimeoutError, ClientDisconnect):
            raise RefusedFileError(NOT_FETCHED) from None
        return bytes(content)

    def _refused(self, key: str, conversation: Conversation, status: int) -> RefusedMessageError:
        variant = conversation.variant or self._first_variant
        sentence = self._ground.now().wording.text(key, variant, limit=self._max_file_mb)
        return RefusedMessageError(key, sentence, status)
