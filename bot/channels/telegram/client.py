"""The connection of one bot: python-telegram-bot, silent in the logs, with the updates as they came."""

import json
import logging
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlsplit

from telegram import Bot
from telegram.error import NetworkError
from telegram.request import HTTPXRequest

from bot.channels.telegram.payloads import UPDATES
from bot.channels.telegram.settings import TelegramSettings

POLL_SECONDS = 20
"""How long Telegram keeps a request for updates open when there are none."""
READ_SECONDS = 20.0
CONNECT_SECONDS = 10.0
POOL_SECONDS = 10.0
MEDIA_SECONDS = 40.0


class Client:
    """A bot, and its updates."""

    def __init__(self, settings: TelegramSettings) -> None:
        _silence()
        is_here = urlsplit(settings.api_url).hostname in ("127.0.0.1", "localhost", "::1")
        self._updates = _RawUpdates(is_here)
        self._calls = HTTPXRequest(
            read_timeout=READ_SECONDS,
            write_timeout=READ_SECONDS,
            connect_timeout=CONNECT_SECONDS,
            pool_timeout=POOL_SECONDS,
            media_write_timeout=MEDIA_SECONDS,
            httpx_kwargs=_way_out(is_here),
        )
        self.bot = Bot(
            settings.token,
            base_url=f"{settings.api_url}/bot",
            base_file_url=f"{settings.api_url}/file/bot",
            request=self._calls,
            get_updates_request=self._updates,
        )

    async def updates(self, offset: int | None) -> Sequence[Any]:
        """The updates from `offset` on, as JSON; waits for the first one. Those before `offset` are then forgotten.

        Raises `TelegramError`.
        """
        self._updates.taken = ()
        await self.bot.get_updates(offset=offset, timeout=POLL_SECONDS, allowed_updates=UPDATES)
        return self._updates.taken

    async def close(self) -> None:
        """Let the connections go."""
        await self._updates.shutdown()
        await self._calls.shutdown()


class _RawUpdates(HTTPXRequest):
    """Keeps the updates and hands an empty list on: python-telegram-bot raises for the whole batch, again and again,
    when it cannot parse one of them, and logs what people wrote.
    """

    def __init__(self, is_here: bool) -> None:
        super().__init__(
            connection_pool_size=2,
            read_timeout=READ_SECONDS,
            connect_timeout=CONNECT_SECONDS,
            pool_timeout=POOL_SECONDS,
            httpx_kwargs=_way_out(is_here),
        )
        self.taken: Sequence[Any] = ()

    async def do_request(self, *arguments: Any, **named: Any) -> tuple[int, bytes]:
        """See `HTTPXRequest`."""
        status, body = await super().do_request(*arguments, **named)
        if status == 200:
            self.taken = _updates_in(body)
            return status, b'{"ok": true, "result": []}'
        return status, body


def _updates_in(body: bytes) -> Sequence[Any]:
    try:
        answer = json.loads(body.decode("utf-8", "replace"))
    except (ValueError, RecursionError):
        raise NetworkError("the answer to getUpdates is no JSON") from None
    updates = answer.get("result") if isinstance(answer, Mapping) else None
    if not isinstance(updates, list):
        raise NetworkError("the answer to getUpdates holds no updates")
    return updates


def _way_out(is_here: bool) -> dict[str, Any]:
    """A server on this machine is reached directly; to Telegram itself the host's proxy leads, where one is set."""
    return {"trust_env": not is_here}


def _silence() -> None:
    """These libraries log addresses, which hold the token, and what people wrote."""
    logging.getLogger("telegram").setLevel(logging.CRITICAL + 1)
    for name in ("httpx", "httpcore"):
        logging.getLogger(name).setLevel(logging.WARNING)
