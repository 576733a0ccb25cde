"""The way of a new FAQ: added, trained, live and taken back, while people chat and notice only the new answer."""

import json
import shutil
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from language.variants import LANGUAGES
from language.wording import Wording
from tests.trained_release import PROJECT
from tests.ways.conftest import Meet, text_of
from tests.ways.crowd import PatientPerson
from tests.ways.running_safar import RunningSafar, run_safar, wait_until
from tests.ways.speech import SPEECHES
from tests.ways.talk import Talk

NEW = Path(__file__).parent / "new_entry.yml"
NAME = "documents/camel-ru"
ENTRY = yaml.safe_load(NEW.read_text("utf-8"))
LIVE_SECONDS = 120
BACK_SECONDS = 10
MESSAGES_EACH = 8
PAUSE_SECONDS = 2
VARIANT = "ky"


@pytest.fixture
def content(tmp_path: Path) -> Path:
    """A copy of the content, for the content team to edit."""
    return Path(shutil.copytree(PROJECT / "data", tmp_path / "content"))


@pytest.fixture
def own_safar(release: Path, tmp_path: Path, content: Path) -> Iterator[RunningSafar]:
    """A stack on that content."""
    running = RunningSafar(tmp_path / "home", release, {"SAFAR_CONTENT": str(content)})
    try:
        yield running.start()
    finally:
        running.stop()


class Chatterers:
    """People who chat one after the other, each in the next language, a message and a pause."""

    def __init__(self, url: str, wording: Wording) -> None:
        self._url, self._wording = url, wording
        self._is_over = threading.Event()
        self._thread = threading.Thread(target=self._chat)
        self.answered = 0
        self.failure: Exception | AssertionError | None = None

    def __enter__(self) -> "Chatterers":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._is_over.set()
        self._thread.join()

    def _chat(self) -> None:
        try:
            while not self._is_over.is_set():
                self._chat_with_one(LANGUAGES[self.answered // MESSAGES_EACH % len(LANGUAGES)])
        except (Exception, AssertionError) as failure:
            self.failure = failure

    def _chat_with_one(self, variant: str) -> None:
        talk = Talk(PatientPerson(self._url), self._wording, variant)
        for _ in range(MESSAGES_EACH // 2):
            talk.say(SPEECHES[variant].question).hears("answer_source")
            self._is_over.wait(PAUSE_SECONDS)
            talk.say(SPEECHES[variant].greeting).hears("greeting")
            self._is_over.wait(PAUSE_SECONDS)
            self.answered += 2
        talk.person.close()


def test_a_new_answer_goes_live_and_is_taken_back_while_people_chat(
    own_safar: RunningSafar, content: Path, meet: Meet, wording: Wording
) -> None:
    with Chatterers(own_safar.url, wording) as chatterers:
        first = own_safar.engine()["release"]
        assert not _is_new(_ask(meet, own_safar, wording))
        added = own_safar.command("add", str(NEW), "--name", NAME)
        assert added.returncode == 0, text_of(added)
        assert (content / "faq" / f"{NAME}.yml").is_file()
        trained = own_safar.command("train")
        assert trained.returncode == 0, text_of(trained)
        second = trained.stdout.decode().strip()
        assert not _is_new(_ask(meet, own_safar, wording)), "nothing is live before it is promoted"

        assert own_safar.command("promote", second).returncode == 0
        wait_until(lambda: own_safar.engine()["release"] == second, LIVE_SECONDS, own_safar.logged)
        assert _is_new(_ask(meet, own_safar, wording))
        assert _ask_without_server(own_safar)["entry"] == NAME

        before = chatterers.answered
        assert own_safar.command("rollback").returncode == 0
        began = time.monotonic()
        wait_until(lambda: own_safar.engine()["release"] == first, LIVE_SECONDS, own_safar.logged)
        assert not _is_new(_ask(meet, own_safar, wording))
        assert time.monotonic() - began < BACK_SECONDS
        assert _ask_without_server(own_safar)["entry"] != NAME
        wait_until(lambda: chatterers.answered > before or chatterers.failure, LIVE_SECONDS)
    assert chatterers.failure is None
    assert chatterers.answered > 2 * MESSAGES_EACH
    assert "Traceback" not in own_safar.logged()


def test_an_entry_that_is_wrong_is_not_taken(content: Path, tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.yml"
    before = sorted(content.rglob("*"))
    for change, named in (
        ({"topic": "documents.camels"}, "documents.camels"),
        ({"facts": ["NO-SUCH-FACT"]}, "NO-SUCH-FACT"),
        ({"answer": {"ru": "Одно. Два. Три. Четыре."}}, "wrong.yml"),
        ({"questions": {}}, "questions"),
    ):
        wrong.write_text(yaml.safe_dump(ENTRY | change, allow_unicode=True), "utf-8")
        refused = run_safar("add", str(wrong), "--name", NAME, environ={"SAFAR_CONTENT": str(content)})
        assert refused.returncode == 1, change
        assert "Traceback" not in text_of(refused) and named in text_of(refused).replace(NAME, "wrong")
    assert sorted(content.rglob("*")) == before


def _ask(meet: Meet, running: RunningSafar, wording: Wording) -> str:
    return Talk(meet(VARIANT, running.url), wording, VARIANT).say(ENTRY["questions"][VARIANT][0]).text


def _is_new(text: str) -> bool:
    return text.startswith(ENTRY["answer"][VARIANT])


def _ask_without_server(running: RunningSafar) -> dict[str, object]:
    line = json.dumps({"id": "1", "text": ENTRY["questions"][VARIANT][0], "language": VARIANT})
    done = running.command("ask", "--json", stdin=line)
    assert done.returncode == 0, text_of(done)
    answer: dict[str, object] = json.loads(done.stdout)
    return answer
