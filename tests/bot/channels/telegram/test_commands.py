"""Commands are the payloads of buttons that exist, and nothing else that begins with a slash is a command."""

import pytest

from bot.channels.telegram.commands import LANGUAGE_CODES, PAYLOADS, payload_of
from bot.limits import check_payload
from language.variants import LANGUAGES
from language.wording import Wording


@pytest.mark.parametrize(
    ("text", "payload"),
    [
        ("/start", "/meta.greeting"),
        ("/start abc_DEF-12", "/meta.greeting"),
        ("/start@safar_test_bot abc", "/meta.greeting"),
        ("/start помогите", None),
        ("/start two words", None),
        ("/menu", "/meta.menu"),
        (" /MENU ", "/meta.menu"),
        ("/human@safar_test_bot", "/meta.human"),
        ("/human меня бьют", None),
        ("/language", "/meta.language"),
        ("/delete", "/meta.my_data"),
        ("/help", None),
        ("/menus", None),
        ("/", None),
        ("//menu", None),
        ("/meta.human", None),
        ('/meta.my_data{"step":"confirmed"}', None),
        ("menu", None),
        ("", None),
    ],
)
def test_what_a_text_with_a_slash_means(text: str, payload: str | None) -> None:
    assert payload_of(text) == payload


@pytest.mark.parametrize("payload", PAYLOADS.values())
def test_each_command_is_the_payload_of_a_button(payload: str) -> None:
    assert check_payload(payload) == payload


def test_each_command_is_described_in_each_language(wording: Wording) -> None:
    for command in PAYLOADS:
        described = {variant: wording.text(f"telegram_command_{command}", variant) for variant in LANGUAGES}
        assert len(set(described.values())) == len(LANGUAGES)
        assert all(1 <= len(text) <= 256 for text in described.values())
    assert set(LANGUAGE_CODES) | {"en", "uz-Cyrl"} == set(LANGUAGES)
