"""The Graph API over plain HTTP: send a message, upload a file, mark as read; a refusal becomes a `SendError`."""

import logging
from collections.abc import Mapping
from email.utils import parsedate_to_datetime
from typing import Any

import httpx

from bot.channels.channel import SendError
from bot.channels.whatsapp.errors import fault_of
from bot.channels.whatsapp.limits import API_VERSION
from bot.channels.whatsapp.settings import WhatsAppSettings
from conversations.reply import Attachment
from foundation.clock import Clock

TIMEOUT = httpx.Timeout(10.0, connect=5.0, read=20.0, write=20.0)
MAX_RETRY_AFTER_SECONDS = 3600.0
_SILENT = ("httpx", "httpcore")

log = logging.getLogger(__name__)


class GraphApi:
    """One phone number's calls. The token is in no address, no exception and no log."""

    def __init__(self, settings: WhatsAppSettings, clock: Clock) -> None:
        self._clock = clock
        self._number = f"{settings.api_url}/{API_VERSION}/{settings.phone_number_id}"
        self._client = httpx.AsyncClient(headers={"authorization": f"Bearer {settings.token}"}, timeout=TIMEOUT)
        for name in _SILENT:
            logging.getLogger(name).setLevel(logging.WARNING)

    async def send(self, message: Mapping[str, Any]) -> str:
        """Send a message; gives the platform's id of it."""
        answer = await self._call("POST", "/messages", json={"messaging_product": "whatsapp", **message})
        return _text(_first(answer, "messages"), "id")

    async def upload(self, file: Attachment) -> str:
        """Upload a file; gives the id by which it is sent."""
        form = {"messaging_product": "whatsapp", "type": file.media_type}
        sent = {"file": (file.name, file.content, file.media_type)}
        return _text(await self._call("POST", "/media", data=form, files=sent), "id")

    async def mark_as_read(self, platform_id: str) -> None:
        """Mark a person's message as read, and show that we are typing (25 seconds, or until we answer).

        https://developers.facebook.com/documentation/business-messaging/whatsapp/typing-indicators
        """
        typing = {"status": "read", "message_id": platform_id, "typing_indicator": {"type": "text"}}
        await self._call("POST", "/messages", json={"messaging_product": "whatsapp", **typing})

    async def display_number(self) -> str:
        """The phone number that people write to: shows that token and number go together."""
        answer = await self._call("GET", "?fields=display_phone_number")
        return _text(answer, "display_phone_number")

    async def close(self) -> None:
        """Let go of the connections."""
        await self._client.aclose()

    async def _call(self, method: str, path: str, **content: Any) -> Mapping[str, Any]:
        try:
            response = await self._client.request(method, self._number + path, **content)
        except httpx.TimeoutException:
            raise SendError("no_answer", is_retryable=True) from None
        except httpx.RequestError:
            raise SendError("no_connection", is_retryable=True) from None
        answer = _object(response)
        if not response.is_success or "error" in answer:
            raise self._refusal(response, answer)
        return answer

    def _refusal(self, response: httpx.Response, answer: Mapping[str, Any]) -> SendError:
        error = answer.get("error")
        code = error.get("code") if isinstance(error, dict) else None
        code = code if isinstance(code, int) else None
        fault = fault_of(response.status_code, code)
        log.warning(
            "WhatsApp refused a call: %s (HTTP %d, code %s). %s", fault.reason, response.status_code, code, fault.advice
        )
        pause = self._retry_after(response) or fault.pause_seconds
        return SendError(fault.reason, is_retryable=fault.is_retryable, retry_after_seconds=pause)

    def _retry_after(self, response: httpx.Response) -> float | None:
        """The seconds of Retry-After, which may also be a date; None when it says nothing usable."""
        value = response.headers.get("retry-after", "").strip()
        if value.isascii() and value.isdigit():
            seconds = float(value[:9])
        else:
            try:
                seconds = (parsedate_to_datetime(value) - self._clock()).total_seconds()
            except (TypeError, ValueError):
                return None
        return min(seconds, MAX_RETRY_AFTER_SECONDS) if seconds > 0 else None


def _object(response: httpx.Response) -> Mapping[str, Any]:
    try:
        answer = response.json()
    except (ValueError, RecursionError):
        return {}
    return answer if isinstance(answer, dict) else {}


def _first(answer: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    found = answer.get(key)
    first = found[0] if isinstance(found, list) and found else None
    return first if isinstance(first, dict) else {}


def _text(answer: Mapping[str, Any], key: str) -> str:
    """A text of an answer; without it nobody can say what has become of the message: it is tried again."""
    found = answer.get(key)
    if not isinstance(found, str) or not found:
        raise SendError("bad_answer", is_retryable=True)
    return found
