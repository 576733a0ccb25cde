"""The button for files on the chat page: there while a person answers, gone afterwards; refusals are read there."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from conversations.database import migrate, open_database
from foundation.clock import utc_now
from foundation.settings import PROJECT
from language.wording import Wording
from tests.bot.engine_stand_in import EngineStandIn
from tests.bot.operator_desk import OPERATOR, Desk, until
from tests.bot.running_gateway import GatewayThread
from tests.bot.sent_files import photo
from tests.browser import DESK, PHONE, Browser, chromium

WORDING = Wording.load(PROJECT / "data" / "responses")
IS_TOO_WIDE = "return document.documentElement.scrollWidth > window.innerWidth"


@pytest.fixture
def desk(sqlite_environ: dict[str, str]) -> Iterator[Desk]:
    database = open_database(sqlite_environ["SAFAR_DATABASE_URL"])
    migrate(database)
    yield Desk(database)
    database.close()


@pytest.fixture
def page(
    tmp_path: Path,
    begin: Callable[..., GatewayThread],
    sqlite_environ: dict[str, str],
    desk: Desk,
    engine: EngineStandIn,
) -> Iterator[Browser]:
    """The page on a phone; somebody has written in Russian."""
    url = begin(sqlite_environ | {"SAFAR_MAX_FILE_MB": "1"}).url
    with chromium(tmp_path / "profile") as browser:
        browser.size(*PHONE)
        browser.open(f"{url}/chat")
        browser.one("#text").send_keys("Здравствуйте, нужна помощь с документами")
        browser.one("#send").click()
        browser.until_text(".from-bot .words", "answer to")
        yield browser


def test_a_file_is_sent_while_a_person_answers_and_not_before_or_after(
    page: Browser, desk: Desk, tmp_path: Path
) -> None:
    assert not page.one("#write").find_element("css selector", "#attach").is_displayed()
    held = desk.newest()
    desk.takes(held)
    desk.handovers.answer(held, OPERATOR, "Здравствуйте, я Мадина. Пришлите фото.", utc_now())
    button = page.one("#attach")
    assert button.get_attribute("aria-label") == WORDING.text("page_attach", "en")
    assert button.size["width"] >= 44 and button.size["height"] >= 44
    (tmp_path / "письмо.jpg").write_bytes(photo())
    page.all("#file")[0].send_keys(str(tmp_path / "письмо.jpg"))
    page.until_text(".from-migrant .words", "письмо.jpg")
    page.until_text(".from-system .words", WORDING.text("file_passed_on", "ru"))
    assert len(desk.files(held)) == 1
    for size in (PHONE, DESK):
        page.size(*size)
        assert not page.run(IS_TOO_WIDE)
    desk.handovers.give_back(held, OPERATOR, "Вам снова отвечает бот.", utc_now())
    page.until(lambda: not page.all("#attach:not([hidden])"), "no button")
    assert not page.complaints()


def test_what_cannot_be_sent_says_why(page: Browser, desk: Desk, tmp_path: Path) -> None:
    held = desk.newest()
    desk.takes(held)
    desk.handovers.answer(held, OPERATOR, "Пришлите фото.", utc_now())
    page.one("#attach")
    (tmp_path / "large.jpg").write_bytes(photo().ljust(1_000_001))
    page.all("#file")[0].send_keys(str(tmp_path / "large.jpg"))
    page.until_text(".refused .state", WORDING.text("page_file_too_large", "en"))
    (tmp_path / "program.jpg").write_bytes(b"MZ\x90 no picture")
    page.all("#file")[0].send_keys(str(tmp_path / "program.jpg"))
    page.until_text(".refused .state", WORDING.text("file_wrong_kind", "ru"))
    until(lambda: len(page.all(".refused")) == 2)
    assert desk.files(held) == []
