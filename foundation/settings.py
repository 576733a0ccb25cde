"""All settings of Safar in one table: name, default, one sentence. `.env.example` equals it."""

import re
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
    telegram_start_parameters: tuple[str, ...]
    whatsapp_token: str
    whatsapp_phone_number_id: str
    whatsapp_app_secret: str
    whatsapp_verify_token: str
    whatsapp_api_url: str
    whatsapp_template: str
    whatsapp_template_languages: tuple[str, ...]
    max_file_mb: int
    speech_url: str
    speech_key: str
    speech_model: str
    whatsapp_messages_per_second: int
    encoder: str
    languages: tuple[str, ...]
    default_country: str
    engine_timeout_seconds: float
    slow_notice_seconds: float
    messages_per_minute: int
    backlog_messages: int
    retention_days: int
    queue_mode: str
    unanswered_minutes: int
    keep_old_engine_seconds: float
    translate_url: str
    translate_kind: str
    translate_key: str


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


def _file_mb(text: str) -> int:
    megabytes = _whole(text)
    if not 1 <= megabytes <= 20:
        raise ValueError("must be 1 to 20")
    return megabytes


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


def _optional_address(text: str) -> str:
    return text and _address(text)


def _translate_kind(text: str) -> str:
    if text not in ("libretranslate", "deepl"):
        raise ValueError("must be libretranslate or deepl")
    return text


def _telegram_mode(text: str) -> str:
    if text not in ("polling", "webhook"):
        raise ValueError("must be polling or webhook")
    return text


def _queue_mode(text: str) -> str:
    if text not in ("free", "fair"):
        raise ValueError("must be free or fair")
    return text


def _languages(text: str) -> tuple[str, ...]:
    chosen = _list(text)
    unknown = [name for name in chosen if name not in _LANGUAGES]
    if unknown or not chosen:
        raise ValueError(f"must be a list out of {', '.join(_LANGUAGES)}")
    return chosen


def _start_parameters(text: str) -> tuple[str, ...]:
    chosen = _list(text)
    wrong = [name for name in chosen if not re.fullmatch(r"[A-Za-z0-9_-]{1,64}", name)]
    if wrong or len(chosen) > MAX_START_PARAMETERS:
        raise ValueError(f"must be at most {MAX_START_PARAMETERS} words of 1-64 letters, digits, _ and -")
    return chosen


def _per_second(text: str) -> int:
    if not 1 <= (number := _whole(text)) <= 1000:
        raise ValueError("must be a whole number from 1 to 1000")
    return number


def _list(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(",") if part.strip())


def _origins(text: str) -> tuple[str, ...]:
    origins = tuple(part.lower().removesuffix("/") for part in _list(text))
    for origin in origins:
        if not _ORIGIN.fullmatch(origin):
            raise ValueError("each must be https:// (or http://), a name and perhaps a port, and nothing behind it")
    return origins


def _country(text: str) -> str:
    if len(text) != 2 or not text.isascii() or not text.isalpha():
        raise ValueError("must be a country code of two letters, such as RU")
    return text.upper()


PROJECT = Path(__file__).parents[1]
"""The folder of the program; relative paths of settings start here."""

MAX_START_PARAMETERS = 50
_ORIGIN = re.compile(r"https?://[a-z0-9]([a-z0-9.-]*[a-z0-9])?(:[0-9]{1,5})?")
_LANGUAGES = ("ru", "uz", "uz-Cyrl", "tg", "ky", "kk", "en")
_PARSERS: dict[str, Callable[[str], Any]] = {
    "path": lambda text: PROJECT / Path(text).expanduser(),
    "text": str,
    "port": _port,
    "whole": _whole,
    "file_mb": _file_mb,
    "seconds": _seconds,
    "database": _database_url,
    "address": _address,
    "optional_address": _optional_address,
    "telegram_mode": _telegram_mode,
    "queue_mode": _queue_mode,
    "translate_kind": _translate_kind,
    "languages": _languages,
    "list": _list,
    "origins": _origins,
    "country": _country,
    "start_parameters": _start_parameters,
    "per_second": _per_second,
}
