"""What people have sent to the bot: getFile, then the file itself from an address that holds the token.

https://core.telegram.org/bots/api#getfile: at most 20 MB; the address is good for an hour, so it is not kept.
"""

import httpx
from telegram import Bot
from telegram.error import BadRequest, TelegramError

from bot.channels.fetching import TIMEOUT, FetchError, download
from bot.channels.telegram.failures import send_error
from bot.channels.telegram.settings import TelegramSettings

MAX_FILE_BYTES = 20_000_000


class TelegramFetcher:
    """Implements `Fetcher`."""

    def __init__(self, bot: Bot, settings: TelegramSettings, trusts_proxy: bool) -> None:
        self._bot = bot
        self._files = f"{settings.api_url}/file/bot{settings.token}/"
        self._client = httpx.AsyncClient(timeout=TIMEOUT, trust_env=trusts_proxy)

    async def fetch(self, reference: str, max_bytes: int) -> bytes:
        """See `Fetcher.fetch`."""
        path = await self._path(reference)
        return await download(self._client, self._files + path, min(max_bytes, MAX_FILE_BYTES), {})

    async def close(self) -> None:
        """Let the connections go."""
        await self._client.aclose()

    async def _path(self, reference: str) -> str:
        try:
            found = await self._bot.get_file(reference)
        except BadRequest as error:
            reason = "too_large" if "too big" in error.message.lower() else "refused"
            raise FetchError(reason, is_retryable=False) from None
        except TelegramError as error:
            failure = send_error(error)
            pause = failure.retry_after_seconds
            raise FetchError(failure.reason, is_retryable=failure.is_retryable, retry_after_seconds=pause) from None
        path = (found.file_path or "").removeprefix(self._files)
        if not path or "://" in path:
            raise FetchError("bad_answer", is_retryable=False)
        return path
