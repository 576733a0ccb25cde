"""The chat page on phones that sleep, lose the line, throw the page away, or sit behind a proxy that holds back."""

import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from conversations.database import Database, open_database
from conversations.transcript import Transcript
from foundation.clock import utc_now
from language.variants import LANGUAGES
from language.wording import Wording
from tests.bot.engine_stand_in import EngineStandIn
from tests.bot.running_gateway import ROOT, GatewayThread
from tests.browser import PHONE, Browser, chromium

OWN = ".from-migrant .words"
BOT = ".from-bot .words"
OPERATOR = ".from-operator .words"
CALLS = "return performance.getEntriesByType('resource').filter((each) => each.name.includes(arguments[0])).length"
HELD_BACK = """const real = window.fetch;
window.fetch = (path, options) => String(path).includes("api/events")
  ? new Promise((_, fail) => options.signal.addEventListener("abort", () => fail(new TypeError("held back"))))
  : real(path, options);
const later = window.setTimeout;
window.setTimeout = (act, milliseconds) => later(act, milliseconds === 8000 ? 300 : milliseconds);"""


@pytest.fixture
def browser(tmp_path: Path) -> Iterator[Browser]:
    """A phone."""
    with chromium(tmp_path / "profile") as opened:
        opened.size(*PHONE)
        yield opened


@pytest.fixture
def page(
    browser: Browser, begin: Callable[..., GatewayThread], sqlite_environ: dict[str, str], engine: EngineStandIn
) -> Browser:
    """The page, in a conversation."""
    _open(browser, begin(sqlite_environ).url)
    return browser


@pytest.fixture
def desk(sqlite_environ: dict[str, str]) -> Iterator[Database]:
    """The same database, as the console sees it."""
    database = open_database(sqlite_environ["SAFAR_DATABASE_URL"])
    yield database
    database.close()


def _open(browser: Browser, url: str) -> None:
    browser.open(f"{url}/chat/")
    browser.one("#greetings button")
    _write(browser, "як")
    browser.until_text(BOT, "answer to як")


def _write(page: Browser, text: str) -> None:
    page.one("#text").send_keys(text)
    page.one("#send").click()


def _say(desk: Database, engine: EngineStandIn, text: str) -> None:
    Transcript(desk).say(engine.asked[0]["sender"], "operator", text, (), None, (), utc_now())


def _quickly(page: Browser, selector: str, text: str) -> None:
    began = time.monotonic()
    page.until_text(selector, text)
    assert time.monotonic() - began < 4, text


def test_news_comes_over_one_open_answer(page: Browser, desk: Database, engine: EngineStandIn) -> None:
    assert page.run(CALLS, "api/messages?after") == 0, "nothing is asked for again and again"
    for text in ("аввал", "дуюм"):
        _say(desk, engine, text)
        _quickly(page, OPERATOR, text)
    assert page.run("return document.cookie.length") == 0
    assert not page.run("return performance.getEntriesByType('resource').some((each) => /token/i.test(each.name))")
    assert not page.complaints()


def test_where_events_are_held_back_the_page_asks_again_and_again(
    browser: Browser,
    begin: Callable[..., GatewayThread],
    sqlite_environ: dict[str, str],
    desk: Database,
    engine: EngineStandIn,
) -> None:
    browser.driver.execute_cdp_cmd("Page.addScriptToEvaluateOnNewDocument", {"source": HELD_BACK})
    _open(browser, begin(sqlite_environ).url)
    for text in ("аввал", "дуюм"):
        _say(desk, engine, text)
        _quickly(browser, OPERATOR, text)
    assert browser.run(CALLS, "api/messages?after") >= 2


def test_a_page_that_was_frozen_catches_up_at_once_when_it_thaws(
    page: Browser, desk: Database, engine: EngineStandIn
) -> None:
    page.driver.execute_cdp_cmd("Page.setWebLifecycleState", {"state": "frozen"})
    _say(desk, engine, "дар хоб")
    time.sleep(1)
    page.driver.execute_cdp_cmd("Page.setWebLifecycleState", {"state": "active"})
    _quickly(page, OPERATOR, "дар хоб")
    _write(page, "бедор")
    _quickly(page, BOT, "answer to бедор")
    assert page.texts(OWN) == ["як", "бедор"]


