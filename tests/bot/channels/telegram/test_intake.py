"""An update that breaks the reading itself is passed over too: it must not come again for ever."""

import logging
from typing import Any

import pytest

from bot.channels.telegram.client import Client
from bot.channels.telegram.errands import Errands
from bot.channels.telegram.intake import Intake
from bot.channels.telegram.settings import TelegramSettings
from foundation.clock import utc_now
from tests.bot.channels.telegram.conftest import RecordingDoor


class Breaking(dict[str, Any]):
    """An update that fails when it is looked into."""

    def __contains__(self, _key: object) -> bool:
        raise ZeroDivisionError("тайна")


async def test_an_update_that_breaks_the_reading_is_passed_over_and_named(
    settings: TelegramSettings, door: RecordingDoor, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    client = Client(settings)
    intake = Intake(door, Errands(client.bot, door.text), utc_now)
    await intake.take(Breaking(update_id=77))
    await client.close()
    assert intake.unreadable_count == 1
    assert "update 77 is passed over: ZeroDivisionError" in caplog.text and "тайна" not in caplog.text
