"""A message on which the engine fails again and again: an apology, an alarm, and nobody else is held up."""

import logging
import time
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from conversations.database import Database
from conversations.statistics import read_statistics
from conversations.troubles import Troubles
from foundation.clock import utc_now
from language.identify import Identifier
from tests.bot.engine_stand_in import EngineStandIn
from tests.bot.running_gateway import GatewayThread
from tests.bot.web_person import WebPerson

Begin = Callable[[dict[str, str]], GatewayThread]
Meet = Callable[..., WebPerson]
POISON = "Этот вопрос ломает движок?"
APOLOGY = "не получилось"


class LeapingClock:
    """The time of day, which a test can move on."""

    def __init__(self) -> None:
        self.ahead = timedelta()

    def __call__(self) -> datetime:
        return utc_now() + self.ahead


def test_what_fails_five_times_is_set_aside_with_an_apology_and_an_alarm(
    environ: dict[str, str],
    begin: Begin,
    meet: Meet,
    engine: EngineStandIn,
    database: Database,
    caplog: pytest.LogCaptureFixture,
) -> None:
    engine.poison = POISON
    url = begin(environ | {"SAFAR_MESSAGES_PER_MINUTE": "0"}).url
    unlucky, others = meet(url, "ru"), meet(url, "ru")
    poisoned = unlucky.write(POISON)
    end = time.monotonic() + 60
    while not unlucky.answers_to(poisoned):
        assert time.monotonic() < end
        others.answer_to(others.write("Сколько стоит патент в Москве?"))
        unlucky.read()
    (apology,) = unlucky.answers_to(poisoned)
    assert (apology["sender"], apology["reply_to"]) == ("bot", poisoned)
    assert [button["payload"] for button in apology["buttons"]][-1] == "/meta.human"
    assert engine.texts().count(POISON) >= 5
    assert read_statistics(database, utc_now()).totals["set_aside"] == 1
    (trouble,) = Troubles(database).newest()
    assert (trouble.kind, trouble.conversation_id, trouble.reason) == (
        "set_aside",
        unlucky.conversation,
        "ClientPayloadError",
    )
    (alarm,) = [each for each in caplog.records if each.levelno == logging.ERROR and "is set aside" in each.message]
    assert f"message {trouble.number} of" in alarm.message and POISON not in caplog.text
    assert unlucky.answer_to(unlucky.write("Сколько стоит патент?"))["text"] == "answer to Сколько стоит патент?"


def test_where_nobody_else_asks_it_is_set_aside_after_two_minutes(
    sqlite_environ: dict[str, str], identifier: Identifier, meet: Meet, engine: EngineStandIn
) -> None:
    engine.poison = POISON
    clock = LeapingClock()
    gateway = GatewayThread(sqlite_environ, identifier, clock).start()
    person = meet(gateway.url, "ru")
    poisoned = person.write(POISON)
    person.until(lambda: len(engine.asked) >= 6)
    assert not person.answers_to(poisoned)
    clock.ahead = timedelta(minutes=2, seconds=1)
    assert person.answer_to(poisoned, seconds=60)["sender"] == "bot"
    gateway.stop()


def test_while_the_engine_is_away_nothing_is_set_aside_however_long_that_takes(
    sqlite_environ: dict[str, str], identifier: Identifier, meet: Meet, engine: EngineStandIn
) -> None:
    clock = LeapingClock()
    engine.stop()
    gateway = GatewayThread(sqlite_environ, identifier, clock).start()
    person = meet(gateway.url, "ru")
    message_id = person.write("Сколько стоит патент в Москве?")
    clock.ahead = timedelta(hours=1)
    time.sleep(8)
    person.read()
    assert not person.answers_to(message_id)
    engine.start()
    assert person.answer_to(message_id)["text"].startswith("answer to")
    gateway.stop()


def test_who_tries_again_gets_the_one_answer_and_the_apology_is_no_longer_one(
    environ: dict[str, str], identifier: Identifier, meet: Meet, engine: EngineStandIn, database: Database
) -> None:
    engine.poison = POISON
    clock = LeapingClock()
    gateway = GatewayThread(environ, identifier, clock).start()
    person = meet(gateway.url, "ru")
    poisoned = person.write(POISON)
    person.until(lambda: engine.asked)
    clock.ahead = timedelta(minutes=3)
    person.answer_to(poisoned, seconds=60)
    engine.poison = None
    (trouble,) = Troubles(database).newest()
    assert Troubles(database).try_again("set_aside", trouble.number, utc_now())
    assert not Troubles(database).try_again("set_aside", trouble.number, utc_now())
    person.seen, person.cursor = [], 0
    person.until(lambda: any(each["text"] == f"answer to {POISON}" for each in person.seen), 30)
    (answer,) = person.answers_to(poisoned)
    assert answer["text"] == f"answer to {POISON}"
    assert Troubles(database).newest() == ()
    gateway.stop()
