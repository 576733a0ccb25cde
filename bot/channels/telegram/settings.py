"""What the Telegram channel needs to be told, checked before anything starts."""

import re
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from foundation.settings import SettingError, Settings

WEBHOOK_PATH = "/telegram/webhook"
WEBHOOK_PORTS = (443, 80, 88, 8443)
"""The only ports that Telegram calls: https://core.telegram.org/bots/api#setwebhook"""
_TOKEN = re.compile(r"\d+:[A-Za-z0-9_-]+")
_SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")


@dataclass(frozen=True)
class TelegramSettings:
    """One bot. `webhook_url` is where Telegram brings the updates; None: they are fetched by long polling."""

    token: str = field(repr=False)
    api_url: str
    webhook_url: str | None = None
    secret: str = field(default="", repr=False)

    @classmethod
    def from_settings(cls, settings: Settings) -> "TelegramSettings | None":
        """None when no token is set: the channel is off. Raises `SettingError`."""
        if not settings.telegram_token:
            return None
        if not _TOKEN.fullmatch(settings.telegram_token):
            raise SettingError(
                "SAFAR_TELEGRAM_TOKEN=(not shown): is no token: take the whole line that BotFather gave, "
                "such as 123456:AbC-dEf"
            )
        if settings.telegram_mode != "webhook":
            return cls(settings.telegram_token, settings.telegram_api_url)
        url = _webhook_url(settings.public_url)
        if not _SECRET.fullmatch(settings.telegram_secret):
            raise SettingError(
                "SAFAR_TELEGRAM_SECRET=(not shown): SAFAR_TELEGRAM_MODE=webhook needs a secret of 1 to 256 letters, "
                "digits, _ and -"
            )
        return cls(settings.telegram_token, settings.telegram_api_url, url, settings.telegram_secret)


def _webhook_url(public_url: str) -> str:
    try:
        parts = urlsplit(public_url)
        is_reachable = parts.scheme == "https" and parts.hostname and (parts.port or 443) in WEBHOOK_PORTS
    except ValueError:
        is_reachable = False
    if not is_reachable:
        ports = ", ".join(str(port) for port in WEBHOOK_PORTS)
        raise SettingError(
            f"SAFAR_PUBLIC_URL={public_url!r}: SAFAR_TELEGRAM_MODE=webhook needs an address that begins with https:// "
            f"and has one of the ports {ports}; or set SAFAR_TELEGRAM_MODE=polling"
        )
    return public_url.rstrip("/") + WEBHOOK_PATH
