"""What stands around every request: a limit on its size, safe headers, and no traceback for anybody."""

import logging
from collections.abc import Mapping

from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot.channels.channel import RefusedMessageError
from bot.failures import failure_code
from bot.limits import MAX_BODY_BYTES

SAFE_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
}
BODY_BYTES = {"/telegram/webhook": 1024 * 1024, "/whatsapp/webhook": 3 * 1024 * 1024}
"""What the platforms send may be longer than what people's browsers send; each checks first who has sent it."""
CODES = {404: "not_found", 405: "method_not_allowed"}

log = logging.getLogger(__name__)


class TooLargeError(Exception):
    """The body of a request is larger than what is taken at its path."""


class Guard:
    """ASGI middleware, the outermost of ours."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """See the module."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        has_begun = False

        async def send_safely(message: Message) -> None:
            nonlocal has_begun
            if message["type"] == "http.response.start":
                has_begun = True
                headers = MutableHeaders(scope=message)
                for name, value in SAFE_HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        try:
            await self._app(scope, _limited(scope, receive), send_safely)
        except TooLargeError:
            sentence = f"A request may have {_limit(scope)} bytes."
            await error_response("too_large", sentence, 413, {"Connection": "close"})(scope, receive, send_safely)
        except Exception as error:
            log.error("%s %s has failed (%s)", scope["method"], scope["path"], failure_code(error))
            if has_begun:
                raise
            sentence = "Something went wrong here. Nothing is lost: please send the same again."
            await error_response("unavailable", sentence, 503, {"Retry-After": "2"})(scope, receive, send_safely)


def error_response(code: str, sentence: str, status: int, headers: Mapping[str, str] | None = None) -> Response:
    """An error as the contract has it."""
    return JSONResponse({"error": {"code": code, "message": sentence}}, status, headers)


async def refused(_request: Request, error: Exception) -> Response:
    """For `RefusedMessageError`."""
    if not isinstance(error, RefusedMessageError):
        raise error
    headers = {"Retry-After": "30"} if error.status == 429 else None
    if error.status == 401:
        headers = {"WWW-Authenticate": "Bearer"}
    return error_response(error.code, error.sentence, error.status, headers)


async def not_served(_request: Request, error: Exception) -> Response:
    """For what the routes themselves refuse."""
    if not isinstance(error, HTTPException):
        raise error
    return error_response(CODES.get(error.status_code, "error"), str(error.detail), error.status_code, error.headers)


def _limit(scope: Scope) -> int:
    return BODY_BYTES.get(scope["path"], MAX_BODY_BYTES)


def _limited(scope: Scope, receive: Receive) -> Receive:
    announced = Headers(scope=scope).get("content-length", "0")
    limit = _limit(scope)
    taken = 0

    async def receive_limited() -> Message:
        nonlocal taken
        if announced.isdigit() and int(announced[:12]) > limit:
            raise TooLargeError
        message = await receive()
        taken += len(message.get("body", b""))
        if taken > limit:
            raise TooLargeError
        return message

    return receive_limited
