"""Small courtesies that nobody waits for: a pressed button answered, the typing sign, a group left."""

import asyncio
import logging
from collections.abc import Callable, Coroutine
from typing import Any

from telegram import Bot
from telegram.constants import ChatAction
from telegram.error import RetryAfter, TelegramError

from bot.channels.telegram.failures import sentence_of, wait_of
from foundation.privacy import short_name

MAX_UNDER_WAY = 100
ERRAND_SECONDS = 5.0

log = logging.getLogger(__name__)


class Errands:
    """Runs beside the messages; an errand that fails is not repeated."""

    def __init__(self, bot: Bot, text: Callable[[str, str], str]) -> None:
        self._bot = bot
        self._text = text
        self._under_way: set[asyncio.Task[None]] = set()
        self._groups: set[str] = set()
        self._no_typing_before = 0.0

    def answer_button(self, callback_id: str) -> None:
        """End the waiting sign on a pressed button."""
        self._begin(self._bot.answer_callback_query(callback_id, read_timeout=ERRAND_SECONDS))

    def show_typing(self, address: str) -> None:
        """Show for a few seconds that an answer is being written."""
        if asyncio.get_running_loop().time() >= self._no_typing_before:
            self._begin(self._show_typing(int(address)))

    def leave(self, address: str) -> None:
        """Say one sentence in a group or channel, and leave it."""
        if address not in self._groups and self._begin(self._leave(address)):
            self._groups.add(address)

    async def stop(self) -> None:
        """End what is under way."""
        for task in self._under_way:
            task.cancel()
        await asyncio.gather(*self._under_way, return_exceptions=True)

    async def _show_typing(self, chat_id: int) -> None:
        try:
            await self._bot.send_chat_action(chat_id, ChatAction.TYPING, read_timeout=ERRAND_SECONDS)
        except RetryAfter as error:
            self._no_typing_before = asyncio.get_running_loop().time() + wait_of(error)

    async def _leave(self, address: str) -> None:
        """The language of a group is not known: the sentence stands there in Russian and in English."""
        try:
            said = "\n".join(self._text("telegram_group", variant) for variant in ("ru", "en"))
            try:
                await self._bot.send_message(int(address), said)
            except TelegramError as error:
                log.info("group %s did not take the sentence (%s)", short_name(address), sentence_of(error))
            await self._bot.leave_chat(int(address))
            log.info("group %s was left: Safar speaks with one person at a time", short_name(address))
        finally:
            self._groups.discard(address)

    def _begin(self, errand: Coroutine[Any, Any, object]) -> bool:
        if len(self._under_way) >= MAX_UNDER_WAY:
            errand.close()
            return False
        task = asyncio.create_task(_run(errand))
        self._under_way.add(task)
        task.add_done_callback(self._under_way.discard)
        return True


async def _run(errand: Coroutine[Any, Any, object]) -> None:
    try:
        await errand
    except Exception as error:  # nobody waits for an errand; a button pressed long ago cannot be answered, for one
        log.debug("an errand has failed (%s)", sentence_of(error))
