"""Broken payloads through the door of a whole gateway: no error, no crash, nothing forged is stored."""

from collections.abc import Callable, Iterator

import httpx
import pytest

from tests.bot.channels.mutated_door import (
    TELEGRAM_PATH,
    TELEGRAM_SECRET,
    WHATSAPP_PATH,
    Outcome,
    faults,
    mutate_telegram,
    mutate_whatsapp,
)
from tests.bot.engine_stand_in import EngineStandIn
from tests.bot.running_gateway import GatewayThread
from tests.telegram_emulator import TelegramEmulator
from tests.whatsapp_emulator.emulator import APP_SECRET, WhatsAppEmulator

Begin = Callable[[dict[str, str]], GatewayThread]
COUNT = 300


@pytest.fixture
def door(environ: dict[str, str], begin: Begin, engine: EngineStandIn) -> Iterator[str]:
    """A gateway with both messengers on, their platforms emulated."""
    whatsapp = WhatsAppEmulator().start()
    with TelegramEmulator() as telegram:
        bot = {"SAFAR_TELEGRAM_TOKEN": telegram.token, "SAFAR_TELEGRAM_API_URL": telegram.url}
        webhook = {
            "SAFAR_TELEGRAM_MODE": "webhook",
            "SAFAR_TELEGRAM_SECRET": TELEGRAM_SECRET,
            "SAFAR_PUBLIC_URL": "https://safar.example",
        }
        yield begin(environ | bot | webhook | whatsapp.environ()).url
    whatsapp.stop()


def well(path: str, outcome: Outcome, url: str) -> None:
    assert faults(path, outcome) == []
    assert sum(outcome.genuine.values()) + sum(outcome.forged.values()) == COUNT
    assert outcome.stored_genuine > COUNT / 30
    assert httpx.get(f"{url}/health", trust_env=False).status_code == 200


def test_broken_updates_of_telegram(door: str, environ: dict[str, str]) -> None:
    well(TELEGRAM_PATH, mutate_telegram(door, environ["SAFAR_DATABASE_URL"], COUNT, 11), door)


def test_broken_webhooks_of_whatsapp(door: str, environ: dict[str, str]) -> None:
    well(WHATSAPP_PATH, mutate_whatsapp(door, environ["SAFAR_DATABASE_URL"], COUNT, 12, APP_SECRET), door)
