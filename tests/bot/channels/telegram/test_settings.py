"""A combination of settings that cannot work stops the start and names the setting, never a secret."""

import pytest

from bot.channels.telegram.settings import TelegramSettings
from foundation.settings import SettingError, load_settings

TOKEN = "123456:AbC-dEf_0123456789"
WEBHOOK = {
    "SAFAR_TELEGRAM_TOKEN": TOKEN,
    "SAFAR_TELEGRAM_MODE": "webhook",
    "SAFAR_TELEGRAM_SECRET": "a-Secret_1",
    "SAFAR_PUBLIC_URL": "https://safar.example",
}


def _read(**environ: str) -> TelegramSettings | None:
    return TelegramSettings.from_settings(load_settings(environ))


def test_without_a_token_the_channel_is_off() -> None:
    assert _read() is None


def test_polling_needs_a_token_only() -> None:
    settings = _read(SAFAR_TELEGRAM_TOKEN=TOKEN)
    assert settings == TelegramSettings(TOKEN, "https://api.telegram.org")


@pytest.mark.parametrize(
    ("public_url", "webhook_url"),
    [
        ("https://safar.example", "https://safar.example/telegram/webhook"),
        ("https://safar.example:8443/", "https://safar.example:8443/telegram/webhook"),
        ("https://example.org/safar", "https://example.org/safar/telegram/webhook"),
    ],
)
def test_a_webhook_stands_under_the_public_address(public_url: str, webhook_url: str) -> None:
    settings = _read(**WEBHOOK | {"SAFAR_PUBLIC_URL": public_url})
    assert settings is not None and settings.webhook_url == webhook_url


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SAFAR_TELEGRAM_TOKEN", "AbC-dEf"),
        ("SAFAR_TELEGRAM_TOKEN", "123456:AbC dEf"),
        ("SAFAR_TELEGRAM_SECRET", ""),
        ("SAFAR_TELEGRAM_SECRET", "with space"),
        ("SAFAR_TELEGRAM_SECRET", "x" * 257),
        ("SAFAR_PUBLIC_URL", ""),
        ("SAFAR_PUBLIC_URL", "http://safar.example"),
        ("SAFAR_PUBLIC_URL", "https://safar.example:8080"),
        ("SAFAR_PUBLIC_URL", "https://safar.example:port"),
    ],
)
def test_what_cannot_work_is_refused_by_name(name: str, value: str) -> None:
    with pytest.raises(SettingError) as refused:
        _read(**WEBHOOK | {name: value})
    assert name in str(refused.value)


def test_no_secret_is_ever_shown() -> None:
    with pytest.raises(SettingError) as refused:
        _read(**WEBHOOK | {"SAFAR_TELEGRAM_SECRET": "wrong secret"})
    assert "wrong secret" not in str(refused.value)
    settings = _read(**WEBHOOK)
    assert TOKEN not in repr(settings) and "a-Secret_1" not in repr(settings)
