"""The conversation's page in a real browser: drafts, keys, older messages, events and the way without them."""

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest
from selenium.webdriver.common.keys import Keys

from conversations.versions import note_taken_back
from tests.browser import Browser, chromium
from tests.console.conftest import PASSWORD, Street
from tests.console.console_pages import set_scene
from tests.console.running_console import ConsoleThread

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
SHOWN = "return document.querySelectorAll('#log .message').length"


@pytest.fixture
def browser(tmp_path: Path, console: ConsoleThread, employ: Callable[[str], None]) -> Iterator[Browser]:
    """A browser in which Madina is logged in, by the form."""
    employ("Madina")
    with chromium(tmp_path / "profile") as opened:
        opened.open(f"{console.url}/login")
        _log_in(opened)
        opened.driver.add_cookie({"name": "safar_language", "value": "en"})
        yield opened
        assert not opened.complaints()


def _log_in(browser: Browser) -> None:
    browser.one("#name").send_keys("Madina")
    browser.one("#password").send_keys(PASSWORD, Keys.ENTER)
    browser.one("#lists")


def _has_more_than(browser: Browser, before: int) -> bool:
    return bool(browser.run(SHOWN) > before)


def test_a_draft_outlives_a_reload_and_goes_when_it_is_sent_or_one_leaves(
    browser: Browser, street: Street, console: ConsoleThread
) -> None:
    scene = set_scene(street)
    page = console.url + scene.conversations[0]
    browser.open(page)
    browser.one("#text").send_keys("Ман менависам")
    browser.open(page)
    assert browser.one("#text").get_attribute("value") == "Ман менависам"
    assert browser.one("#draft-kept").is_displayed()
    browser.one("#text").send_keys(Keys.CONTROL, Keys.ENTER)
    browser.until_text(".from-operator .words", "Ман менависам")
    browser.open(page)
    assert browser.one("#text").get_attribute("value") == ""
    browser.one("#text").send_keys("нимкора")
    browser.one("form[action='/logout'] button").click()
    browser.one("#name")
    assert browser.run("return Object.keys(localStorage).filter((key) => key.includes('draft')).length") == 0


def test_keys_lead_everywhere_and_can_be_switched_off(browser: Browser, street: Street, console: ConsoleThread) -> None:
    scene = set_scene(street)
    browser.open(console.url + scene.conversations[0])
    focused = browser.driver.switch_to
    for key, where in (("r", "text"), ("n", "internal-note")):
        browser.driver.find_element("id", "log").send_keys(key)
        assert focused.active_element.get_attribute("id") == where
        focused.active_element.send_keys("r?n", Keys.ESCAPE)
        assert browser.driver.find_element("id", where).get_attribute("value") == "r?n", "in a field a key is a letter"
    browser.driver.find_element("id", "log").send_keys("?")
    assert browser.one("#keys").is_displayed()
    focused.active_element.send_keys(Keys.ESCAPE)
    browser.until(lambda: not browser.all("#keys[open]"), "closed")
    browser.one("#signals summary").click()
    browser.one("#keys-on").click()
    browser.driver.find_element("id", "log").send_keys("?")
    assert not browser.all("#keys[open]")
    browser.open(console.url + scene.conversations[2])
    assert not browser.one("#log").send_keys("t") and focused.active_element.get_attribute("id") == "log"


def test_scrolling_up_loads_what_was_said_before(browser: Browser, street: Street, console: ConsoleThread) -> None:
    conversation_id = street.waits("аввалин")
    for number in range(130):
        street.transcript.say(conversation_id, "bot", f"паём {number}.", [], None, (), street.clock())
    browser.open(f"{console.url}/conversations/{conversation_id}")
    browser.until_text(".words", "паём 129.")
    assert browser.run(SHOWN) == 60
    for _ in range(2):
        before = int(browser.run(SHOWN))
        browser.run("document.getElementById('log').scrollTop = 0")
        browser.until(partial(_has_more_than, browser, before), "older messages")
    browser.until(lambda: browser.run(SHOWN) == 131 and not browser.all("#older"), "the first message")
    texts = browser.texts("#log .words")
    assert (texts[0], texts[1], texts[-1]) == ("аввалин", "паём 0.", "паём 129.")


