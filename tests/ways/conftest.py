"""The running stack that the tests of the ways share, and people who use it."""

import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from knowledge_base.library import Library
from language.wording import Wording
from tests.bot.web_person import WebPerson
from tests.console.running_console import Visitor
from tests.trained_release import trained_release
from tests.ways.running_safar import RunningSafar

OPERATOR, PASSWORD = "Madina", "a long password 42"
LOGGED_CHARS = 8000
LONGEST_SECONDS = 900
Meet = Callable[..., WebPerson]


@pytest.fixture(scope="session")
def release() -> Path:
    """The folder of a release of the project's own content."""
    return trained_release()


@pytest.fixture(scope="session")
def safar(release: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningSafar]:
    """The whole stack, shared by the tests that leave it as it was."""
    running = RunningSafar(tmp_path_factory.mktemp("safar"), release)
    try:
        running.start()
        added = running.command("operator", "add", OPERATOR, "--password-stdin", stdin=f"{PASSWORD}\n")
        assert added.returncode == 0, added.stderr.decode()
        yield running
    finally:
        running.stop()


@pytest.fixture(scope="session")
def wording(release: Path) -> Wording:
    """What the bot says, by key."""
    return Wording.load(release / "content" / "responses")


@pytest.fixture(scope="session")
def library(release: Path) -> Library:
    """The entries of the release."""
    return Library.load(release / "content" / "faq")


@pytest.fixture
def meet(safar: RunningSafar) -> Iterator[Meet]:
    """Makes people who write on the web page, each with a conversation."""
    met: list[WebPerson] = []

    def one(language: str | None = None, url: str | None = None) -> WebPerson:
        met.append(WebPerson(url or safar.url, language))
        return met[-1]

    yield one
    for person in met:
        person.close()


@pytest.fixture
def operator(safar: RunningSafar) -> Iterator[Visitor]:
    """An operator who has logged in to the console."""
    visitor = Visitor(safar.console_url)
    entered = visitor.log_in(OPERATOR, PASSWORD)
    assert entered.status_code == 303, entered.text
    yield visitor
    visitor.http.close()


@pytest.fixture(autouse=True)
def _no_traceback_in_the_logs(request: pytest.FixtureRequest) -> Iterator[None]:
    """Whatever a test does to the shared stack, nobody there throws a traceback."""
    yield
    if "safar" in request.fixturenames:
        running: RunningSafar = request.getfixturevalue("safar")
        assert "Traceback" not in running.logged()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Give these tests time on a slow machine; the first of them may have to train."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.timeout(LONGEST_SECONDS))


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item: pytest.Function) -> Iterator[None]:
    """Under a failure stands what the stack has logged last."""
    outcome = yield
    report: pytest.TestReport = outcome.get_result()  # type: ignore[attr-defined]
    if report.failed:
        for running in item.funcargs.values():
            if isinstance(running, RunningSafar):
                report.sections.append(("What Safar logged", running.logged()[-LOGGED_CHARS:]))


def text_of(done: "subprocess.CompletedProcess[bytes]") -> str:
    """What a command has printed as an error."""
    return done.stderr.decode("utf-8", "replace").strip()
