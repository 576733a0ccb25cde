"""How the emulated Cloud API can misbehave."""

from dataclasses import dataclass

from starlette.responses import Response
from starlette.types import Receive, Scope, Send


@dataclass(frozen=True)
class Trouble:
    """What happens to one call of a kind (send, read, upload): wait, then an error, or an answer that breaks off.

    Nothing of the call is carried out, unless `is_after_taking`.
    """

    of: str = "send"
    slow_seconds: float = 0.0
    status: int | None = None
    code: int | None = None
    retry_after: str | None = None
    is_reset: bool = False
    is_after_taking: bool = False


class BrokenResponse(Response):
    """The connection breaks off in the middle of the answer."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Begin, and end without an end."""
        headers = [(b"content-type", b"application/json"), (b"content-length", b"1000")]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": b'{"', "more_body": True})