def test_a_link_to_an_earlier_talk_leads_to_its_message(
    browser: Browser, street: Street, console: ConsoleThread
) -> None:
    conversation_id = street.waits("гапи аввал")
    street.handovers.take(conversation_id, "Madina", street.clock())
    street.handovers.give_back(conversation_id, "Madina", "бот", street.clock())
    for number in range(100):
        street.clock.move(minutes=1)
        street.transcript.say(conversation_id, "bot", f"паём {number}.", [], None, (), street.clock())
    browser.open(f"{console.url}/conversations/{conversation_id}")
    browser.one("#talks summary").click()
    browser.one("#talks a").click()
    browser.until_text(".words", "гапи аввал")
    browser.until(lambda: browser.one("#log .message").location["y"] > 0, "in sight")


def test_where_no_events_come_through_the_page_asks(browser: Browser, street: Street, console: ConsoleThread) -> None:
    conversation_id = street.waits()
    blocked = {"urls": ["*/events?*"]}
    browser.driver.execute_cdp_cmd("Network.enable", {})
    browser.driver.execute_cdp_cmd("Network.setBlockedURLs", blocked)
    browser.open(f"{console.url}/conversations/{conversation_id}")
    browser.until_text(".words", "Кӯмак лозим")
    street.writes(conversation_id, "бе рӯйдодҳо")
    browser.until_text(".words", "бе рӯйдодҳо")
    browser.driver.get_log("browser")  # the address that was blocked


def test_a_note_that_is_being_written_stays_when_the_panel_changes(
    browser: Browser, street: Street, console: ConsoleThread
) -> None:
    conversation_id = street.waits()
    browser.open(f"{console.url}/conversations/{conversation_id}")
    browser.one("#internal-note").send_keys("боится")
    street.handovers.take(conversation_id, "Rustam", street.clock())
    browser.until_text("#steps", "Rustam") if browser.all("#steps[open]") else browser.until_text("#around", "Rustam")
    browser.driver.switch_to.active_element.send_keys(" хозяина")
    assert browser.one("#internal-note").get_attribute("value") == "боится хозяина"


def test_sound_and_notices_are_off_until_they_are_asked_for(
    browser: Browser, street: Street, console: ConsoleThread
) -> None:
    page = f"{console.url}/conversations/{street.waits()}"
    browser.open(page)
    browser.one("#signals summary").click()
    assert not browser.one("#sound").is_selected() and not browser.one("#notify").is_selected()
    browser.one("#sound").click()
    permission = {"origin": console.url, "permissions": []}
    browser.driver.execute_cdp_cmd("Browser.grantPermissions", permission)
    browser.one("#notify").click()
    browser.until(lambda: browser.one("#notify-denied").is_displayed(), "a browser that does not allow it is named")
    assert not browser.one("#notify").is_selected()
    browser.open(page)
    browser.one("#signals summary").click()
    assert browser.one("#sound").is_selected(), "the choice is kept"


def test_what_has_become_of_a_message_is_drawn_into_it_and_leaves_what_stands_beside(
    browser: Browser, street: Street, console: ConsoleThread
) -> None:
    scene = set_scene(street)
    browser.open(console.url + scene.conversations[0])
    gone = street.transcript.after(scene.mine)[0].cursor
    browser.until_text(f"#message-{gone}", "Ман 3 рӯз пеш омадам")
    browser.run(f"document.querySelector('#message-{gone} .beside').textContent = 'панел'")
    assert note_taken_back(street.database, "whatsapp", "996500044444", "p1", street.clock())
    browser.until_text(f"#message-{gone}", "The person deleted this message")
    text = browser.texts(f"#message-{gone}")[0]
    assert "Ман 3 рӯз" not in text and "панел" in text
    assert len(browser.all(f"#message-{gone}")) == 1
