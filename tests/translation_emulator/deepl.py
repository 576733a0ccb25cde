"""DeepL: POST /v2/translate and GET /v2/usage, written from https://developers.deepl.com/api-reference/translate."""

from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from tests.translation_emulator.serving import Emulator, refused

BETA = {"UZ", "TG", "KY", "KK"}
SOURCES = {"RU", "EN", *BETA}
TARGETS = {"RU", "EN-GB", "EN-US", *BETA}
MESSAGES = {
    400: "Bad request",
    403: "Invalid authentication",
    413: "Request entity too large",
    429: "Too many requests",
    456: "Quota exceeded",
    500: "Internal server error",
    529: "Too many requests",
}


class DeepLEmulator(Emulator):
    """An account with one key."""

    key = "emulated-key:fx"

    def routes(self) -> list[BaseRoute]:
        """The two calls."""
        return [
            Route("/v2/translate", self._translate, methods=["POST"]),
            Route("/v2/usage", self._usage, methods=["GET"]),
        ]

    def error(self, status: int) -> Response:
        """`{"message": …}`."""
        return refused(status, MESSAGES.get(status, "error"), "message")

    async def _usage(self, request: Request) -> Response:
        if not self._is_known(request):
            return self.error(403)
        return JSONResponse({"character_count": 1200, "character_limit": 500_000})

    async def _translate(self, request: Request) -> Response:
        if not self._is_known(request):
            return self.error(403)
        return await self.after_trouble(request, self._answer)

    async def _answer(self, body: dict[str, Any]) -> Response:
        source, target, texts = body.get("source_lang"), body.get("target_lang"), body.get("text")
        if not isinstance(texts, list) or not 1 <= len(texts) <= 50:
            return refused(400, "Parameter 'text' not specified.", "message")
        for name, value, known in (("source_lang", source, SOURCES), ("target_lang", target, TARGETS)):
            is_beta = value in BETA and not body.get("enable_beta_languages")
            if (value is not None and value not in known) or is_beta:
                return refused(400, f"Value for '{name}' not supported.", "message")
        rows = [
            {"detected_source_language": source, "text": self.translated(text, str(source), str(target))}
            for text in texts
        ]
        return JSONResponse({"translations": rows})

    def _is_known(self, request: Request) -> bool:
        return request.headers.get("authorization") == f"DeepL-Auth-Key {self.key}"
