"""A screening through the running stack: left in the middle, restarted, gone on with, passed on."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from guidance.screening import Screening
from language.wording import Wording
from tests.bot.web_person import WebPerson
from tests.ways.running_safar import RunningSafar
from tests.ways.talk import Talk

VARIANT = "tg"
REPLY = '/answer_questionnaire{"questionnaire": "screening", "item": "%s", "reply": "%s"}'


@pytest.fixture
def own_safar(release: Path, tmp_path: Path) -> Iterator[RunningSafar]:
    """A stack that may be restarted."""
    running = RunningSafar(tmp_path / "home", release)
    try:
        yield running.start()
    finally:
        running.stop()


def test_a_screening_left_in_the_middle_goes_on_after_a_restart_and_only_yes_passes_the_note_on(
    own_safar: RunningSafar, wording: Wording, release: Path
) -> None:
    questions = Screening.load(release / "content" / "guidance").questionnaire
    person = WebPerson(own_safar.url, VARIANT)
    talk = Talk(person, wording, VARIANT)

    def asks(item: str) -> None:
        assert talk.text.endswith(questions.item(item).ask[VARIANT]), talk.text

    talk.tap('/meta.language{"variant": "tg"}')
    talk.tap("/start_screening")
    for item, reply, following in (
        ("no_consent", "yes", "phone_read"),
        ("phone_read", "no", "danger_now"),
        ("danger_now", "no", "child"),
        ("child", "no", "ILO5"),
        ("ILO5", "no", "ILO3"),
        ("ILO3", "yes", "ILO7"),
    ):
        talk.tap(REPLY % (item, reply))
        asks(following)

    own_safar.terminate()
    own_safar.start()

    talk.say("ҳа")
    asks("ILO6")
    talk.say("бас").hears("questionnaire_stopped")
    talk.tap("/start_screening").hears("resume_offer")
    talk.tap('/continue_questionnaire{"questionnaire": "screening", "step": "go_on"}')
    asks("ILO6")
    for item in ("ILO6", "ILO9", "own_path", "fear_of_return"):
        talk.tap(REPLY % (item, "no"))
    asks("overstay")
    talk.say("не")
    assert Screening.load(release / "content" / "guidance").label("ILO7", VARIANT) in talk.text
    assert '/share_note{"step": "pass"}' in _sendable(talk)
    talk.tap('/share_note{"step": "pass"}').hears("human_called")
    person.close()


def _sendable(talk: Talk) -> list[Any]:
    return [payload for payload in talk.payloads if payload.startswith("/share_note")]
