"""No page of the console breaks a rule of axe: light and dark, on a phone and on a desk."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from axe_core_python.selenium import Axe

from conversations.operators import Operators
from tests.browser import DESK, PHONE, Browser, chromium
from tests.console.conftest import Street
from tests.console.console_pages import set_scene
from tests.console.running_console import ConsoleThread

SIZES = {"phone": PHONE, "desk": DESK}
pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@pytest.fixture
def browser(tmp_path: Path) -> Iterator[Browser]:
    """An empty browser."""
    with chromium(tmp_path / "profile") as opened:
        yield opened


def _broken_rules(browser: Browser, page: str) -> list[str]:
    found = Axe().run(browser.driver)["violations"]
    return [f"{page}: {each['id']}: {node['html'][:160]}" for each in found for node in each["nodes"]]


@pytest.mark.parametrize("is_dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("size", SIZES)
def test_no_page_breaks_a_rule(
    browser: Browser,
    console: ConsoleThread,
    street: Street,
    employ: Callable[[str], None],
    size: str,
    is_dark: bool,
) -> None:
    scene = set_scene(street)
    employ("Madina")
    browser.size(*SIZES[size])
    browser.dark(is_dark)
    browser.open(f"{console.url}/login")
    broken = _broken_rules(browser, "/login")
    token = Operators(street.database).open_session("Madina", street.clock())
    browser.driver.add_cookie({"name": "safar_console", "value": token})
    for page in (*scene.pages, "/nowhere"):
        browser.open(console.url + page)
        broken += _broken_rules(browser, page)
    browser.open(console.url + scene.conversations[0])
    browser.run("document.querySelectorAll('details').forEach((each) => (each.open = true))")
    browser.run("document.getElementById('keys').showModal()")
    broken += _broken_rules(browser, "all open")
    assert not broken, "\n".join(broken)
