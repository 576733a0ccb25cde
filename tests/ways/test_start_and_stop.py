"""How a host starts and stops Safar: two stacks side by side, no orphans, one sentence where it cannot be."""

import socket
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from language.wording import Wording
from tests.ways.conftest import Meet, text_of
from tests.ways.running_safar import RunningSafar, answers, children_of, free_port, lives, run_safar, wait_until
from tests.ways.speech import SPEECHES
from tests.ways.talk import Talk

STOP_SECONDS = 10
PROCESSES = {"gateway", "console", "rasa", "actions"}
SECRET = "secret-password-of-the-database"


@pytest.fixture
def beside(release: Path, tmp_path: Path) -> Iterator[RunningSafar]:
    """A second stack, not started yet."""
    running = RunningSafar(tmp_path / "home", release)
    yield running
    running.stop()


def test_two_stacks_run_side_by_side_and_one_stops_without_the_other(
    safar: RunningSafar, beside: RunningSafar, meet: Meet, wording: Wording
) -> None:
    beside.start()
    talks = [Talk(meet(url=url), wording, "ru") for url in (safar.url, beside.url)]
    for talk in talks:
        talk.say(SPEECHES["ru"].question).hears("answer_source")
    stranger = httpx.get(f"{beside.url}/chat/api/messages", headers=talks[0].person.headers, trust_env=False)
    assert stranger.status_code == 401, "the two know nothing of each other"
    assert answers(f"{beside.console_url}/login") and answers(f"{beside.console_url}/metrics")
    assert httpx.get(f"{beside.url}/metrics", trust_env=False).status_code == 404, "never on the public port"
    assert set(beside.pids()) == PROCESSES

    pending = talks[1].person.write(SPEECHES["ru"].greeting)
    _stops(beside)
    assert "Traceback" not in beside.logged()
    talks[0].say(SPEECHES["ru"].greeting).hears("greeting")
    beside.start()
    answer = talks[1].person.answer_to(pending, 60)
    assert answer["sender"] == "bot", "what was stored before the end is answered after the next start"
    again = run_safar("run", "--port", str(free_port()), environ=beside.environ)
    assert (again.returncode, "already runs" in text_of(again)) == (2, True)


def test_a_start_can_be_broken_off(beside: RunningSafar) -> None:
    beside.begin()
    wait_until(lambda: set(beside.pids()) == PROCESSES, 60, beside.logged)
    _stops(beside)
    assert "ready. Chat:" not in beside.logged()


def _stops(running: RunningSafar) -> None:
    """On SIGTERM: all of it, in time, with nobody left behind."""
    assert running.process
    below = children_of(running.process.pid)
    status, seconds = running.terminate()
    assert (status, seconds < STOP_SECONDS) == (0, True), (status, seconds)
    assert not [pid for pid in below if lives(pid)]
    assert not answers(f"{running.url}/health")


@pytest.fixture(scope="module")
def taken_port() -> Iterator[str]:
    """A port of loopback on which somebody else listens."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        yield str(listening.getsockname()[1])


@pytest.mark.parametrize(
    ("words", "environ", "named"),
    [
        ("run --port {taken}", {}, "SAFAR_PORT"),
        ("run --port {free} --console-port {taken}", {}, "SAFAR_CONSOLE_PORT"),
        ("run", {"SAFAR_PORT": "eighty"}, "SAFAR_PORT='eighty'"),
        ("run", {"SAFAR_PORT": "70000"}, "SAFAR_PORT='70000'"),
        ("run", {"SAFAR_LANGUAGES": "ru,xx"}, "SAFAR_LANGUAGES='ru,xx'"),
        ("run", {"SAFAR_ENGINE_TIMEOUT_SECONDS": "-1"}, "SAFAR_ENGINE_TIMEOUT_SECONDS"),
        ("run", {"SAFAR_DATABASE_URL": f"mysql://safar:{SECRET}@127.0.0.1/safar"}, "SAFAR_DATABASE_URL"),
        ("run --port {free}", {"SAFAR_DATABASE_URL": f"postgresql://safar:{SECRET}@127.0.0.1:1/safar"}, "database"),
        ("run --port {free}", {"SAFAR_DATABASE_URL": "sqlite:////proc/nowhere/safar.db"}, "database"),
        ("run --port {free}", {"SAFAR_CONTENT": "/nowhere"}, "SAFAR_CONTENT"),
        ("run --port {free} --home /proc/nowhere", {}, "SAFAR_HOME"),
        ("validate", {"SAFAR_CONTENT": "/nowhere"}, "SAFAR_CONTENT"),
        ("train", {"SAFAR_CONTENT": "/nowhere"}, "SAFAR_CONTENT"),
        ("add entry.yml --name work/new-ru", {"SAFAR_CONTENT": "/nowhere"}, "SAFAR_CONTENT"),
        ("ask hello", {}, "No release is live yet"),
        ("promote nothing", {}, "nothing"),
        ("rollback", {}, "no earlier release"),
        ("chat --port {free}", {}, "nothing answers"),
    ],
)
def test_what_cannot_be_is_said_in_one_sentence(
    tmp_path: Path, taken_port: str, words: str, environ: dict[str, str], named: str
) -> None:
    filled = words.format(taken=taken_port, free=free_port()).split()
    done = run_safar(*filled, environ={"SAFAR_HOME": str(tmp_path), **environ}, seconds=60)
    assert done.returncode not in (0, -15), done.stdout
    said = text_of(done)
    assert named in said
    assert said.startswith("safar: ") and "\n" not in said, said
    assert SECRET not in said + done.stdout.decode()


def test_a_person_in_the_terminal_gets_the_same_answers(safar: RunningSafar, wording: Wording, meet: Meet) -> None:
    question = SPEECHES["tg"].question
    talk = Talk(meet("tg"), wording, "tg").say(question)
    chat = run_safar("chat", "--port", str(safar.port), "--language", "tg", environ={}, stdin=f"{question}\n".encode())
    assert chat.returncode == 0, chat.stderr.decode()
    assert talk.heard[0]["text"] in chat.stdout.decode()
