"""The channel is on, off, or stops the start."""

import pytest

from bot.channels.whatsapp.settings import WhatsAppSettings
from bot.channels.whatsapp.template import Template
from foundation.settings import SettingError, load_settings

COMPLETE = {
    "SAFAR_WHATSAPP_TOKEN": "EAAtoken",
    "SAFAR_WHATSAPP_PHONE_NUMBER_ID": "106540352242922",
    "SAFAR_WHATSAPP_APP_SECRET": "app-secret",
    "SAFAR_WHATSAPP_VERIFY_TOKEN": "my-own-word",
    "SAFAR_LANGUAGES": "tg,ru",
}


def parsed(**changed: str) -> WhatsAppSettings | None:
    """The settings with some changed; an empty one is not set."""
    return WhatsAppSettings.from_settings(load_settings(COMPLETE | changed))


def test_without_a_token_the_channel_is_off() -> None:
    assert WhatsAppSettings.from_settings(load_settings({})) is None
    assert parsed(SAFAR_WHATSAPP_TOKEN="") is None


def test_the_rest_is_taken_over() -> None:
    settings = parsed()
    assert settings and (settings.first_variant, settings.api_url) == ("tg", "https://graph.facebook.com")


def test_a_template_has_a_name_and_languages_and_without_a_name_there_is_none() -> None:
    without, with_one = parsed(), parsed(SAFAR_WHATSAPP_TEMPLATE="read_me", SAFAR_WHATSAPP_TEMPLATE_LANGUAGES="ru,kk")
    assert without and without.template is None
    assert with_one and with_one.template == Template("read_me", ("ru", "kk"))


@pytest.mark.parametrize(
    ("name", "languages"), [("Read me", "ru"), ("read_me", "Russian"), ("read_me", ","), ("read_me", "ru,ky-KG")]
)
def test_a_template_that_cannot_be_stops_the_start(name: str, languages: str) -> None:
    with pytest.raises(SettingError, match="SAFAR_WHATSAPP_TEMPLATE"):
        parsed(SAFAR_WHATSAPP_TEMPLATE=name, SAFAR_WHATSAPP_TEMPLATE_LANGUAGES=languages)


@pytest.mark.parametrize("name", [name for name in COMPLETE if name.startswith("SAFAR_WHATSAPP_")][1:])
def test_a_token_without_the_rest_stops_the_start(name: str) -> None:
    with pytest.raises(SettingError, match=name):
        parsed(**{name: ""})


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SAFAR_WHATSAPP_TOKEN", "two words"),
        ("SAFAR_WHATSAPP_APP_SECRET", "сикрет"),
        ("SAFAR_WHATSAPP_PHONE_NUMBER_ID", "+996555000101"),
        ("SAFAR_WHATSAPP_API_URL", "http://graph.example"),
    ],
)
def test_an_impossible_value_stops_the_start(name: str, value: str) -> None:
    with pytest.raises(SettingError, match=name) as caught:
        parsed(**{name: value})
    is_secret = name.endswith(("TOKEN", "SECRET"))
    assert (value in str(caught.value)) is not is_secret


def test_secrets_are_not_shown() -> None:
    shown = repr(parsed())
    assert "EAAtoken" not in shown and "app-secret" not in shown and "my-own-word" not in shown
