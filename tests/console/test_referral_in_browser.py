"""Referral and counted needs in a real browser: phone and desk, every language, and the whole way by clicks.

With SAFAR_PICTURES=1 the picture of the guide is written to docs/pictures.
"""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.ui import Select

from conversations.commands import CountNeeds, OpenHandover
from conversations.inbox import Inbox
from conversations.notes import Note
from conversations.referral import Referrals
from conversations.reply import Reply
from conversations.turn import finish_turn
from foundation.settings import PROJECT
from language.variants import LANGUAGES
from tests.browser import DESK, PHONE, Browser, chromium
from tests.console.conftest import PASSWORD, Street
from tests.console.running_console import ConsoleThread

SMALL = "return [...document.querySelectorAll('button, .main, select')].filter((e) => e.offsetHeight < 38).length"
PICTURE = PROJECT / "docs" / "pictures" / "console-referral-ru-desk.png"
NOTE = Note(("ILO7", "ILO6"), ("SI3", "FA1"), "safety_flow_and_anti_trafficking_referral", ("passport_kept",))
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


@pytest.fixture
def screened(street: Street) -> str:
    """A conversation that the bot has handed over with a note; four others have named needs too."""
    needs, conversation_id = ("passport_kept", "legal_aid_documents"), ""
    for country, named in (("RU", needs), ("RU", needs), ("RU", needs), ("KZ", needs[:1]), ("KZ", ("return_home",))):
        conversation_id = street.arrives()
        street.writes(conversation_id, "Хӯҷаин шиносномаро намедиҳад", danger="concern")
        claimed = Inbox(street.database).claim("worker", street.clock(), 30)
        assert claimed is not None
        commands = [OpenHandover("screening", "concern", note=NOTE), CountNeeds(named, country, "TJ")]
        assert finish_turn(street.database, claimed, [Reply("Хуб")], commands, "r1", street.clock())
    assert street.handovers.take(conversation_id, "Madina", street.clock())
    return conversation_id


def test_a_referral_goes_its_whole_way_by_clicks(browser: Browser, street: Street, screened: str) -> None:
    start, referrals = browser.driver.current_url, Referrals(street.database)
    browser.open(f"{start}conversations/{screened}")
    browser.one("#text").send_keys("нимкора")
    Select(browser.one("#choice")).select_by_value("alternativa:leaving_forced_work")
    browser.one("form[action$=referral] button").click()
    browser.until(lambda: browser.all(".referral.offered"), "asked")
    (referral,) = referrals.of(screened)
    browser.one("#text").send_keys("нимкора")
    referrals.answer(screened, referral.code, True, street.clock())
    browser.until(lambda: browser.all(".referral.agreed form"), "the yes comes to the open page by itself")
    assert browser.one("#text").get_attribute("value") == "нимкора", "what was being written is kept"
    browser.one(".referral.agreed form button").click()
    browser.until(lambda: browser.all(".referral.passed_on"), "passed on")
    browser.one(".pages a[href='/referrals']").click()
    Select(browser.one("select[name=outcome]")).select_by_value("helped")
    browser.one("input[name=note]").send_keys("бо ҳуқуқшинос", Keys.ENTER)
    browser.until(lambda: not browser.all(".referral"), "it is over")
    (ended,) = referrals.of(screened)
    assert (ended.state, ended.note) == ("helped", "бо ҳуқуқшинос")


def test_no_page_is_wider_than_a_phone_and_every_control_is_large_enough(
    browser: Browser, street: Street, screened: str
) -> None:
    start, referrals = browser.driver.current_url, Referrals(street.database)
    browser.open(f"{start}conversations/{screened}")
    Select(browser.one("#choice")).select_by_value("alternativa:leaving_forced_work")
    browser.one("form[action$=referral] button").click()
    browser.until(lambda: referrals.of(screened), "asked")
    referrals.answer(screened, referrals.of(screened)[0].code, True, street.clock())
    for size in (PHONE, DESK):
        browser.size(*size)
        for variant in LANGUAGES:
            browser.driver.add_cookie({"name": "safar_language", "value": variant})
            for page in (f"conversations/{screened}", "referrals", "needs"):
                browser.open(start + page)
                assert not browser.is_wider_than_screen(), (size, variant, page)
                assert browser.run(SMALL) == 0, (size, variant, page)
                if os.environ.get("SAFAR_PICTURES") and (size, variant, page) == (
                    DESK,
                    "ru",
                    f"conversations/{screened}",
                ):
                    browser.run("document.querySelector('.referrals').scrollIntoView({block: 'start'})")
                    browser.driver.save_screenshot(str(PICTURE))


def test_what_an_operator_has_opened_or_shut_stays_so_when_news_come(
    browser: Browser, street: Street, screened: str
) -> None:
    browser.open(f"{browser.driver.current_url}conversations/{screened}")
    browser.one("#note summary").click()
    browser.one("#steps summary").click()
    street.writes(screened, "боз", danger="urgent")
    browser.until(lambda: browser.all("#around .danger.urgent"), "the danger has risen")
    assert browser.run("return document.getElementById('note').open && document.getElementById('steps').open")
    browser.one("#note summary").click()
    street.handovers.withdraw(screened, "Бот", street.clock())
    browser.until(lambda: browser.all("#around .state.bot"), "the bot has it again")
    assert not browser.run("return document.getElementById('note').open")


def test_a_small_count_has_no_bar_and_no_figure(browser: Browser, screened: str) -> None:
    browser.one(".pages a[href='/needs']").click()
    browser.until(lambda: browser.all(".needs"), "the table")
    counts = browser.texts(".needs .number")
    assert sorted(counts) == ["3", "3", "<3", "<3"]
    widths = browser.run(
        "return [...document.querySelectorAll('.needs rect')].map((e) => e.getBoundingClientRect().width)"
    )
    assert [width > 0 for width in widths] == [count == "3" for count in counts]
