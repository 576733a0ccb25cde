"""Long polling with the real client: nothing is lost, nothing is acknowledged before it is stored."""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable

import pytest

from bot.channels.channel import IncomingMessage
from bot.channels.telegram.settings import TelegramSettings
from language.wording import Wording
from tests.bot.channels.telegram.conftest import Begin, RecordingDoor
from tests.telegram_emulator import Fault, TelegramEmulator

Until = Callable[..., Awaitable[None]]


async def test_what_a_person_writes_arrives_in_order(
    telegram: TelegramEmulator, begin: Begin, door: RecordingDoor, until: Until
) -> None:
    person = telegram.person("uz")
    async with begin():
        numbers = [person.writes(f"{number}-savol") for number in range(1, 31)]
        await until(lambda: len(door.messages) == 30)
    assert door.texts() == [f"{number}-savol" for number in range(1, 31)]
    first = door.messages[0]
    assert (first.channel, first.address, first.kind, first.payload) == ("telegram", person.address, "text", None)
    assert (first.message_id, first.platform_id) == (f"m{numbers[0]}", str(numbers[0]))
    assert first.language_hint == "uz"


async def test_an_update_is_acknowledged_only_when_it_is_stored(
    telegram: TelegramEmulator, begin: Begin, door: RecordingDoor, until: Until
) -> None:
    door.is_away = True
    person = telegram.person()
    async with begin():
        person.writes("первое")
        person.writes("второе")
        await until(lambda: len(door.attempts) >= 3)
        assert telegram.waiting_updates == 2
        assert set(door.attempts) == {door.attempts[0]}, "the second must not overtake the first"
        door.is_away = False
        await until(lambda: len(door.messages) == 2)
        await until(lambda: telegram.waiting_updates == 0)
    assert door.texts() == ["первое", "второе"]


async def test_what_was_stored_before_a_failure_is_not_brought_again(
    telegram: TelegramEmulator, begin: Begin, wording: Wording, until: Until
) -> None:
    person = telegram.person()
    person.writes("первое")
    second = person.writes("второе")

    class AwayAtSecond(RecordingDoor):
        async def receive(self, message: IncomingMessage) -> str:
            self.is_away = len(self.messages) == 1 and len(self.attempts) < 3
            return await super().receive(message)

    stubborn = AwayAtSecond(wording)
    async with begin(chosen_door=stubborn):
        await until(lambda: len(stubborn.messages) == 2)
    assert stubborn.attempts.count(f"m{second}") == len(stubborn.attempts) - 1


async def test_after_a_restart_what_was_not_acknowledged_comes_again(
    telegram: TelegramEmulator, begin: Begin, door: RecordingDoor, until: Until
) -> None:
    person = telegram.person()
    async with begin():
        person.writes("до")
        await until(lambda: door.texts() == ["до"])
    person.writes("между")
    async with begin():
        await until(lambda: len(door.messages) == 2)
    assert door.texts() == ["до", "между"]


async def test_duplicates_have_the_same_id(
    telegram: TelegramEmulator, begin: Begin, door: RecordingDoor, until: Until
) -> None:
    person = telegram.person()
    async with begin():
        person.writes("раз")
        await until(lambda: door.messages and telegram.waiting_updates == 0)
        telegram.bring_again()
        await until(lambda: len(door.attempts) == 2)
    assert len(door.messages) == 1


async def test_an_update_that_nobody_can_read_is_passed_over_and_counted(
    telegram: TelegramEmulator, begin: Begin, door: RecordingDoor, until: Until, caplog: pytest.LogCaptureFixture
) -> None:
    person = telegram.person()
    person.writes("до")
    telegram.send_update({"message": {"message_id": "no number", "text": "тайна"}})
    telegram.send_update({"message": {"message_id": 5, "chat": None, "date": {}}})
    person.writes("после")
    async with begin() as connector:
        await until(lambda: len(door.messages) == 2)
        await until(lambda: telegram.waiting_updates == 0)
        assert connector.unreadable_count == 2
    assert door.texts() == ["до", "после"]
    assert "тайна" not in caplog.text


async def test_an_update_that_python_telegram_bot_cannot_parse_stops_nothing(
    telegram: TelegramEmulator, begin: Begin, door: RecordingDoor, until: Until
) -> None:
    """Such a poll makes the library raise for the whole batch; the message beside it must still arrive."""
    telegram.send_update({"poll": {"id": "1"}})
    telegram.person().writes("живой")
    async with begin():
        await until(lambda: door.texts() == ["живой"])
        await until(lambda: telegram.waiting_updates == 0)


