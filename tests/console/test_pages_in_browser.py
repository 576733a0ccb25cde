"""The console in a real browser: phone and desk, keyboard, and what happens while an operator writes."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from selenium.webdriver.common.keys import Keys

from conversations.erasure import erase
from language.variants import LANGUAGES
from tests.browser import DESK, PHONE, Browser, chromium
from tests.console.conftest import PASSWORD, Street
from tests.console.running_console import ConsoleThread

SMALL = "return [...document.querySelectorAll('button, .main, select')].filter((e) => e.offsetHeight < 38).length"
pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@pytest.fixture
def browser(tmp_path: Path, console: ConsoleThread, employ: Callable[[str], None]) -> Iterator[Browser]:
    """A browser in which Madina is logged in, by the form."""
    employ("Madina")
    with chromium(tmp_path / "profile") as opened:
        opened.open(f"{console.url}/login")
        opened.one("#name").send_keys("Madina")
        opened.one("#password").send_keys(PASSWORD, Keys.ENTER)
        opened.one("#lists")
        yield opened
        assert not opened.complaints()


def test_a_conversation_is_taken_answered_and_given_back(browser: Browser, street: Street) -> None:
    conversation_id = street.waits("Хозяин <b>не отдаёт</b> паспорт", danger="urgent")
    browser.until(lambda: browser.driver.title.startswith("(1)"), "title")
    browser.one(f"#open-{conversation_id}").click()
    browser.until_text(".words", "<b>не отдаёт</b>")
    browser.one("form[action$=take] button").click()
    browser.one("#text").send_keys("Салом.", Keys.ENTER, "Ман ин ҷо.", Keys.CONTROL, Keys.ENTER)
    browser.until_text(".from-operator .words", "Ман ин ҷо.")
    assert street.transcript.after(conversation_id)[-1].text == "Салом.\nМан ин ҷо."
    browser.one("form[action$=give_back] button").click()
    browser.until(lambda: not browser.all("#text"), "no field")
    known = street.conversations.get(conversation_id)
    assert known and known.state == "bot"


def test_news_come_while_one_writes_and_the_draft_stays_as_it_is(browser: Browser, street: Street) -> None:
    conversation_id = street.waits()
    street.handovers.take(conversation_id, "Madina", street.clock())
    browser.open(f"{browser.driver.current_url}conversations/{conversation_id}")
    field = browser.one("#text")
    field.send_keys("Ман менавис")
    street.writes(conversation_id, "боз як савол", danger="urgent")
    street.handovers.open(conversation_id, "", "urgent", street.clock())
    browser.until_text(".from-migrant .words", "боз як савол")
    browser.until(lambda: browser.all("#around .danger.urgent"), "the danger has risen")
    browser.driver.switch_to.active_element.send_keys("ам")
    assert browser.one("#text").get_attribute("value") == "Ман менависам"
    street.handovers.withdraw(conversation_id, "Бот", street.clock())
    browser.until(lambda: browser.all("#unsent:not([hidden])"), "the unsent text")
    assert browser.one("#unsent-text").get_attribute("value") == "Ман менависам"


def test_an_erased_conversation_leaves_the_open_page(browser: Browser, street: Street) -> None:
    conversation_id = street.waits("нест мешавад")
    browser.open(f"{browser.driver.current_url}conversations/{conversation_id}")
    browser.until_text(".words", "нест мешавад")
    erase(street.database, conversation_id, street.clock())
    browser.until(lambda: "нест мешавад" not in browser.run("return document.body.innerText"), "gone")
    browser.driver.get_log("browser")  # the 404 that the page has asked for


def test_no_page_is_wider_than_a_phone_and_every_control_is_large_enough(browser: Browser, street: Street) -> None:
    conversation_id = street.waits("Ӯ" * 300, danger="concern")
    street.handovers.take(conversation_id, "Madina", street.clock())
    street.waits(danger="urgent")
    start = browser.driver.current_url
    for size in (PHONE, DESK):
        browser.size(*size)
        for variant in LANGUAGES:
            browser.driver.add_cookie({"name": "safar_language", "value": variant})
            for page in ("", f"conversations/{conversation_id}"):
                browser.open(start + page)
                assert not browser.is_wider_than_screen(), (size, variant, page)
                assert browser.run(SMALL) == 0, (size, variant, page)


def test_going_to_and_fro_does_not_stall_the_browser(browser: Browser, street: Street) -> None:
    start, conversation_id = browser.driver.current_url, street.waits()
    for _ in range(6):
        for page in ("", f"conversations/{conversation_id}"):
            browser.open(start + page)
            waited = "return performance.getEntriesByType('navigation')[0].requestStart"
            assert browser.run(waited) < 5000


def test_the_list_can_be_used_with_the_keyboard_alone(browser: Browser, street: Street) -> None:
    conversation_id = street.waits()
    browser.one(f"#open-{conversation_id}")
    browser.run("document.body.focus()")
    for _ in range(12):
        browser.driver.switch_to.active_element.send_keys(Keys.TAB)
        if browser.driver.switch_to.active_element.get_attribute("id") == f"open-{conversation_id}":
            break
    street.waits(danger="urgent")
    browser.until(lambda: len(browser.all(".row")) == 2, "two rows")
    focused = browser.driver.switch_to.active_element
    assert focused.get_attribute("id") == f"open-{conversation_id}", "a fresh list keeps the focus"
    focused.send_keys(Keys.ENTER)
    browser.until_text(".words", "Кӯмак лозим")
