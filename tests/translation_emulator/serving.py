"""A service on loopback in a thread of the test: what it was asked, what it does wrong next."""

import asyncio
import socket
import threading
import time
from collections import deque
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute

Answer = Callable[[Mapping[str, Any]], Response]


@dataclass(frozen=True)
class Trouble:
    """What happens to one translation: a wait, then an error status, or an answer that is no JSON or not the right one.

    `status` alone answers as the service does for it.
    """

    slow_seconds: float = 0.0
    status: int | None = None
    body: str | None = None


class Emulator:
    """One service; `asked` has the bodies of the translations that it was asked for, `violations` what was wrong."""

    def __init__(self) -> None:
        self.asked: list[dict[str, Any]] = []
        self.violations: list[str] = []
        self.troubles: deque[Trouble] = deque()
        self.words: dict[str, str] = {}
        self.url = ""
        self._server: uvicorn.Server | None = None
        self._thread: threading.Thread | None = None

    def routes(self) -> list[BaseRoute]:
        """The service's calls."""
        raise AssertionError("each service has its own")

    def error(self, status: int) -> Response:
        """An error as this service says it."""
        raise AssertionError("each service has its own")

    def translated(self, text: str, source: str, target: str) -> str:
        """What a test has taught, else the text with the direction before it."""
        return self.words.get(text, f"[{source.lower()}→{target.lower()}] {text}")

    async def after_trouble(self, request: Request, answer: Callable[[Any], Awaitable[Response]]) -> Response:
        """The answer to a translation, or what goes wrong with it."""
        body = await request.json()
        self.asked.append(body)
        trouble = self.troubles.popleft() if self.troubles else Trouble()
        await asyncio.sleep(trouble.slow_seconds)
        if trouble.body is not None:
            return Response(trouble.body, trouble.status or 200, media_type="application/json")
        return self.error(trouble.status) if trouble.status else await answer(body)

    def __enter__(self) -> "Emulator":
        listening = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{listening.getsockname()[1]}"
        config = uvicorn.Config(
            Starlette(routes=self.routes()), log_config=None, ws="none", timeout_graceful_shutdown=1
        )
        self._server = uvicorn.Server(config)
        self._thread = threading.Thread(target=self._server.run, kwargs={"sockets": [listening]}, daemon=True)
        self._thread.start()
        while not self._server.started:
            assert self._thread.is_alive()
            time.sleep(0.01)
        return self

    def __exit__(self, *error: object) -> None:
        assert self._server and self._thread
        self._server.should_exit = True
        self._thread.join(10)


def refused(status: int, message: str, name: str) -> Response:
    """An error body with one key."""
    return JSONResponse({name: message}, status)
