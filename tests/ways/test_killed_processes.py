"""Processes that die in the middle of the work: whatever is killed, every message has exactly one answer afterwards."""

import signal
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from language.variants import LANGUAGES
from language.wording import Wording
from tests.ways.crowd import Crowd, crowd
from tests.ways.running_safar import RunningSafar, children_of, lives, wait_until
from tests.ways.speech import SPEECHES, Speech
from tests.ways.talk import Talk

PEOPLE = 50
CAME_THROUGH = 5
STOP_SECONDS = 10
MENU, REGISTRATION = "/meta.menu", "/registration.arrival"


@pytest.fixture
def own_safar(release: Path, tmp_path: Path, database_url: str) -> Iterator[RunningSafar]:
    """A stack that may be treated badly, on each kind of database."""
    running = RunningSafar(tmp_path / "home", release, {"SAFAR_DATABASE_URL": database_url})
    try:
        yield running.start()
    finally:
        running.stop()


def _speech(talk: Talk) -> Speech:
    return SPEECHES[talk.variant]


STEPS: tuple[tuple[str, Callable[[Talk], object]], ...] = (
    ("rasa", lambda talk: talk.say(_speech(talk).greeting).hears("greeting", "first_contact")),
    ("actions", lambda talk: talk.tap(REGISTRATION).hears("registration_intro", "ask_country")),
    ("gateway", lambda talk: talk.say(_speech(talk).place).hears("ask_citizenship")),
    ("rasa", lambda talk: talk.say(_speech(talk).question).hears("answer_source", "ask_citizenship")),
    ("actions", lambda talk: talk.say(_speech(talk).citizenship).hears("for_whom", "ask_entered_on")),
    ("gateway", lambda talk: talk.tap(MENU).hears("menu_domains", "ask_entered_on")),
    ("rasa actions gateway", lambda talk: talk.say(_speech(talk).entered_on).hears("for_whom", "deadline_ahead")),
    ("", lambda talk: talk.say(_speech(talk).question).hears("answer_where", "answer_source")),
)
"""What dies while a step is taken, and the step. Nobody's form moves twice or loses what was said."""
KILLED_ON_POSTGRESQL = ("", "", "gateway")
"""There, the first steps only, and what depends on the database: a dead gateway's messages are taken up again."""


def test_every_message_has_one_answer_whatever_is_killed(own_safar: RunningSafar, wording: Wording) -> None:
    with crowd(own_safar.url, wording, LANGUAGES, PEOPLE) as people:
        for names, step in _kills(own_safar):
            people.begin(step)
            people.wait_for(CAME_THROUGH)
            for name in names.split():
                own_safar.kill(name)
            people.end()
        _every_message_has_one_answer(people)
        _the_supervisor_is_killed(own_safar, people)
        _every_message_has_one_answer(people)


def _kills(own_safar: RunningSafar) -> list[tuple[str, Callable[[Talk], object]]]:
    if own_safar.environ["SAFAR_DATABASE_URL"].startswith("sqlite"):
        return list(STEPS)
    return [(names, step) for names, (_, step) in zip(KILLED_ON_POSTGRESQL, STEPS, strict=False)]


def _the_supervisor_is_killed(own_safar: RunningSafar, people: Crowd) -> None:
    """Its children end with it; after the next start those who waited have their answers."""
    assert own_safar.process
    below = children_of(own_safar.process.pid)
    people.begin(lambda talk: talk.say(_speech(talk).greeting).hears("greeting"))
    people.wait_for(CAME_THROUGH)
    own_safar.process.send_signal(signal.SIGKILL)
    own_safar.process.wait()
    wait_until(lambda: not any(lives(pid) for pid in below), STOP_SECONDS, lambda: below)
    own_safar.start()
    people.end()


def _every_message_has_one_answer(people: Crowd) -> None:
    for talk in people.talks:
        talk.person.read()
        sent = [message["id"] for message in talk.person.seen if message["sender"] == "migrant"]
        assert len(sent) == len(set(sent))
        for message_id in sent:
            assert len(talk.person.answers_to(message_id)) == 1, talk.person.seen
        assert len(talk.person.notice(talk.wording.text("first_contact", talk.variant))) == 1
