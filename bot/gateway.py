"""The gateway: receive, store, look for danger, gate, ask, deliver. `python -m bot.gateway` starts it."""

import os
import signal
import socket
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import uvicorn
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot.assembly import Gateway, assemble
from bot.channels.channel import RefusedMessageError
from bot.ground import GroundError
from bot.guard import Guard, not_served, refused
from bot.metrics import count_into
from conversations.database import DatabaseUnreachableError
from foundation.clock import Clock, utc_now
from foundation.logs import set_up_logs
from foundation.settings import SettingError, Settings, load_settings
from language.identify import Identifier, IdentifierError

GRACEFUL_SECONDS = 2
KEEP_ALIVE_SECONDS = 30


def create_gateway(settings: Settings, identifier: Identifier, clock: Clock = utc_now) -> Starlette:
    """The gateway as an ASGI application; `app.state.gateway` holds its parts. Raises `DatabaseUnreachableError`."""
    gateway = assemble(settings, identifier, clock)

    @asynccontextmanager
    async def life(_app: Starlette) -> AsyncIterator[None]:
        await gateway.start()
        yield
        await gateway.stop()

    async def health(_request: Request) -> Response:
        return JSONResponse({"status": "ok"})

    async def ready(_request: Request) -> Response:
        missing = await gateway.readiness.missing()
        return JSONResponse({"ready": not missing, "missing": missing}, 503 if missing else 200)

    app = Starlette(
        routes=[
            Route("/health", health),
            Route("/ready", ready),
            *gateway.web.routes(),
            *(route for messenger in gateway.messengers for route in messenger.routes()),
        ],
        middleware=[Middleware(Guard), *_cross_origin(settings.allowed_origins)],
        exception_handlers={RefusedMessageError: refused, HTTPException: not_served},
        lifespan=life,
    )
    app.state.gateway = gateway
    return app


class GatewayServer(uvicorn.Server):
    """Uvicorn; on the first signal nobody waits for news any more, and no new message is begun."""

    def __init__(self, config: uvicorn.Config, gateway: Gateway) -> None:
        super().__init__(config)
        self._gateway = gateway

    def handle_exit(self, sig: int, frame: Any) -> None:
        """On SIGTERM and SIGINT."""
        self._gateway.begin_stop()
        super().handle_exit(sig, frame)


def server_of(app: Starlette) -> GatewayServer:
    """The server of a gateway; give it sockets to listen on."""
    config = uvicorn.Config(
        app,
        log_config=None,
        access_log=False,
        ws="none",
        server_header=False,
        lifespan="on",
        timeout_graceful_shutdown=GRACEFUL_SECONDS,
        timeout_keep_alive=KEEP_ALIVE_SECONDS,
    )
    return GatewayServer(config, app.state.gateway)


def main() -> int:
    """Serve until a signal comes; gives the exit status."""
    set_up_logs("gateway")
    try:
        settings = load_settings(os.environ)
        listening = _listen(settings.host, settings.port)
        count_into(settings.home / "run" / "metrics")
        app = create_gateway(settings, Identifier.load())
    except (SettingError, DatabaseUnreachableError, IdentifierError, GroundError, _NotListeningError) as error:
        print(f"gateway: {error}", file=sys.stderr)
        return 1
    for kind in (signal.SIGTERM, signal.SIGINT):
        signal.signal(kind, _nothing_more)
    host, port = listening.getsockname()[:2]
    print(f"gateway: listening on http://{host}:{port}", file=sys.stderr, flush=True)
    server = server_of(app)
    server.run(sockets=[listening])
    return 0 if server.started else 1


class _NotListeningError(Exception):
    """The gateway's port cannot be had."""


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.socket(family, socket.SOCK_STREAM)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((host, port))
    except OSError as error:
        listening.close()
        reason = f"{host}:{port} cannot be used ({error.strerror})"
        raise _NotListeningError(f"{reason}: set SAFAR_HOST or SAFAR_PORT") from error
    return listening


def _cross_origin(origins: tuple[str, ...]) -> list[Middleware]:
    if not origins:
        return []
    return [
        Middleware(
            CORSMiddleware,
            allow_origins=origins,
            allow_methods=["GET", "POST"],
            allow_headers=["Authorization", "Content-Type"],
            max_age=600,
        )
    ]


def _nothing_more(_signal: int, _frame: Any) -> None:
    """Uvicorn sends itself the signal again when it has ended; by then everything is done."""


if __name__ == "__main__":
    sys.exit(main())
