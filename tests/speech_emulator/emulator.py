"""A service of OpenAI's interface for speech on loopback: checks every call, says what it is told, and can misbehave.

https://platform.openai.com/docs/api-reference/audio/createTranscription
"""

import asyncio
import json
import socket
import threading
import time
from collections import deque
from dataclasses import dataclass, field
from typing import Any

import uvicorn
from starlette.applications import Starlette
from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

KEY = "sk-emulated"
ENDINGS = ("flac", "mp3", "mp4", "mpeg", "mpga", "m4a", "ogg", "wav", "webm")
FORMATS = ("json", "text", "srt", "verbose_json", "vtt", "diarized_json")
MAX_FILE_BYTES = 25 * 1024 * 1024
KNOWN_FIELDS = {"file", "model", "language", "prompt", "response_format", "temperature"}
# The service takes a language by its ISO 639-1 code; those it does not know it refuses.
LANGUAGES = ("ru", "kk", "en", "uz", "tg")


@dataclass(frozen=True)
class Fault:
    """What happens to one call: wait, then this status, body and Retry-After; `is_reset` breaks the connection."""

    status: int = 200
    body: str | None = None
    retry_after: str | None = None
    slow_seconds: float = 0.0
    is_reset: bool = False


@dataclass(frozen=True)
class Heard:
    """One call that was understood: what was sent, and with which fields."""

    content: bytes
    name: str
    media_type: str
    fields: dict[str, str]


@dataclass
class SpeechEmulator:
    """Says `texts[content]` of a recording, else `text`. `violations` names each rule that a call has broken."""

    key: str = KEY
    text: str = "нужна помощь"
    texts: dict[bytes, str] = field(default_factory=dict)
    heard: list[Heard] = field(default_factory=list)
    violations: list[str] = field(default_factory=list)
    calls: int = 0
    url: str = ""
    _faults: deque[Fault] = field(default_factory=deque)
    _server: uvicorn.Server | None = None
    _thread: threading.Thread | None = None

    def __enter__(self) -> "SpeechEmulator":
        listening = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{listening.getsockname()[1]}"
        app = Starlette(routes=[Route("/v1/audio/transcriptions", self._transcribe, methods=["POST"])])
        self._server = uvicorn.Server(uvicorn.Config(app, log_config=None, lifespan="off", ws="none"))
        self._thread = threading.Thread(target=self._server.run, kwargs={"sockets": [listening]}, daemon=True)
        self._thread.start()
        while not self._server.started:
            time.sleep(0.005)
        return self

    def __exit__(self, *_: object) -> None:
        if self._server and self._thread:
            self._server.should_exit = self._server.force_exit = True
            self._thread.join(10)

    def environ(self) -> dict[str, str]:
        """The settings with which Safar uses it."""
        return {"SAFAR_SPEECH_URL": self.url, "SAFAR_SPEECH_KEY": self.key, "SAFAR_SPEECH_MODEL": "whisper-1"}

    def misbehave(self, times: int = 1, **fault: Any) -> None:
        """Do this to the next calls; the fields are those of `Fault`."""
        self._faults.extend([Fault(**fault)] * times)

    async def _transcribe(self, request: Request) -> Response:
        self.calls += 1
        fault = self._faults.popleft() if self._faults else Fault()
        await asyncio.sleep(fault.slow_seconds)
        if fault.is_reset:
            request.receive.__self__.transport.abort()  # type: ignore[attr-defined]
            return Response(status_code=500)
        if fault.status != 200 or fault.body is not None:
            headers = {"retry-after": fault.retry_after} if fault.retry_after else {}
            return Response(fault.body or '{"error": {"message": "as the test wishes"}}', fault.status, headers)
        if request.headers.get("authorization") != f"Bearer {self.key}":
            return _error(401, "Incorrect API key provided.")
        async with request.form() as form:
            return await self._answer(dict(form))

    async def _answer(self, form: dict[str, Any]) -> Response:
        file, fields = form.pop("file", None), {name: str(value) for name, value in form.items()}
        unknown = fields.keys() - KNOWN_FIELDS
        if unknown or not isinstance(file, UploadFile) or not fields.get("model"):
            self.violations.append(f"fields: {sorted(fields)}, file: {isinstance(file, UploadFile)}")
            return _error(400, "file and model are required")
        if fields.get("language") not in (None, *LANGUAGES):
            return _error(400, f"language {fields['language']!r} is not supported")
        content, name = await file.read(), file.filename or ""
        if name.rpartition(".")[2] not in ENDINGS or len(content) > MAX_FILE_BYTES:
            self.violations.append(f"file: {name}, {len(content)} bytes")
            return _error(400, "Invalid file format.")
        self.heard.append(Heard(content, name, file.content_type or "", fields))
        text = self.texts.get(content, self.text)
        if fields.get("response_format") == "verbose_json":
            return JSONResponse({"task": "transcribe", "language": "russian", "duration": 1.0, "text": text})
        return Response(json.dumps({"text": text}, ensure_ascii=False), media_type="application/json")


def _error(status: int, message: str) -> Response:
    return JSONResponse({"error": {"message": message, "type": "invalid_request_error", "code": None}}, status)
