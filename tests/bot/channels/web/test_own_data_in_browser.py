"""Own data on the page: asked once, the files offered, and after the erasure one last sentence and nothing else."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from foundation.settings import PROJECT
from language.wording import Wording
from tests.bot.engine_stand_in import EngineStandIn
from tests.bot.running_gateway import GatewayThread
from tests.browser import DESK, PHONE, Browser, chromium

SHOWN = ".words"
SECRET = "Меня зовут Зарафшон, мне не платят зарплату"


@pytest.fixture
def page(
    tmp_path: Path, begin: Callable[..., GatewayThread], sqlite_environ: dict[str, str], engine: EngineStandIn
) -> Iterator[Browser]:
    """The page on a phone."""
    with chromium(tmp_path / "profile") as browser:
        browser.size(*PHONE)
        browser.open(f"{begin(sqlite_environ).url}/chat")
        browser.one("#greetings button")
        yield browser


def _write(page: Browser, text: str) -> None:
    page.one("#text").send_keys(text)
    page.one("#send").click()


def _press(page: Browser, payload: str) -> None:
    page.one(f"button[data-payload='{payload}']").click()


def _look(page: Browser, name: str) -> None:
    """Keep a picture in the folder that the environment names, for those who look at pages."""
    assert not page.is_wider_than_screen()
    if folder := os.environ.get("SAFAR_SCREENSHOTS"):
        for (width, height), is_dark in (((*PHONE,), False), ((*PHONE,), True), ((*DESK,), False), ((*DESK,), True)):
            page.size(width, height)
            page.dark(is_dark)
            page.driver.save_screenshot(f"{folder}/{name}-{width}-{'dark' if is_dark else 'light'}.png")
        page.size(*PHONE)


def test_files_are_offered_and_after_the_erasure_only_the_last_sentence_stays(page: Browser) -> None:
    wording = Wording.load(PROJECT / "data" / "responses")
    _write(page, SECRET)
    page.until_text(SHOWN, "answer to")
    _write(page, "мои данные")
    page.until_text(SHOWN, "90 дней")
    _look(page, "told")
    _press(page, '/meta.my_data{"step": "export"}')
    page.until_text(SHOWN, wording.text("confirm_export", "ru"))
    _press(page, '/meta.my_data{"step": "export_confirmed"}')
    page.until_text(".file button", "safar-data.txt")
    page.until_text(".file button", "safar-data.json")
    _look(page, "files")
    _write(page, "/delete")
    page.until_text(SHOWN, wording.text("confirm_erase", "ru"))
    _look(page, "asked")
    _press(page, '/meta.my_data{"step": "confirmed"}')
    page.until(lambda: page.texts(SHOWN) == [wording.text("erased_web", "ru")], "the last sentence alone")
    _look(page, "erased")
    _write(page, "салом")
    page.until_text(SHOWN, "answer to салом")
    assert not any("Зарафшон" in text for text in page.texts(SHOWN))
    assert page.complaints() == []
