"""`safar doctor` on the messengers, asked of the emulated platforms: what works, what is wrong, what to do."""

from collections.abc import Iterator

import pytest

from foundation.settings import SettingError, Settings, load_settings
from safar.messenger_checks import require_messengers, telegram, whatsapp
from tests.telegram_emulator import TelegramEmulator
from tests.whatsapp_emulator.emulator import WhatsAppEmulator


@pytest.fixture
def bot_api() -> Iterator[TelegramEmulator]:
    with TelegramEmulator() as running:
        yield running


@pytest.fixture
def graph_api() -> Iterator[WhatsAppEmulator]:
    running = WhatsAppEmulator().start()
    yield running
    running.stop()


def _telegram(bot_api: TelegramEmulator, **more: str) -> Settings:
    own = {"SAFAR_TELEGRAM_TOKEN": bot_api.token, "SAFAR_TELEGRAM_API_URL": bot_api.url}
    return load_settings(own | more)


def test_a_channel_without_a_token_is_off() -> None:
    settings = load_settings({})
    for look in (telegram, whatsapp):
        (check,) = look(settings)
        assert check.found.startswith("off") and not check.mend


def test_a_good_token_of_telegram_is_told_with_the_bots_name(bot_api: TelegramEmulator) -> None:
    (check,) = telegram(_telegram(bot_api))
    assert "can be reached" in check.found and "long polling" in check.found and not check.mend
    assert bot_api.violations == []


def test_a_wrong_token_of_telegram_is_told_without_it(bot_api: TelegramEmulator) -> None:
    (check,) = telegram(_telegram(bot_api, SAFAR_TELEGRAM_TOKEN="123456:WrongToken"))
    assert check.mend and "WrongToken" not in check.found


def test_a_webhook_that_is_not_set_yet_is_told(bot_api: TelegramEmulator) -> None:
    webhook = {"SAFAR_TELEGRAM_MODE": "webhook", "SAFAR_TELEGRAM_SECRET": "s", "SAFAR_PUBLIC_URL": "https://a.example"}
    (check,) = telegram(_telegram(bot_api, **webhook))
    assert "start Safar" in check.found and check.mend


def test_a_platform_that_cannot_be_reached_is_told() -> None:
    settings = load_settings({"SAFAR_TELEGRAM_TOKEN": "1:a", "SAFAR_TELEGRAM_API_URL": "http://127.0.0.1:9"})
    (check,) = telegram(settings)
    assert check.mend


def test_whatsapp_tells_the_number_and_where_its_webhook_must_be(graph_api: WhatsAppEmulator) -> None:
    settings = load_settings(graph_api.environ() | {"SAFAR_PUBLIC_URL": "https://safar.example"})
    (check,) = whatsapp(settings)
    assert check.found.endswith("its webhook must be https://safar.example/whatsapp/webhook") and not check.mend
    assert graph_api.violations == []


def test_whatsapp_without_a_public_address_is_told(graph_api: WhatsAppEmulator) -> None:
    (check,) = whatsapp(load_settings(graph_api.environ()))
    assert "SAFAR_PUBLIC_URL" in check.mend


def test_a_wrong_token_of_whatsapp_is_told_without_it(graph_api: WhatsAppEmulator) -> None:
    (check,) = whatsapp(load_settings(graph_api.environ() | {"SAFAR_WHATSAPP_TOKEN": "WrongToken"}))
    assert "token_refused" in check.found and check.mend and "WrongToken" not in check.found


@pytest.mark.parametrize(
    ("environ", "named"),
    [
        ({"SAFAR_WHATSAPP_TOKEN": "t"}, "SAFAR_WHATSAPP_APP_SECRET"),
        ({"SAFAR_TELEGRAM_TOKEN": "no token"}, "SAFAR_TELEGRAM_TOKEN"),
        ({"SAFAR_TELEGRAM_TOKEN": "1:a", "SAFAR_TELEGRAM_MODE": "webhook"}, "SAFAR_PUBLIC_URL"),
    ],
)
def test_what_cannot_work_stops_the_start_and_names_the_setting(environ: dict[str, str], named: str) -> None:
    with pytest.raises(SettingError, match=named):
        require_messengers(load_settings(environ))
    (check,) = [each for look in (telegram, whatsapp) for each in look(load_settings(environ)) if each.mend]
    assert named in check.found
