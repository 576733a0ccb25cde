"""LibreTranslate: POST /translate and GET /languages, as https://docs.libretranslate.com describes them."""

from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from tests.translation_emulator.serving import Emulator, refused

MESSAGES = {
    400: "Invalid request",
    403: "Invalid API key",
    429: "Slowdown: too many requests",
    500: "Cannot translate text",
}


class LibreTranslateEmulator(Emulator):
    """A server with the models of some languages, and a key where it wants one."""

    def __init__(self, languages: tuple[str, ...] = ("ru", "en", "tg", "kk", "ky", "uz"), key: str = "") -> None:
        super().__init__()
        self.languages = languages
        self.key = key

    def routes(self) -> list[BaseRoute]:
        """The two calls."""
        return [
            Route("/translate", self._translate, methods=["POST"]),
            Route("/languages", self._languages, methods=["GET"]),
        ]

    def error(self, status: int) -> Response:
        """`{"error": …}`."""
        return refused(status, MESSAGES.get(status, "error"), "error")

    async def _languages(self, request: Request) -> Response:
        rows = [{"code": code, "name": code, "targets": list(self.languages)} for code in self.languages]
        return JSONResponse(rows)

    async def _translate(self, request: Request) -> Response:
        return await self.after_trouble(request, self._answer)

    async def _answer(self, body: dict[str, Any]) -> Response:
        self._check(body)
        if self.key and body.get("api_key") != self.key:
            return self.error(403)
        for name in ("q", "source", "target"):
            if not body.get(name):
                return refused(400, f"Invalid request: missing {name} parameter", "error")
        if not {body["source"], body["target"]} <= set(self.languages):
            return refused(400, f"{body['target']} is not supported", "error")
        return JSONResponse({"translatedText": self.translated(body["q"], body["source"], body["target"])})

    def _check(self, body: dict[str, Any]) -> None:
        if set(body) - {"q", "source", "target", "format", "api_key"} or body.get("format") not in ("text", "html"):
            self.violations.append(f"not a request of the documentation: {sorted(body)}")
