"""What people have sent to the number: the address of a media id, then the file, both with the token.

https://developers.facebook.com/documentation/business-messaging/whatsapp/business-phone-numbers/media: the address is
good for five minutes, so it is asked for anew at each attempt.
"""

from urllib.parse import urlsplit

import httpx

from bot.channels.channel import SendError
from bot.channels.fetching import TIMEOUT, FetchError, download
from bot.channels.whatsapp.graph import GraphApi
from bot.channels.whatsapp.settings import WhatsAppSettings

HOSTS = (".fbsbx.com", ".facebook.com", ".fbcdn.net", ".whatsapp.net")
"""Those of Meta: the token goes nowhere else."""


class WhatsAppFetcher:
    """Implements `Fetcher`."""

    def __init__(self, graph: GraphApi, settings: WhatsAppSettings) -> None:
        self._graph = graph
        self._api_url = settings.api_url
        self._token = settings.token
        self._client = httpx.AsyncClient(timeout=TIMEOUT)

    async def fetch(self, reference: str, max_bytes: int) -> bytes:
        """See `Fetcher.fetch`."""
        try:
            url, size_bytes = await self._graph.media(reference)
        except SendError as error:
            pause = error.retry_after_seconds
            raise FetchError(error.reason, is_retryable=error.is_retryable, retry_after_seconds=pause) from None
        if size_bytes > max_bytes:
            raise FetchError("too_large", is_retryable=False)
        if not self._is_of_platform(url):
            raise FetchError("bad_answer", is_retryable=False)
        return await download(self._client, url, max_bytes, {"authorization": f"Bearer {self._token}"})

    async def close(self) -> None:
        """Let the connections go."""
        await self._client.aclose()

    def _is_of_platform(self, url: str) -> bool:
        """By https at Meta's, or where the host has set the Graph API to be (a test server)."""
        try:
            parts, own = urlsplit(url), urlsplit(self._api_url)
        except ValueError:
            return False
        is_metas = parts.scheme == "https" and f".{parts.hostname or ''}".endswith(HOSTS)
        return is_metas or (parts.scheme, parts.netloc) == (own.scheme, own.netloc)
