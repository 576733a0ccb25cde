"""A translation service named by its address: what it can be asked for, and how it fails."""

import asyncio
import logging
from collections.abc import Awaitable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol, TypeVar
from urllib.parse import urlsplit

import httpx

from foundation.settings import Settings
from language.transliteration import uzbek_to_cyrillic, uzbek_to_latin
from language.variants import language_of

LONGEST_SECONDS = 5.0
"""An operator waits no longer for one translation; the page never waits."""
MAX_CHARS = 4000
_SILENT = ("httpx", "httpcore")

FAULTS = ("slow", "unreachable", "busy", "refused", "broken", "lacks_language", "too_long")

log = logging.getLogger(__name__)

Found = TypeVar("Found")


class TranslationError(Exception):
    """No translation; `fault` is one of `FAULTS`, for which the console has a sentence `console_translate_<fault>`."""

    def __init__(self, fault: str) -> None:
        super().__init__(fault)
        self.fault = fault


class Service(Protocol):
    """What each kind of service does; languages are codes of ours without a script: ru, uz, tg, ky, kk, en."""

    async def translate(self, text: str, source: str, target: str) -> str:
        """The text in another language; raises `TranslationError`."""

    async def languages(self) -> frozenset[str]:
        """Those of our languages that it knows, which also shows that address and key are right.

        Raises `TranslationError`.
        """


@dataclass(frozen=True)
class Translator:
    """One service. `host` is where words go, as operators are told."""

    host: str
    service: Service
    longest_seconds: float = LONGEST_SECONDS

    async def translate(self, text: str, source: str, target: str) -> str:
        """From one of our variants into another; raises `TranslationError`, at the latest after `longest_seconds`."""
        if len(text) > MAX_CHARS:
            raise TranslationError("too_long")
        (of_text, script), (wanted, _) = language_of(source), language_of(target)
        asked = uzbek_to_latin(text) if (of_text, script) == ("uz", "Cyrl") else text
        translated = asked if of_text == wanted else await self._ask(asked, of_text, wanted)
        return _in_script(translated, target)

    async def languages(self) -> frozenset[str]:
        """Those of our languages that the service knows; raises `TranslationError`."""
        return await self._within(self.service.languages())

    async def _ask(self, text: str, source: str, target: str) -> str:
        return await self._within(self.service.translate(text, source, target))

    async def _within(self, asking: Awaitable[Found]) -> Found:
        try:
            return await asyncio.wait_for(asking, self.longest_seconds)
        except TimeoutError:
            raise TranslationError("slow") from None


async def call(client: httpx.AsyncClient, method: str, address: str, **content: Any) -> httpx.Response:
    """One call; what the network does becomes a `TranslationError`, what the service answers does not."""
    try:
        return await client.request(method, address, **content)
    except httpx.TimeoutException:
        raise TranslationError("slow") from None
    except (httpx.HTTPError, httpx.InvalidURL):
        raise TranslationError("unreachable") from None


def quiet_client(headers: Mapping[str, str] | None = None) -> httpx.AsyncClient:
    """A client whose library logs nothing: its lines would hold addresses."""
    for name in _SILENT:
        logging.getLogger(name).setLevel(logging.WARNING)
    return httpx.AsyncClient(headers=dict(headers or {}), timeout=httpx.Timeout(LONGEST_SECONDS))


def document_of(response: httpx.Response) -> Any:
    """The JSON of an answer; raises `TranslationError`."""
    try:
        return response.json()
    except (ValueError, RecursionError):
        raise TranslationError("broken") from None


def refusal(status: int, faults: Mapping[int, str]) -> TranslationError:
    """The error of a status that is not a success, logged by its number alone."""
    log.warning("the translation service has refused a call (HTTP %d)", status)
    return TranslationError(faults.get(status, "broken"))


def host_of(settings: Settings) -> str:
    """The host to which words would go; empty where translation is off."""
    parts = urlsplit(settings.translate_url)
    return f"{parts.hostname}:{parts.port}" if parts.port else parts.hostname or ""


def _in_script(text: str, variant: str) -> str:
    """Uzbek in the script of its variant: services answer in either, and some in both."""
    if variant == "uz":
        return uzbek_to_latin(text)
    return uzbek_to_cyrillic(text) if variant == "uz-Cyrl" else text
