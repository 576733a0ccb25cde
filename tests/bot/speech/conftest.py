"""A Safar that understands voice: an emulated service of speech, an emulated Telegram, somebody who speaks."""

from collections.abc import Callable, Iterator

import pytest

from conversations.database import Database
from tests.bot.engine_stand_in import EngineStandIn
from tests.bot.operator_desk import Desk
from tests.bot.running_gateway import GatewayThread
from tests.bot.speech.speaking import QUESTION
from tests.speech_emulator.emulator import SpeechEmulator
from tests.telegram_emulator import Person, TelegramEmulator

Begin = Callable[[dict[str, str]], GatewayThread]


@pytest.fixture
def speech() -> Iterator[SpeechEmulator]:
    with SpeechEmulator(text=QUESTION) as running:
        yield running
        assert running.violations == []


@pytest.fixture
def telegram() -> Iterator[TelegramEmulator]:
    with TelegramEmulator() as running:
        yield running
        assert running.violations == []


@pytest.fixture
def settings(
    environ: dict[str, str], telegram: TelegramEmulator, speech: SpeechEmulator, engine: EngineStandIn
) -> dict[str, str]:
    own = {"SAFAR_TELEGRAM_TOKEN": telegram.token, "SAFAR_TELEGRAM_API_URL": telegram.url}
    return environ | own | speech.environ()


@pytest.fixture
def person(begin: Begin, settings: dict[str, str], telegram: TelegramEmulator) -> Person:
    """Somebody at a Safar that understands voice."""
    begin(settings)
    return telegram.person("ru")


@pytest.fixture
def desk(database: Database) -> Desk:
    return Desk(database)
