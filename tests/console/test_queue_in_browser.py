"""The queue in a real browser: live by events, keys, ticking, filter, switch; narrow and wide, in every language."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from selenium.webdriver.common.keys import Keys

from conversations.desks import Desks
from language.variants import LANGUAGES
from tests.browser import DESK, PHONE, Browser, chromium
from tests.console.conftest import PASSWORD, MovableClock, Street
from tests.console.running_console import ConsoleThread

SMALL = """
return [...document.querySelectorAll('button, .main, .plain, select')]
  .filter((each) => each.offsetParent && each.offsetHeight < 38).length
"""
CHOOSE_UZBEK = """
const chosen = document.getElementById('by-language');
chosen.value = 'uz';
chosen.dispatchEvent(new Event('change', {bubbles: true}));
"""
pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@pytest.fixture
def browser(tmp_path: Path, console: ConsoleThread, employ: Callable[[str], None]) -> Iterator[Browser]:
    """A browser in which Madina is logged in."""
    employ("Madina")
    with chromium(tmp_path / "profile") as opened:
        opened.open(f"{console.url}/login")
        opened.one("#name").send_keys("Madina")
        opened.one("#password").send_keys(PASSWORD, Keys.ENTER)
        opened.one("#lists")
        yield opened
        assert not opened.complaints()


def _press(browser: Browser, key: str) -> None:
    browser.driver.switch_to.active_element.send_keys(key)


def _focused(browser: Browser) -> str:
    return str(browser.driver.switch_to.active_element.get_attribute("id"))


def test_keys_lead_through_the_list_and_take(browser: Browser, street: Street, clock: MovableClock) -> None:
    waiting = []
    for _ in range(3):
        waiting.append(street.waits())
        clock.move(minutes=1)
    browser.until(lambda: len(browser.all(".row")) == 3, "three rows, by events")
    _press(browser, "j")
    assert _focused(browser) == f"open-{waiting[0]}"
    _press(browser, "j")
    _press(browser, "j")
    _press(browser, "j")
    assert _focused(browser) == f"open-{waiting[2]}", "the last stays the last"
    _press(browser, "k")
    assert _focused(browser) == f"open-{waiting[1]}"
    street.waits(danger="urgent")
    browser.until(lambda: len(browser.all(".row")) == 4, "four rows")
    assert _focused(browser) == f"open-{waiting[1]}", "a fresh list keeps the place"
    _press(browser, "t")
    browser.one("#text")
    known = street.conversations.get(waiting[1])
    assert known and known.operator == "Madina"


def test_single_keys_can_be_switched_off(browser: Browser, street: Street) -> None:
    street.waits()
    browser.until(lambda: len(browser.all(".row")) == 1, "a row")
    browser.one(".keys summary").click()
    browser.one("#keys-on").click()
    _press(browser, "j")
    assert _focused(browser) == "keys-on"
    browser.driver.refresh()
    browser.one("#lists")
    _press(browser, "j")
    assert not _focused(browser).startswith("open-")


def test_waiting_times_tick_without_the_server(browser: Browser, street: Street, console: ConsoleThread) -> None:
    street.waits()
    browser.until(lambda: len(browser.all(".row")) == 1, "a row")
    browser.run("document.querySelector('[data-since]').dataset.since = new Date(0).toISOString()")
    browser.run("document.querySelector('[data-words]').textContent = ''")
    browser.until(lambda: " d " in browser.texts(".time")[0], "the time in words")


def test_filter_and_switch_work_and_nothing_is_wider_than_the_screen(browser: Browser, street: Street) -> None:
    Desks(street.database).set("Madina", languages=["uz"], open_limit=2)
    for danger in ("urgent", "concern", "none"):
        street.waits(danger=danger)
    held = street.waits()
    street.handovers.take(held, "Aibek", street.clock())
    street.conversations.remember(street.waits(), variant="uz")
    start = browser.driver.current_url
    for size in (PHONE, DESK):
        browser.size(*size)
        for variant in LANGUAGES:
            browser.driver.add_cookie({"name": "safar_language", "value": variant})
            for page in ("", "?show=fitting", "desk", f"conversations/{held}"):
                browser.open(start + page)
                assert not browser.is_wider_than_screen(), (size, variant, page)
                assert browser.run(SMALL) == 0, (size, variant, page)
    browser.open(start)
    browser.one(".filter summary").click()
    browser.run(CHOOSE_UZBEK)
    browser.until(lambda: "language=uz" in browser.driver.current_url, "a filtered address")
    browser.until(lambda: len(browser.all(".row")) == 1, "one row")
    browser.one(".presence button").click()
    browser.one(".presence.away")