def test_a_clock_that_has_jumped_means_a_sleep_and_all_connections_are_made_anew(
    page: Browser, desk: Database, engine: EngineStandIn
) -> None:
    page.run("const real = Date.now; Date.now = () => real() + 3600000; window.fetchesBefore = 0")
    page.run("const real = window.fetch; window.fetch = (...all) => (window.fetchesBefore++, real(...all))")
    page.until(lambda: page.run("return window.fetchesBefore") >= 1, "a new stream")
    _say(desk, engine, "субҳ")
    _quickly(page, OPERATOR, "субҳ")
    assert page.texts(OPERATOR) == ["субҳ"]


def test_what_was_written_offline_says_so_and_goes_out_once_the_moment_the_line_is_back(
    page: Browser, engine: EngineStandIn, desk: Database
) -> None:
    page.offline(True)
    _write(page, "ду")
    _write(page, "се")
    page.until(lambda: len([each for each in page.texts(".message.sending .state") if each]) == 2, "both say so")
    unsent = {Wording.load(ROOT / "data" / "responses").text("page_unsent", variant) for variant in LANGUAGES}
    page.until(lambda: set(page.texts(".message.sending .state")) <= unsent, "in words")
    _say(desk, engine, "дар ин миён")
    time.sleep(3)
    page.offline(False)
    _quickly(page, BOT, "answer to се")
    page.until_text(OPERATOR, "дар ин миён")
    page.until(lambda: not page.all(".message.sending"), "all sent")
    assert [text for text in engine.texts() if text != "як"] == ["ду", "се"]
    assert page.run("return sessionStorage.length") == 0


def test_a_page_that_the_phone_threw_away_still_sends_what_was_not_sent_and_once(
    page: Browser, engine: EngineStandIn
) -> None:
    page.driver.execute_cdp_cmd("Network.enable", {})
    page.driver.execute_cdp_cmd("Network.setBlockedURLs", {"urls": ["*api/messages"]})
    _write(page, "ду")
    page.until(lambda: page.texts(".message.sending .state"), "not sent")
    assert page.run("return sessionStorage.length") == 1
    page.driver.refresh()
    page.until_text(OWN, "ду")
    assert page.all(".message.sending")
    page.driver.execute_cdp_cmd("Network.setBlockedURLs", {"urls": []})
    page.until_text(BOT, "answer to ду")
    page.until(lambda: page.texts(OWN) == ["як", "ду"], "each once")
    assert engine.texts() == ["як", "ду"]
    assert page.run("return sessionStorage.length") == 0


def test_leaving_forgets_what_was_not_sent(page: Browser, engine: EngineStandIn) -> None:
    page.driver.execute_cdp_cmd("Network.enable", {})
    page.driver.execute_cdp_cmd("Network.setBlockedURLs", {"urls": ["*api/messages"]})
    _write(page, "сир")
    page.until(lambda: page.texts(".message.sending .state"), "not sent")
    page.one("#leave").click()
    page.one("#clock")
    assert page.run("return localStorage.length + sessionStorage.length") == 0
    assert "сир" not in engine.texts()


def test_where_the_browser_keeps_nothing_the_page_works_all_the_same(
    browser: Browser, begin: Callable[..., GatewayThread], sqlite_environ: dict[str, str], engine: EngineStandIn
) -> None:
    forbid = """for (const name of ["localStorage", "sessionStorage"]) Object.defineProperty(window, name, {
      get() { throw new DOMException("denied", "SecurityError"); } });"""
    browser.driver.execute_cdp_cmd("Page.addScriptToEvaluateOnNewDocument", {"source": forbid})
    _open(browser, begin(sqlite_environ).url)
    _write(browser, "ду")
    browser.until_text(BOT, "answer to ду")
    assert not browser.complaints()
