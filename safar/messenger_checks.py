"""What `safar doctor` asks the messengers: whether token, number and webhook work. Changes nothing there."""

import asyncio
from collections.abc import Iterator

from bot.channels.channel import SendError
from bot.channels.telegram.diagnosis import diagnose
from bot.channels.telegram.settings import TelegramSettings
from bot.channels.whatsapp.connector import PATH as WHATSAPP_PATH
from bot.channels.whatsapp.graph import GraphApi
from bot.channels.whatsapp.settings import WhatsAppSettings
from foundation.clock import utc_now
from foundation.settings import SettingError, Settings
from safar.check import Check

GUIDE = "docs/guides/messengers.md"


def require_messengers(settings: Settings) -> None:
    """Raise `SettingError` for a messenger that is set but cannot work so; asks nobody."""
    TelegramSettings.from_settings(settings)
    WhatsAppSettings.from_settings(settings)


def telegram(settings: Settings) -> Iterator[Check]:
    """Whether Telegram knows the token, and how the updates come."""
    try:
        chosen = TelegramSettings.from_settings(settings)
    except SettingError as error:
        yield Check("Telegram", str(error), f"correct it in .env; see {GUIDE}")
        return
    if chosen is None:
        yield Check("Telegram", "off (no SAFAR_TELEGRAM_TOKEN)")
        return
    found = asyncio.run(diagnose(chosen))
    yield Check("Telegram", found.sentence.removeprefix("Telegram: "), "" if found.is_well else f"see {GUIDE}")


def whatsapp(settings: Settings) -> Iterator[Check]:
    """Whether WhatsApp knows token and number; the webhook is WhatsApp's to call, so its address is only told."""
    try:
        chosen = WhatsAppSettings.from_settings(settings)
    except SettingError as error:
        yield Check("WhatsApp", str(error), f"correct it in .env; see {GUIDE}")
        return
    if chosen is None:
        yield Check("WhatsApp", "off (no SAFAR_WHATSAPP_TOKEN)")
        return
    try:
        number = asyncio.run(_number(chosen))
    except SendError as error:
        yield Check("WhatsApp", f"the platform refuses or cannot be reached ({error.reason})", f"see {GUIDE}")
        return
    if not settings.public_url.startswith("https://"):
        mend = f"WhatsApp brings messages to an https:// address only: set SAFAR_PUBLIC_URL; see {GUIDE}"
        yield Check("WhatsApp", f"{number} answers, but SAFAR_PUBLIC_URL is {settings.public_url!r}", mend)
        return
    yield Check("WhatsApp", f"{number} answers; its webhook must be {settings.public_url.rstrip('/')}{WHATSAPP_PATH}")


async def _number(chosen: WhatsAppSettings) -> str:
    graph = GraphApi(chosen, utc_now)
    try:
        return await graph.display_number()
    finally:
        await graph.close()
