"""The HTTP side of the emulator: `/bot<token>/<method>`, with the faults that were asked for."""

import asyncio
import json
import time
from dataclasses import dataclass, field
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.types import Receive, Scope, Send

from tests.telegram_emulator.faults import Fault, Faults
from tests.telegram_emulator.methods import Methods
from tests.telegram_emulator.rules import ApiError
from tests.telegram_emulator.world import World


@dataclass
class Call:
    """One call that came; `status` is what it was answered with, 0 while it is not (or never)."""

    method: str
    parameters: dict[str, Any]
    at: float
    status: int = 0


@dataclass
class BotApi:
    """An ASGI application."""

    token: str
    world: World
    methods: Methods
    faults: Faults
    calls: list[Call] = field(default_factory=list)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one call."""
        if scope["type"] != "http":
            return
        request = Request(scope, receive)
        prefix, _, method = request.url.path.removeprefix("/bot").partition("/")
        parameters = await _parameters(request)
        shown = {name: value for name, value in parameters.items() if not hasattr(value, "read")}
        call = Call(method, shown, time.monotonic())
        self.calls.append(call)
        answer = await self._answer(prefix, method, parameters, self.faults.next(method))
        if answer is None:
            receive.__self__.transport.abort()  # type: ignore[attr-defined]
        else:
            call.status = answer.status_code
            await answer(scope, receive, send)

    async def _answer(self, token: str, method: str, given: dict[str, Any], fault: Fault | None) -> Response | None:
        if token != self.token:
            return _error(ApiError(401, "Unauthorized"))
        if fault is None or fault.is_done:
            answer = await self._done(method, given)
            if fault is None:
                return answer
            await asyncio.sleep(fault.seconds)
            return None if fault.kind == "reset" else answer
        return _wrong(fault)

    async def _done(self, method: str, given: dict[str, Any]) -> Response:
        try:
            return JSONResponse({"ok": True, "result": await self.methods.call(method, given)})
        except ApiError as error:
            if error.is_violation:
                with self.world.lock:
                    self.world.violations.append(f"{method}: {error.words}")
            return _error(error)


def _wrong(fault: Fault) -> Response | None:
    match fault.kind:
        case "throttled":
            return _error(ApiError(429, fault.words, retry_after=int(fault.seconds)))
        case "status":
            return _error(ApiError(fault.status, fault.words))
        case "page":
            return Response("<html><body>502 Bad Gateway</body></html>", 502, media_type="text/html")
        case "garbage":
            return Response('{"ok": true, "result": [', 200, media_type="application/json")
    return None


def _error(error: ApiError) -> Response:
    body: dict[str, Any] = {"ok": False, "error_code": error.status, "description": error.words}
    return JSONResponse(body | ({"parameters": error.parameters} if error.parameters else {}), error.status)


async def _parameters(request: Request) -> dict[str, Any]:
    given: dict[str, Any] = dict(request.query_params)
    kind = request.headers.get("content-type", "")
    if kind.startswith("application/json"):
        sent: dict[str, Any] = json.loads(await request.body() or b"{}")
        return given | sent
    if kind.startswith(("multipart/form-data", "application/x-www-form-urlencoded")):
        form = dict(await request.form())
        return given | {name: _attached(value, form) for name, value in form.items() if not _is_part(name, form)}
    return given


def _attached(value: Any, form: dict[str, Any]) -> Any:
    """A file is either the parameter itself or a part of its own that `attach://` names."""
    return form.get(value.removeprefix("attach://")) if str(value).startswith("attach://") else value


def _is_part(name: str, form: dict[str, Any]) -> bool:
    return f"attach://{name}" in [value for value in form.values() if isinstance(value, str)]
