"""The pages that the operators' guide shows fit their screens; with SAFAR_PICTURES=1 the pictures are written anew."""

import os
from pathlib import Path

import pytest

from conversations.operators import Operators
from foundation.settings import PROJECT
from tests.browser import DESK, PHONE, chromium
from tests.console.conftest import MovableClock, Street
from tests.console.console_pages import set_scene
from tests.console.running_console import ConsoleThread

PICTURES = PROJECT / "docs" / "pictures"
WIDE = (1440, 900)
pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


def test_the_pages_of_the_guide_fit_their_screens(
    tmp_path: Path, console: ConsoleThread, street: Street, clock: MovableClock
) -> None:
    scene = set_scene(street)
    clock.move(hours=1)
    Operators(street.database).add("Madina", "a long enough password", clock())
    token = Operators(street.database).open_session("Madina", clock())
    shots = (
        ("console-queue-ru-desk", "/", DESK, False),
        ("console-conversation-ru-desk", scene.conversations[0], WIDE, False),
        ("console-conversation-ru-phone", scene.conversations[0], PHONE, True),
        ("console-watched-ru-desk", scene.conversations[3], DESK, False),
        ("console-all-ru-desk", "/conversations", DESK, False),
        ("console-keys-ru-desk", scene.conversations[0], DESK, True),
    )
    with chromium(tmp_path / "profile") as browser:
        browser.open(f"{console.url}/login")
        for name, value in (("safar_console", token), ("safar_language", "ru")):
            browser.driver.add_cookie({"name": name, "value": value})
        for name, page, size, is_dark in shots:
            browser.size(*size)
            browser.dark(is_dark)
            browser.open(console.url + page)
            if "keys" in name:
                browser.run("document.getElementById('keys').showModal()")
            assert not browser.is_wider_than_screen(), name
            if os.environ.get("SAFAR_PICTURES"):
                browser.driver.save_screenshot(str(PICTURES / f"{name}.png"))
        assert not browser.complaints()
