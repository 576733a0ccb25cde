"""Pictures and documents on the chat page: seen on a phone and at a desk, saved, asked for again, gone."""

import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from conversations.attachment_json import attachments_to_json
from conversations.attachments import Attachments
from conversations.database import open_database
from conversations.reply import Attachment
from foundation.clock import utc_now
from guidance.pictures.bars import Bar, bars
from tests.bot.engine_stand_in import EngineStandIn
from tests.bot.running_gateway import GatewayThread
from tests.browser import DESK, PHONE, Browser, chromium

PICTURE = Attachment("роҳ.png", "image/png", bars("Роҳ", [Bar("Як", "1 200,00 смн.", None, "курс маълум нест")]))
LETTER = Attachment("шикоят.pdf", "application/pdf", b"%PDF-1.4 a letter")
IS_LOADED = "return [...document.querySelectorAll('.picture')].filter((each) => each.naturalWidth).length"


@pytest.fixture
def page(
    tmp_path: Path, begin: Callable[..., GatewayThread], sqlite_environ: dict[str, str], engine: EngineStandIn
) -> Iterator[Browser]:
    """The page on a phone; the question “роҳ” is answered with a picture and a document."""
    files = attachments_to_json([PICTURE, LETTER])
    engine.replies["роҳ"] = [{"text": "Мана роҳ, ки шумо пурсидед.", "attachments": files}]
    url = begin(sqlite_environ).url
    with chromium(tmp_path / "profile") as browser:
        browser.size(*PHONE)
        browser.open(f"{url}/chat")
        browser.one("#text").send_keys("роҳ")
        browser.one("#send").click()
        browser.until_text(".from-bot .words", "Мана роҳ")
        yield browser


def test_the_picture_fits_the_screen_and_says_what_it_is(page: Browser) -> None:
    for size in (PHONE, DESK):
        page.size(*size)
        page.until(lambda: page.run(IS_LOADED) == 1, "the picture")
        assert not page.is_wider_than_screen()
        shown = page.one(".picture")
        assert 320 <= shown.size["width"] <= 360
        page.until(lambda: page.one(".picture").get_attribute("alt"), "words for those who cannot see it")
    assert not page.complaints()


def test_the_document_is_saved_under_its_name(page: Browser, tmp_path: Path) -> None:
    folder = tmp_path / "saved"
    page.driver.execute_cdp_cmd("Browser.setDownloadBehavior", {"behavior": "allow", "downloadPath": str(folder)})
    button = page.one(".file .chip")
    assert button.text.endswith(": шикоят.pdf") and len(button.text) > len(": шикоят.pdf")
    button.click()
    page.until(lambda: [each.name for each in folder.glob("*")] == ["шикоят.pdf"], "the file")
    time.sleep(0.2)
    assert (folder / "шикоят.pdf").read_bytes() == LETTER.content
    assert not page.complaints()


def test_a_picture_that_could_not_be_had_is_offered_again(page: Browser) -> None:
    page.until(lambda: page.run(IS_LOADED) == 1, "the picture")
    page.run(
        """const real = window.fetch; window.isBroken = true;
        window.fetch = (path, options) => String(path).includes("/files/") && window.isBroken
          ? Promise.reject(new TypeError("lost")) : real(path, options);"""
    )
    page.one("#text").send_keys("роҳ")
    page.one("#send").click()
    page.until(lambda: len(page.all(".from-bot")) == 2, "the second answer")
    page.until(lambda: len(page.all(".message:last-child .file .chip")) == 2, "the offer")
    page.run("window.isBroken = false")
    page.all(".message:last-child .file .chip")[0].click()
    page.until(lambda: page.run(IS_LOADED) == 2, "both pictures")


def test_what_is_no_longer_kept_is_said_to_be_so(page: Browser, sqlite_environ: dict[str, str]) -> None:
    page.until(lambda: page.run(IS_LOADED) == 1, "the picture")
    database = open_database(sqlite_environ["SAFAR_DATABASE_URL"])
    Attachments(database).forget_old(utc_now() + timedelta(hours=25))
    database.close()
    page.one(".file .chip").click()
    page.until(lambda: page.all(".file .gone"), "gone")
    page.driver.refresh()
    page.until(lambda: len(page.all(".file .gone")) == 2, "both are gone")
    assert not page.all(".picture, .file .chip")
