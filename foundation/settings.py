"""All settings of Safar in one table: name, default, one sentence. `.env.example` equals it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from foundation.settings_table import SETTINGS, Setting


class SettingError(Exception):
    """A setting has a value that cannot be used. Stops the start."""


@dataclass(frozen=True)
class Settings:
    """What the host has set, parsed. Times in seconds, sizes in characters."""

    home: Path
    content: Path
    host: str
    port: int
    console_host: str
    console_port: int
    public_url: str
    allowed_origins: tuple[str, ...]
    database_url: str
    telegram_token: str
    telegram_api_url: str
    telegram_mode: str
    telegram_secret: str
    whatsapp_token: str
    whatsapp_phone_number_id: str
    whatsapp_app_secret: str
    whatsapp_verify_token: str
    whatsapp_api_url: str
    whatsapp_template: str
    whatsapp_template_languages: tuple[str, ...]
    encoder: str
    languages: tuple[str, ...]
    default_country: str
    engine_timeout_seconds: float
    slow_notice_seconds: float
    messages_per_minute: int
    retention_days: int
    keep_old_engine_seconds: float


def load_settings(environ: Mapping[str, str]) -> Settings:
    """Parse the `SAFAR_…` variables of `environ`; raises `SettingError` naming setting and value."""
    values = {setting.field: _value(setting, environ) for setting in SETTINGS}
    values["console_port"] = values["console_port"] or values["port"] + 1
    values["database_url"] = values["database_url"] or f"sqlite:///{values['home'] / 'safar.db'}"
    return Settings(**values)


def _value(setting: Setting, environ: Mapping[str, str]) -> Any:
    text = _text(setting, environ)
    try:
        return _PARSERS[setting.kind](text)
    except ValueError as error:
        shown = "(not shown)" if setting.is_secret else repr(text)
        raise SettingError(f"{setting.name}={shown}: {error}. {setting.sentence}") from error


def _text(setting: Setting, environ: Mapping[str, str]) -> str:
    file = environ.get(f"{setting.name}_FILE") if setting.is_secret else None
    if not file:
        return environ.get(setting.name, "").strip() or setting.default
    try:
        return Path(file).read_text("utf-8").strip()
    except OSError as error:
        raise SettingError(f"{setting.name}_FILE={file!r}: cannot be read ({error.strerror})") from error


def _port(text: str) -> int:
    port = _whole(text)
    if port > 65535:
        raise ValueError("a port is at most 65535")
    return port


def _whole(text: str) -> int:
    if not text.isascii() or not text.isdigit():
        raise ValueError("must be a whole number, 0 or more")
    return int(text)


def _seconds(text: str) -> float:
    try:
        seconds = float(text)
    except ValueError:
        raise ValueError("must be a number of seconds") from None
    if not 0 < seconds < 1e7:
        raise ValueError("must be more than 0 seconds")
    return seconds


def _database_url(text: str) -> str:
    if text and urlsplit(text).scheme.split("+")[0] not in ("sqlite", "postgresql"):
        raise ValueError("must begin with sqlite:/// or postgresql://")
    return text


def _address(text: str) -> str:
    parts = urlsplit(text)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ValueError("must be an address that begins with https:// or http://")
    return text.rstrip("/")


def _telegram_mode(text: str) -> str:
    if text not in ("polling", "webhook"):
        raise ValueError("must be polling or webhook")
    return text


def _languages(text: str) -> tuple[str, ...]:
    chosen = _list(text)
    unknown = [name for name in chosen if name not in _LANGUAGES]
    if unknown or not chosen:
        raise ValueError(f"must be a list out of {', '.join(_LANGUAGES)}")
    return chosen


def _list(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(",") if part.strip())


def _country(text: str) -> str:
    if len(text) != 2 or not text.isascii() or not text.isalpha():
        raise ValueError("must be a country code of two letters, such as RU")
    return text.upper()


PROJECT = Path(__file__).parents[1]
"""The folder of the program; relative paths of settings start here."""

_LANGUAGES = ("ru", "uz", "uz-Cyrl", "tg", "ky", "kk", "en")
_PARSERS: dict[str, Callable[[str], Any]] = {
    "path": lambda text: PROJECT / Path(text).expanduser(),
    "text": str,
    "port": _port,
    "whole": _whole,
    "seconds": _seconds,
    "database": _database_url,
    "address": _address,
    "telegram_mode": _telegram_mode,
    "languages": _languages,
    "list": _list,
    "country": _country,
}
