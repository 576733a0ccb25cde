"""The whole conversation in a real browser, in every language: a migrant on a phone, an operator at a desk.

With SAFAR_PICTURES=1 the screens are written to docs/pictures.
"""

import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from selenium.webdriver.common.keys import Keys

from guidance.places import Places
from knowledge_base.library import Library
from language.variants import LANGUAGES, OWN_NAMES
from language.wording import Wording
from tests import browser as browsers
from tests.browser import DESK, PHONE, Browser, chromium
from tests.trained_release import PROJECT
from tests.ways.conftest import OPERATOR, PASSWORD
from tests.ways.running_safar import RunningSafar
from tests.ways.speech import SPEECHES, Speech
from tests.ways.talk import spoken

PICTURES = PROJECT / "docs" / "pictures"
SHOWN_ON_A_DESK = ("ru", "tg")
BOT, SYSTEM, OF_OPERATOR = ".from-bot .words", ".from-system .words", ".from-operator .words"
PATIENCE_SECONDS = 60
LATEST_IN_VIEW = """const all = document.querySelectorAll(arguments[0]);
    if (all.length) all[all.length - 1].scrollIntoView({block: "nearest"})"""


@pytest.fixture(scope="module")
def patience() -> Iterator[None]:
    """A slow machine is given time."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(browsers, "WAIT_SECONDS", PATIENCE_SECONDS)
        yield


@pytest.fixture(scope="module")
def phone(safar: RunningSafar, patience: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """The migrant's browser."""
    with chromium(tmp_path_factory.mktemp("phone")) as browser:
        browser.size(*PHONE)
        yield browser


