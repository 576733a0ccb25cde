"""The gateway's process: killed in the middle of 50 conversations or stopped, it loses nothing and doubles nothing."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest

from tests.bot.engine_stand_in import EngineStandIn
from tests.bot.running_gateway import ROOT, GatewayProcess
from tests.bot.web_person import WebPerson

Meet = Callable[..., WebPerson]

PEOPLE, MESSAGES = 50, 4


@pytest.fixture
def process(environ: dict[str, str], free_port: int) -> Iterator[GatewayProcess]:
    """A gateway as a process of its own."""
    gateway = GatewayProcess(environ, free_port)
    yield gateway
    gateway.kill()


def _write_stubbornly(person: WebPerson, number: int) -> str:
    """As the page does it: the same id again and again until it is acknowledged."""
    body = {"id": f"{number}-{person.conversation[:6]}", "text": f"Вопрос {number}"}
    end = time.monotonic() + 60
    while True:
        try:
            sent = person.post(body)
            assert sent.status_code == 202, sent.text
            return body["id"]
        except httpx.HTTPError:
            assert time.monotonic() < end
            time.sleep(0.1)


def _read_stubbornly(person: WebPerson, ids: list[str]) -> None:
    end = time.monotonic() + 60
    while not all(person.answers_to(each) for each in ids):
        assert time.monotonic() < end, [each for each in ids if not person.answers_to(each)]
        try:
            person.read(wait=2)
        except httpx.HTTPError:
            time.sleep(0.1)


def test_kill_9_in_the_middle_of_50_conversations_leaves_exactly_one_answer_each(
    process: GatewayProcess, meet: Meet, engine: EngineStandIn
) -> None:
    engine.delay_seconds = 0.05
    process.start()
    people = [meet(process.url) for _ in range(PEOPLE)]

    def talk(person: WebPerson) -> list[str]:
        ids = []
        for number in range(MESSAGES):
            ids.append(_write_stubbornly(person, number))
            time.sleep(0.3)
        _read_stubbornly(person, ids)
        return ids

    with ThreadPoolExecutor(PEOPLE) as pool:
        talks = [pool.submit(talk, person) for person in people]
        for _ in range(2):
            time.sleep(1)
            process.kill()
            process.start()
        written = [each.result() for each in talks]
    for person, ids in zip(people, written, strict=True):
        person.read(wait=0)
        for each in ids:
            assert len(person.answers_to(each)) == 1, each
            assert engine.turns[each] == 1
        said = [message["text"] for message in person.seen if message["sender"] == "bot"]
        assert said == [f"answer to Вопрос {number}" for number in range(MESSAGES)]
    status, _, logged = process.terminate()
    assert status == 0
    assert "Traceback" not in logged
    assert "Вопрос" not in logged


def test_a_stop_is_quick_and_what_was_in_work_is_answered_after_the_start(
    process: GatewayProcess, meet: Meet, engine: EngineStandIn
) -> None:
    engine.always = "hang"
    process.start()
    people = [meet(process.url) for _ in range(5)]
    ids = [person.write("Вопрос") for person in people]
    with ThreadPoolExecutor(len(people)) as pool:
        waits = [
            pool.submit(person.http.get, "/chat/api/messages?after=999&wait=25", headers=person.headers)
            for person in people
        ]
        time.sleep(1)
        status, seconds, logged = process.terminate()
        answers = [each.result() for each in waits]
    assert (status, [answer.status_code for answer in answers]) == (0, [200] * len(people))
    assert seconds < 5
    assert "Traceback" not in logged
    engine.always = None
    began = time.monotonic()
    process.start()
    for person, message_id in zip(people, ids, strict=True):
        _read_stubbornly(person, [message_id])
        assert len(person.answers_to(message_id)) == 1
    assert time.monotonic() - began < 15
    process.terminate()


@pytest.mark.parametrize(
    ("wrong", "word"),
    [
        ({}, "SAFAR_PORT"),
        ({"SAFAR_LANGUAGES": "klingon"}, "klingon"),
        ({"SAFAR_PORT": "0", "SAFAR_DATABASE_URL": "postgresql://nobody@127.0.0.1:1/none"}, "SAFAR_DATABASE_URL"),
        ({"SAFAR_PORT": "0", "SAFAR_CONTENT": "nothing", "SAFAR_HOME": "nothing"}, "nothing"),
    ],
)
def test_what_stops_the_start_is_one_sentence(wrong: dict[str, str], word: str, tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        places = {name: str(tmp_path / place) for name, place in wrong.items() if place == "nothing"}
        environ = {"SAFAR_HOME": str(tmp_path), "SAFAR_PORT": port} | wrong | places
        ended = subprocess.run(
            [sys.executable, "-m", "bot.gateway"], cwd=ROOT, env=os.environ | environ, stderr=subprocess.PIPE, text=True
        )
    assert ended.returncode == 1
    assert word in ended.stderr
    assert "Traceback" not in ended.stderr
