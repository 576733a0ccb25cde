"""Asks a service that speaks OpenAI's interface to turn one voice message into text.

https://platform.openai.com/docs/api-reference/audio/createTranscription: POST /v1/audio/transcriptions, multipart with
`file`, `model`, optionally `language` (ISO 639-1), `response_format`; the answer is `{"text": …}`, with
`verbose_json` more beside it. Own servers (faster-whisper, LocalAI, vLLM …) speak the same.
"""

import json
import logging

import httpx

from bot.speech.settings import SpeechSettings
from conversations.reply import Attachment

ANSWER_SECONDS = 25.0
"""So long a person waits for one attempt; a voice message of three minutes takes a common service ten seconds."""
MAX_ANSWER_BYTES = 256 * 1024
MAX_RETRY_AFTER_SECONDS = 20.0
_SILENT = ("httpx", "httpcore")


class RecogniserError(Exception):
    """There is no text; `is_retryable` says whether a later attempt can succeed, `reason` is a code."""

    def __init__(self, reason: str, *, is_retryable: bool, retry_after_seconds: float | None = None) -> None:
        super().__init__(reason)
        self.reason = reason
        self.is_retryable = is_retryable
        self.retry_after_seconds = retry_after_seconds


class Recogniser:
    """One service. The voice is in memory only, and nothing of it or of the text is in an exception or a log."""

    def __init__(self, settings: SpeechSettings, answer_seconds: float = ANSWER_SECONDS) -> None:
        self.settings = settings
        self._url = f"{settings.url}/v1/audio/transcriptions"
        headers = {"authorization": f"Bearer {settings.key}"} if settings.key else {}
        timeout = httpx.Timeout(answer_seconds, connect=5.0)
        self._client = httpx.AsyncClient(headers=headers, timeout=timeout, trust_env=settings.is_outside)
        for name in _SILENT:
            logging.getLogger(name).setLevel(logging.WARNING)

    async def text_of(self, voice: Attachment, language: str | None = None) -> str:
        """What is said, perhaps nothing; raises `RecogniserError`.

        `language` is a hint (ISO 639-1): a service that does not know it is asked again without.
        """
        form = {"model": self.settings.model, "response_format": "json"}
        hint = {"language": language} if language else {}
        try:
            return await self._ask(voice, form | hint)
        except RecogniserError as error:
            if not hint or error.reason not in ("http_400", "http_422"):
                raise
        return await self._ask(voice, form)

    async def close(self) -> None:
        """Let the connections go."""
        await self._client.aclose()

    async def _ask(self, voice: Attachment, form: dict[str, str]) -> str:
        file = {"file": (voice.name, voice.content, voice.media_type)}
        try:
            async with self._client.stream("POST", self._url, data=form, files=file) as response:
                if response.status_code != 200:
                    raise _refusal(response)
                return _text(await _bounded(response))
        except httpx.TimeoutException:
            raise RecogniserError("no_answer", is_retryable=False) from None
        except httpx.HTTPError:
            raise RecogniserError("no_connection", is_retryable=True) from None


async def _bounded(response: httpx.Response) -> bytes:
    content = bytearray()
    async for chunk in response.aiter_bytes():
        content += chunk
        if len(content) > MAX_ANSWER_BYTES:
            raise RecogniserError("bad_answer", is_retryable=False)
    return bytes(content)


def _text(content: bytes) -> str:
    try:
        answer = json.loads(content)
    except (ValueError, RecursionError):
        raise RecogniserError("bad_answer", is_retryable=True) from None
    text = answer.get("text") if isinstance(answer, dict) else None
    if not isinstance(text, str):
        raise RecogniserError("bad_answer", is_retryable=True)
    return text


def _refusal(response: httpx.Response) -> RecogniserError:
    status = response.status_code
    given = response.headers.get("retry-after", "").strip()
    pause = float(given[:6]) if given.isascii() and given.isdigit() else None
    is_soon = pause is None or pause <= MAX_RETRY_AFTER_SECONDS
    is_retryable = (status == 429 or status >= 500) and is_soon
    return RecogniserError(f"http_{status}", is_retryable=is_retryable, retry_after_seconds=pause)
