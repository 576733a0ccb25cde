"""Fetching what a person has sent to a messenger: the contract, and reading an answer no further than is allowed."""

from collections.abc import Mapping
from typing import Protocol

import httpx

FETCH_SECONDS = 30.0
"""Longest time for one file, however slowly it trickles."""
TIMEOUT = httpx.Timeout(15.0, connect=5.0)


class FetchError(Exception):
    """What was sent cannot be had; `is_retryable` says whether a later attempt can succeed, `reason` is a code.

    `too_large` is a reason of its own: the person is told.
    """

    def __init__(self, reason: str, *, is_retryable: bool, retry_after_seconds: float | None = None) -> None:
        super().__init__(reason)
        self.reason = reason
        self.is_retryable = is_retryable
        self.retry_after_seconds = retry_after_seconds

    @property
    def is_too_large(self) -> bool:
        """Whether there is more of it than was asked for."""
        return self.reason == "too_large"


class Fetcher(Protocol):
    """A messenger's way to what people have sent there."""

    async def fetch(self, reference: str, max_bytes: int) -> bytes:
        """The content behind the platform's reference; raises `FetchError`. Nothing is written to a disk."""


async def download(client: httpx.AsyncClient, url: str, max_bytes: int, headers: Mapping[str, str]) -> bytes:
    """GET an address and read at most `max_bytes`; raises `FetchError`, in which no address stands: they are secret."""
    try:
        async with client.stream("GET", url, headers=headers, follow_redirects=False) as response:
            if response.status_code != 200:
                is_later = response.status_code == 429 or response.status_code >= 500
                raise FetchError(f"http_{response.status_code}", is_retryable=is_later)
            return await _read(response, max_bytes)
    except httpx.TimeoutException:
        raise FetchError("no_answer", is_retryable=True) from None
    except (httpx.HTTPError, httpx.InvalidURL, httpx.StreamError):
        raise FetchError("no_connection", is_retryable=True) from None


async def _read(response: httpx.Response, max_bytes: int) -> bytes:
    announced = response.headers.get("content-length", "")
    if announced.isascii() and announced.isdigit() and int(announced[:15]) > max_bytes:
        raise FetchError("too_large", is_retryable=False)
    content = bytearray()
    async for chunk in response.aiter_bytes():
        content += chunk
        if len(content) > max_bytes:
            raise FetchError("too_large", is_retryable=False)
    return bytes(content)