@pytest.fixture(scope="module")
def desk(safar: RunningSafar, patience: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """The operator's browser, logged in by the form."""
    with chromium(tmp_path_factory.mktemp("desk")) as browser:
        browser.size(*DESK)
        browser.open(f"{safar.console_url}/login")
        browser.one("#name").send_keys(OPERATOR)
        browser.one("#password").send_keys(PASSWORD, Keys.ENTER)
        browser.one("#lists")
        yield browser


class ChatPage:
    """The chat page in one language, as a thumb uses it."""

    def __init__(self, browser: Browser, wording: Wording, variant: str) -> None:
        self.browser, self._wording, self.variant = browser, wording, variant

    def open(self, url: str) -> None:
        """Begin anew, knowing nothing of earlier conversations."""
        self.browser.open(f"{url}/chat/")
        self.browser.run("localStorage.clear()")
        self.browser.open(f"{url}/chat/")
        self.browser.one("#greetings button")

    def write(self, text: str) -> None:
        """Type and send."""
        self.browser.one("#text").send_keys(text)
        self.browser.one("#send").click()

    def press(self, title: str) -> None:
        """Press the newest button of this title."""
        self.browser.until(lambda: self._click(title), title)

    def hears(self, selector: str, *keys: str) -> None:
        """Wait until the newest such message, or those behind it, hold these texts."""
        for key in keys:
            pattern = re.compile(spoken(self._wording, key, self.variant), re.DOTALL)
            self.browser.until(lambda wanted=pattern: any(map(wanted.search, self._since_own(selector))), key)

    def hears_words(self, selector: str, words: str) -> None:
        """Wait until a message since one's own last one holds these words."""
        self.browser.until(lambda: any(words in text for text in self._since_own(selector)), words)

    def text(self, key: str) -> str:
        """A text of the wording."""
        return self._wording.text(key, self.variant)

    def _since_own(self, selector: str) -> list[str]:
        script = """const own = [...document.querySelectorAll('.from-migrant')].pop();
            return [...document.querySelectorAll(arguments[0])].filter((each) =>
              own.compareDocumentPosition(each) & Node.DOCUMENT_POSITION_FOLLOWING).map((each) => each.innerText)"""
        found: list[str] = self.browser.run(script, selector)
        return found

    def _click(self, title: str) -> bool:
        buttons = self._buttons(title)
        if buttons:
            self.browser.run("arguments[0].click()", buttons[-1])
        return bool(buttons)

    def _buttons(self, title: str) -> list[object]:
        return [each for each in self.browser.all(".quick button") if each.text.strip() == title]


@pytest.mark.parametrize("variant", LANGUAGES)
def test_the_whole_conversation_goes_through_the_page(
    safar: RunningSafar,
    phone: Browser,
    desk: Browser,
    wording: Wording,
    library: Library,
    release: Path,
    variant: str,
) -> None:
    speech, page = SPEECHES[variant], ChatPage(phone, wording, variant)
    page.open(safar.url)
    assert phone.texts("#greetings b") == [OWN_NAMES[each] for each in LANGUAGES]
    page.write(speech.greeting)
    page.hears(BOT, "greeting")
    page.hears(SYSTEM, "first_contact")
    page.write(speech.question)
    page.hears_words(BOT, next(each for each in library.of_topic("bans.appeal")).answer[variant])
    page.hears(BOT, "answer_source", "answer_checked_on")
    tag = "uz-Latn" if variant == "uz" else variant
    phone.until(lambda: phone.run("return document.documentElement.lang") == tag, "the page speaks the language")
    _picture(phone, "chat", variant)

    _the_tool(page, speech, release)
    _picture(phone, "deadline", variant)

    page.write(speech.danger)
    page.hears(SYSTEM, "safety_urgent")
    page.hears_words(SYSTEM, "112")
    page.hears(BOT, "answer_source")
    _picture(phone, "danger", variant, latest=".from-system")
    page.press(wording.text("safety_button_person", variant))
    page.hears(SYSTEM, "waiting_in_queue")
    page.write(speech.to_operator)

    _the_operator(desk, safar.console_url, variant, speech)
    page.hears_words(OF_OPERATOR, speech.answer)
    _picture(phone, "operator", variant, latest=".from-operator")
    desk.one("form[action$=give_back] button").click()
    page.hears(SYSTEM, "bot_is_back")
    page.write(speech.question)
    page.hears(BOT, "answer_where", "answer_source")
    for browser in (phone, desk):
        assert not browser.complaints()
        assert not browser.is_wider_than_screen()


def _the_tool(page: ChatPage, speech: Speech, release: Path) -> None:
    """Reached by the menu; the country is known from the question; interrupted by it once more, ended with a date."""
    page.browser.one("[data-own=menu]").click()
    page.press(page.text("domain.registration"))
    page.press(page.text("topic.registration.arrival"))
    page.hears(BOT, "registration_intro", "ask_citizenship")
    page.write(speech.question)
    page.hears(BOT, "answer_source", "ask_citizenship")
    page.press(Places.load(release / "content" / "guidance").country_name("TJ", page.variant))
    page.hears(BOT, "for_whom", "ask_entered_on")
    page.write(speech.entered_on)
    page.hears(BOT, "deadline_ahead", "answer_source")


def _the_operator(desk: Browser, url: str, variant: str, speech: Speech) -> None:
    """Sees who waits, takes the conversation, answers; the console speaks the same language."""
    desk.driver.add_cookie({"name": "safar_language", "value": variant})
    desk.open(url)
    desk.until(lambda: len(desk.all(".row.urgent .main")) == 1, "one row in danger")
    _picture(desk, "console-queue", variant, DESK)
    desk.one(".row.urgent .main").click()
    desk.until_text(".from-migrant .words", speech.danger)
    desk.one("form[action$=take] button").click()
    desk.one("#text").send_keys(speech.answer, Keys.CONTROL, Keys.ENTER)
    desk.until_text(OF_OPERATOR, speech.answer)
    _picture(desk, "console-conversation", variant, DESK, ".from-operator")


def _picture(
    browser: Browser, name: str, variant: str, own_size: tuple[int, int] = PHONE, latest: str = ".from-bot"
) -> None:
    if not os.environ.get("SAFAR_PICTURES"):
        return
    PICTURES.mkdir(parents=True, exist_ok=True)
    for size, ending in sorted([(PHONE, ""), (DESK, "-desk")], key=lambda each: each[0] != own_size):
        if size == PHONE or variant in SHOWN_ON_A_DESK:
            browser.size(*size)
            browser.run(LATEST_IN_VIEW, latest)
            browser.driver.save_screenshot(str(PICTURES / f"{name}-{variant}{ending}.png"))
    browser.size(*own_size)