async def test_updates_without_a_number_are_not_asked_for_without_rest(
    telegram: TelegramEmulator, begin: Begin, until: Until
) -> None:
    telegram.send_unnumbered({"message": {}})
    async with begin():
        await until(lambda: len(telegram.calls_of("getUpdates")) >= 2)
        await asyncio.sleep(0.3)
        assert len(telegram.calls_of("getUpdates")) < 12


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        (Fault.server_error(500), "answers with an error"),
        (Fault.gateway_page(), "answers with an error"),
        (Fault.reset(), "cannot be reached"),
        (Fault.garbage(), "answers with an error"),
        (Fault.throttled(1), "asks for 1 seconds of rest"),
        (
            Fault.refused(409, "Conflict: terminated by other getUpdates request; make sure that only one bot"),
            "another program fetches the updates of this bot",
        ),
    ],
    ids=["500", "502", "reset", "garbage", "429", "409"],
)
async def test_after_a_failure_polling_goes_on_and_the_log_says_why(
    fault: Fault,
    words: str,
    telegram: TelegramEmulator,
    begin: Begin,
    door: RecordingDoor,
    until: Until,
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.INFO)
    telegram.misbehave("getUpdates", fault, times=2)
    person = telegram.person()
    async with begin():
        person.writes("есть кто?")
        await until(lambda: door.texts() == ["есть кто?"])
        await until(lambda: "all is well again" in caplog.text)
    assert words in caplog.text
    assert telegram.token not in caplog.text and "есть кто" not in caplog.text


async def test_an_answer_that_is_lost_costs_no_message(
    telegram: TelegramEmulator, begin: Begin, door: RecordingDoor, until: Until
) -> None:
    person = telegram.person()
    person.writes("важное")
    telegram.misbehave("getUpdates", Fault.reset(is_done=True), times=2)
    async with begin():
        await until(lambda: door.texts() == ["важное"])


async def test_a_wrong_token_is_said_in_the_log_and_is_tried_with_rests(
    telegram: TelegramEmulator, begin: Begin, until: Until, caplog: pytest.LogCaptureFixture
) -> None:
    wrong = TelegramSettings("700000001:AAWrongToken", telegram.url)
    async with begin(wrong):
        await until(lambda: "does not know this token" in caplog.text)
        await asyncio.sleep(0.2)
    assert len(telegram.calls) <= 4
    assert "AAWrongToken" not in caplog.text


async def test_a_forgotten_webhook_is_taken_away_without_losing_what_waits(
    telegram: TelegramEmulator, settings: TelegramSettings, begin: Begin, door: RecordingDoor, until: Until
) -> None:
    by_webhook = TelegramSettings(telegram.token, telegram.url, "https://safar.example/telegram/webhook", "s3cret")
    async with begin(by_webhook):
        await until(lambda: telegram.webhook[0])
    telegram.person().writes("пока стоял вебхук")
    async with begin():
        await until(lambda: door.texts() == ["пока стоял вебхук"])
    assert telegram.webhook == ("", "")


async def test_a_webhook_that_is_set_meanwhile_is_taken_away_again(
    telegram: TelegramEmulator, begin: Begin, door: RecordingDoor, until: Until
) -> None:
    by_webhook = TelegramSettings(telegram.token, telegram.url, "https://safar.example/telegram/webhook", "s3cret")
    async with begin():
        await until(lambda: telegram.calls_of("getUpdates"))
        async with begin(by_webhook):
            await until(lambda: telegram.calls_of("setWebhook"))
        telegram.person().writes("я тут")
        await until(lambda: door.texts() == ["я тут"])
    assert len(telegram.calls_of("deleteWebhook")) > 1


async def test_stopping_takes_less_than_a_second(telegram: TelegramEmulator, begin: Begin, until: Until) -> None:
    async with begin() as connector:
        await until(lambda: telegram.calls_of("getUpdates"))
        began = time.monotonic()
        connector.begin_stop()
        await connector.stop()
        assert time.monotonic() - began < 1


async def test_what_is_being_stored_while_stopping_is_stored_once_and_nothing_more_is_taken(
    telegram: TelegramEmulator, begin: Begin, door: RecordingDoor, until: Until
) -> None:
    person = telegram.person()
    door.store_seconds = 0.3
    person.writes("первое")
    person.writes("второе")
    async with begin() as connector:
        await until(lambda: door.attempts)
        connector.begin_stop()
        await connector.stop()
    assert door.texts() == ["первое"]
    door.store_seconds = 0
    async with begin():
        await until(lambda: len(door.messages) == 2)


async def test_stopping_during_a_long_rest_is_quick_too(
    telegram: TelegramEmulator, begin: Begin, until: Until, caplog: pytest.LogCaptureFixture
) -> None:
    telegram.misbehave("getUpdates", Fault.throttled(600))
    async with begin() as connector:
        await until(lambda: "asks for 600 seconds" in caplog.text)
        began = time.monotonic()
        await connector.stop()
        assert time.monotonic() - began < 1
