"""More messages than can be answered soon: all are answered, and each person is told once that it takes longer."""

import time
from collections.abc import Callable

from conversations.database import Database
from conversations.statistics import read_statistics
from foundation.clock import utc_now
from tests.bot.engine_stand_in import EngineStandIn
from tests.bot.running_gateway import GatewayThread
from tests.bot.web_person import WebPerson

Begin = Callable[[dict[str, str]], GatewayThread]
Meet = Callable[..., WebPerson]
FEW = {"SAFAR_BACKLOG_MESSAGES": "4", "SAFAR_SLOW_NOTICE_SECONDS": "100"}
TOLD = "очень много людей"


def until_waiting(database: Database, is_enough: Callable[[int], bool]) -> None:
    end = time.monotonic() + 30
    while not is_enough(read_statistics(database, utc_now()).inbox_waiting):
        assert time.monotonic() < end
        time.sleep(0.05)
    time.sleep(1.5)  # the gateway looks once a second


def test_in_a_backlog_each_person_is_told_once_and_everything_is_answered_in_the_end(
    environ: dict[str, str], begin: Begin, meet: Meet, engine: EngineStandIn, database: Database
) -> None:
    engine.always = "hang"
    url = begin(environ | FEW | {"SAFAR_ENGINE_TIMEOUT_SECONDS": "3"}).url
    early = [meet(url, "ru") for _ in range(6)]
    ids = [person.write("как получить патент в Москве?") for person in early]
    until_waiting(database, lambda waiting: waiting > 4)
    late = meet(url, "ru")
    several = [late.write(f"Сколько стоит патент {number}?") for number in range(3)]
    late.until(lambda: late.notice(TOLD))
    (notice,) = late.notice(TOLD)
    assert (notice["sender"], notice["reply_to"], notice["answers"]) == ("system", None, [])
    early[0].read()
    assert not early[0].notice(TOLD)
    figures = read_statistics(database, utc_now())
    assert figures.inbox_waiting == 9 and figures.inbox_oldest_seconds > 0
    engine.always = None
    for person, message_id in zip(early, ids, strict=True):
        person.answer_to(message_id, 60)
    assert {each["sender"] for each in late.seen} | {late.answer_to(each, 60)["sender"] for each in several} >= {"bot"}
    late.read(wait=1)
    assert len(late.notice(TOLD)) == 1


def test_in_the_next_backlog_people_are_told_again_and_not_between_the_two(
    environ: dict[str, str], begin: Begin, meet: Meet, engine: EngineStandIn, database: Database
) -> None:
    url = begin(environ | FEW | {"SAFAR_ENGINE_TIMEOUT_SECONDS": "3"}).url
    person, others = meet(url, "ru"), [meet(url, "ru") for _ in range(6)]
    for rush in range(1, 3):
        engine.always = "hang"
        for other in others:
            other.write("как получить патент в Москве?")
        until_waiting(database, lambda waiting: waiting > 4)
        message_id = person.write("Сколько стоит патент?")
        person.until(lambda rush=rush: len(person.notice(TOLD)) == rush)
        engine.always = None
        person.answer_to(message_id, 60)
        until_waiting(database, lambda waiting: waiting == 0)
        person.answer_to(person.write("А сколько стоит патент в Казани?"))
        assert len(person.notice(TOLD)) == rush


def test_without_a_bound_nobody_is_told(
    environ: dict[str, str], begin: Begin, meet: Meet, engine: EngineStandIn, database: Database
) -> None:
    engine.always = "hang"
    url = begin(environ | FEW | {"SAFAR_BACKLOG_MESSAGES": "0"}).url
    for _ in range(6):
        meet(url, "ru").write("как получить патент в Москве?")
    until_waiting(database, lambda waiting: waiting > 4)
    late = meet(url, "ru")
    late.write("Сколько стоит патент?")
    late.read(wait=1)
    late.read(wait=1)
    assert not late.notice(TOLD)
