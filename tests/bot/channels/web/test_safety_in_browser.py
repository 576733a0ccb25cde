"""Safety on the page: the way out fits on one line, a word empties the page, another takes the talk out of sight."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from conversations.database import open_database
from conversations.statistics import read_statistics
from foundation.clock import utc_now
from foundation.settings import PROJECT
from guidance.safety_words import SafetyWords
from language.variants import LANGUAGES
from tests.bot.engine_stand_in import EngineStandIn
from tests.bot.running_gateway import GatewayThread
from tests.browser import PHONE, Browser, chromium

SHOWN = ".words"
URGENT = "Помогите, он меня убьёт сегодня"
WORDS = SafetyWords.load(PROJECT / "data" / "guidance")
LINES = """
const element = [...document.querySelectorAll(arguments[0])].find((each) => each.offsetParent);
const range = document.createRange();
range.selectNodeContents(element);
const tops = [...range.getClientRects()].map((each) => each.top);
return Math.max(...tops) - Math.min(...tops) < 8 ? 1 : 2;
"""


@pytest.fixture
def gateway(
    begin: Callable[..., GatewayThread], sqlite_environ: dict[str, str], engine: EngineStandIn
) -> GatewayThread:
    """A running gateway, with an engine."""
    return begin(sqlite_environ)


@pytest.fixture
def page(tmp_path: Path, gateway: GatewayThread) -> Iterator[Browser]:
    """The page on a phone."""
    with chromium(tmp_path / "profile") as browser:
        browser.size(*PHONE)
        browser.open(f"{gateway.url}/chat")
        browser.one("#greetings button")
        yield browser


def _write(page: Browser, text: str) -> None:
    page.one("#text").send_keys(text)
    page.one("#send").click()


@pytest.mark.parametrize("variant", LANGUAGES)
def test_the_ways_out_and_to_a_person_stand_on_one_line_on_a_small_phone(page: Browser, variant: str) -> None:
    tag = "uz-Latn" if variant == "uz" else variant
    page.one("#language").click()
    page.one(f"#choice-list button[data-variant={variant}]").click()
    page.until(lambda: page.run("return document.documentElement.lang") == tag, tag)
    for words in ("#leave span", "#language-name", "[data-own=person] span", "[data-own=menu] span"):
        assert page.run(LINES, words) == 1, words
    assert not page.is_wider_than_screen()


@pytest.mark.parametrize("variant", ["ru", "ky"])
def test_the_word_of_the_quick_exit_takes_the_page_away(
    page: Browser, sqlite_environ: dict[str, str], variant: str
) -> None:
    _write(page, "салом")
    page.until_text(SHOWN, "answer to салом")
    _write(page, WORDS.word("exit", variant))
    page.until(lambda: page.all("#clock"), "the clock")
    assert page.run("return location.pathname") == "/"
    assert page.run("return localStorage.length") == 0
    database = open_database(sqlite_environ["SAFAR_DATABASE_URL"])
    page.until(lambda: read_statistics(database, utc_now()).conversations == 0, "nothing is kept")
    database.close()


def test_the_code_word_leaves_nothing_of_the_talk_on_the_page_even_after_a_reload(
    page: Browser, engine: EngineStandIn
) -> None:
    _write(page, URGENT)
    page.until_text(SHOWN, "112")
    page.until_text(SHOWN, f"answer to {URGENT}")
    _write(page, WORDS.word("disguise", "ru"))
    page.until(lambda: len(page.texts(SHOWN)) == 1 and "Курсы языка" in page.texts(SHOWN)[0], "only the courses")
    page.driver.refresh()
    page.until_text(SHOWN, "Курсы языка")
    assert len(page.texts(SHOWN)) == 1
    _write(page, WORDS.word("resume", "ru"))
    page.until_text(SHOWN, "Снова на связи")
    assert not [text for text in page.texts(SHOWN) if "убьёт" in text or "112" in text]
    assert not page.complaints()


def test_the_steps_are_pressed_and_answered_below_each_other(page: Browser, engine: EngineStandIn) -> None:
    _write(page, URGENT)
    page.until_text(SHOWN, "112")
    page.until(lambda: "Да, могу" in page.texts(".quick button"), "yes")
    next(each for each in page.all(".quick button") if each.text == "Да, могу").click()
    page.until_text(SHOWN, "новый урок")
    assert not page.is_wider_than_screen()
    assert {"Позвать человека", "Сменить тему", "Закрыть чат"} <= set(page.texts(".quick button"))
    assert not page.complaints()
