"""Asks Telegram whether the bot works as it is set, for `safar doctor`."""

from dataclasses import dataclass

from telegram import Bot, WebhookInfo
from telegram.error import TelegramError

from bot.channels.telegram.client import Client
from bot.channels.telegram.failures import sentence_of
from bot.channels.telegram.settings import TelegramSettings


@dataclass(frozen=True)
class Diagnosis:
    """Whether the channel can work, and one sentence about it."""

    is_well: bool
    sentence: str


async def diagnose(settings: TelegramSettings) -> Diagnosis:
    """Ask who the bot is and how it gets its updates; changes nothing."""
    client = Client(settings)
    try:
        return await _ask(client.bot, settings)
    except TelegramError as error:
        return Diagnosis(False, f"Telegram: {sentence_of(error)}.")
    finally:
        await client.close()


async def _ask(bot: Bot, settings: TelegramSettings) -> Diagnosis:
    me = await bot.get_me()
    found = await bot.get_webhook_info()
    wrong = _wrong(found, settings)
    if wrong:
        return Diagnosis(False, f"Telegram: the token of @{me.username} is good, but {wrong}.")
    way = "a webhook" if settings.webhook_url else "long polling"
    waiting = f"updates waiting: {found.pending_update_count}"
    return Diagnosis(True, f"Telegram: @{me.username} can be reached; updates come by {way}; {waiting}.")


def _wrong(found: WebhookInfo, settings: TelegramSettings) -> str:
    """Nothing where all is well. A polling Safar removes a webhook at its start, so that is not wrong."""
    if settings.webhook_url is None:
        return ""
    if found.url != settings.webhook_url:
        shown = found.url or "none"
        return f"its webhook is {shown} and not {settings.webhook_url}: start Safar, which sets it"
    if found.last_error_message and found.pending_update_count:
        return f"Telegram could not bring updates to {found.url}: {found.last_error_message}"
    return ""
