"""The chat on another site, by one line: who may, in all variants, by keyboard, with a strict policy of that site."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import httpx
import pytest
from selenium.webdriver.common.keys import Keys

from conversations.database import open_database
from conversations.transcript import Transcript
from foundation.clock import utc_now
from language.variants import LANGUAGES
from language.wording import Wording
from tests.bot.engine_stand_in import EngineStandIn
from tests.bot.running_gateway import ROOT, GatewayThread
from tests.browser import DESK, PHONE, Browser, chromium

IN_SHADOW = "return document.querySelector('#safar-chat').shadowRoot"


class Site:
    """Another site on loopback: one page with the one line, and the strictest policy that the guide allows."""

    def __init__(self) -> None:
        self.language, self.chat = "tg", ""
        site = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                page = (
                    f'<!doctype html><html lang="{site.language}"><title>Site</title>'
                    '<meta name="viewport" content="width=device-width"><h1>Help</h1><a href="#x">Link</a>'
                    f'<p style="color: red">words</p><script src="{site.chat}/chat/embed.js" async></script>'
                ).encode()
                self.send_response(200)
                policy = f"default-src 'none'; script-src {site.chat}; frame-src {site.chat}"
                self.send_header("content-security-policy", policy)
                self.send_header("content-type", "text/html; charset=utf-8")
                self.end_headers()
                self.wfile.write(page)

            def log_message(self, *_: object) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.origin = f"http://127.0.0.1:{self._server.server_port}"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()


@pytest.fixture
def site() -> Iterator[Site]:
    running = Site()
    yield running
    running.close()


@pytest.fixture
def gateway(
    begin: Callable[..., GatewayThread], sqlite_environ: dict[str, str], engine: EngineStandIn, site: Site
) -> GatewayThread:
    """A gateway that lets this site, and one more, show the chat."""
    running = begin(sqlite_environ | {"SAFAR_ALLOWED_ORIGINS": f"https://www.example.org, {site.origin}"})
    site.chat = running.url
    return running


@pytest.fixture
def page(tmp_path: Path, gateway: GatewayThread, site: Site) -> Iterator[Browser]:
    """The other site, on a desk."""
    with chromium(tmp_path / "profile") as browser:
        browser.size(*DESK)
        browser.open(site.origin)
        yield browser


def _shadow(page: Browser, selector: str, script: str) -> object:
    return page.run(f"{IN_SHADOW}.querySelector(arguments[0])?.{script}", selector)


def _open(page: Browser) -> None:
    page.until(lambda: page.run("return Boolean(document.querySelector('#safar-chat'))"), "the button")
    _shadow(page, ".open", "click()")
    assert _shadow(page, "dialog", "open")


@contextmanager
def _inside(page: Browser) -> Iterator[None]:
    page.until(lambda: _shadow(page, "iframe", "src"), "the frame")
    page.driver.switch_to.frame(page.run(f"{IN_SHADOW}.querySelector('iframe')"))
    try:
        yield
    finally:
        page.driver.switch_to.default_content()


def _talk(page: Browser, text: str = "савол") -> None:
    with _inside(page):
        page.one("#greetings button")
        page.one("#text").send_keys(text)
        page.one("#send").click()
        page.until_text(".from-bot .words", f"answer to {text}")


def test_a_listed_site_shows_the_chat_and_its_own_page_keeps_nothing(page: Browser, gateway: GatewayThread) -> None:
    _open(page)
    _talk(page)
    with _inside(page):
        assert page.run("return Object.keys(localStorage)") == ["safar.token"]
        assert page.run("return document.cookie") == ""
    assert page.run("return localStorage.length + sessionStorage.length + document.cookie.length") == 0
    assert page.driver.get_cookies() == []
    complaints = [each for each in page.complaints() if "style-src" not in each and "favicon" not in each]
    assert not complaints, "the policy of the site forbids nothing that is needed"


@pytest.mark.parametrize("variant", LANGUAGES)
def test_button_and_panel_speak_the_language_of_the_site(page: Browser, site: Site, variant: str) -> None:
    site.language = "uz-Cyrl-UZ" if variant == "uz-Cyrl" else f"{variant}-XX"
    wording = Wording.load(ROOT / "data" / "responses")
    page.open(site.origin)
    _open(page)
    assert _shadow(page, ".open span", "textContent") == wording.text("embed_open", variant)
    assert _shadow(page, "dialog", "getAttribute('aria-label')") == wording.text("embed_title", variant)
    assert _shadow(page, ".close", "getAttribute('aria-label')") == wording.text("embed_close", variant)
    tag = "uz-Latn" if variant == "uz" else variant
    assert page.run("return document.querySelector('#safar-chat').lang") == tag
    with _inside(page):
        page.until(lambda: page.run("return document.documentElement.lang") == tag, tag)


def test_a_site_that_is_not_listed_gets_neither_button_nor_frame(
    page: Browser, gateway: GatewayThread, begin: Callable[..., GatewayThread], sqlite_environ: dict[str, str]
) -> None:
    stranger = Site()
    stranger.chat = gateway.url
    page.open(stranger.origin)
    page.until(lambda: page.run("return performance.getEntriesByType('resource').length"), "the script")
    page.driver.get_log("browser")
    frame = "const f = document.createElement('iframe'); f.src = arguments[0]; document.body.append(f)"
    for path in ("/chat/", "/chat/away.html", "/"):
        page.run(frame, gateway.url + path)
    page.until(lambda: page.run("return document.querySelectorAll('iframe').length") == 3, "the frames")
    refused: list[str] = []

    def all_refused() -> bool:
        refused.extend(each for each in page.complaints() if "frame-ancestors" in each)
        return len(refused) >= 3

    page.until(all_refused, "three frames refused")
    assert not page.run("return Boolean(document.querySelector('#safar-chat'))")
    stranger.close()


def test_headers_name_the_listed_sites_and_nobody_where_there_is_no_list(
    gateway: GatewayThread, site: Site, begin: Callable[..., GatewayThread], sqlite_environ: dict[str, str]
) -> None:
    for path in ("/chat/", "/", "/chat/away.html"):
        headers = httpx.get(f"{gateway.url}{path}").headers
        assert headers["content-security-policy"].endswith(f"frame-ancestors https://www.example.org {site.origin}")
        assert "x-frame-options" not in headers, "it knows no list"
    for path in ("/health", "/chat/api/texts"):
        assert httpx.get(f"{gateway.url}{path}").headers["x-frame-options"] == "DENY"
    alone = begin(sqlite_environ).url
    headers = httpx.get(f"{alone}/chat/").headers
    assert headers["content-security-policy"].endswith("frame-ancestors 'none'")
    assert headers["x-frame-options"] == "DENY"


def test_the_panel_is_worked_by_keyboard_and_holds_the_focus(page: Browser) -> None:
    _open(page)
    keyboard = page.driver.switch_to
    with _inside(page):
        page.one("#greetings button")
    for _ in range(60):
        keyboard.active_element.send_keys(Keys.TAB)
        assert page.run("return document.activeElement.id") == "safar-chat", "the site beneath is out of reach"
    with _inside(page):
        page.one("#text").send_keys(Keys.ESCAPE)
    page.until(lambda: not _shadow(page, "dialog", "open"), "Escape in the frame closes")
    assert page.run(f"{IN_SHADOW}.activeElement.className") == "open", "the focus is back"
    keyboard.active_element.send_keys(Keys.ENTER)
    assert _shadow(page, "dialog", "open")
    keyboard.active_element.send_keys(Keys.ESCAPE)
    page.until(lambda: not _shadow(page, "dialog", "open"), "Escape in the panel closes")


def test_escape_closes_the_choice_of_language_before_the_panel(page: Browser) -> None:
    _open(page)
    with _inside(page):
        page.one("#greetings button")
        page.one("#language").click()
        page.driver.switch_to.active_element.send_keys(Keys.ESCAPE)
        page.until(lambda: not page.all("dialog[open]"), "the choice is closed")
    assert _shadow(page, "dialog", "open")


def test_an_answer_that_comes_while_the_panel_is_closed_is_told(
    page: Browser, engine: EngineStandIn, sqlite_environ: dict[str, str]
) -> None:
    _open(page)
    _talk(page)
    _shadow(page, ".close", "click()")
    told = Wording.load(ROOT / "data" / "responses").text("embed_news", "tg")
    assert _shadow(page, ".open span", "textContent") != told
    database = open_database(sqlite_environ["SAFAR_DATABASE_URL"])
    Transcript(database).say(engine.asked[0]["sender"], "operator", "Ман ҳамин ҷо", (), None, (), utc_now())
    database.close()
    page.until(lambda: _shadow(page, ".open span", "textContent") == told, "the button says so")
    _shadow(page, ".open", "click()")
    assert _shadow(page, ".open span", "textContent") != told


def test_the_quick_exit_closes_the_panel_erases_and_leaves_no_trace(page: Browser, engine: EngineStandIn) -> None:
    _open(page)
    _talk(page, "сир")
    with _inside(page):
        page.one("#leave").click()
    page.until(lambda: not _shadow(page, "dialog", "open"), "closed at once")
    assert page.driver.title == "Site"
    page.until(lambda: page.run(f"{IN_SHADOW}.querySelectorAll('iframe').length") == 0, "the frame goes")
    _open(page)
    with _inside(page):
        page.one("#greetings button")
        assert "сир" not in page.run("return document.body.innerText")
        assert page.run("return localStorage.length + sessionStorage.length") == 0


@pytest.mark.parametrize("is_dark", [False, True])
def test_on_a_phone_it_fills_the_screen_and_on_a_desk_it_does_not(page: Browser, is_dark: bool) -> None:
    page.dark(is_dark)
    size = "getBoundingClientRect().toJSON()"
    for screen, is_full in ((PHONE, True), (DESK, False)):
        page.size(*screen)
        page.driver.refresh()
        page.until(lambda: page.run("return Boolean(document.querySelector('#safar-chat'))"), "the button")
        box = _shadow(page, ".open", size)
        assert isinstance(box, dict) and box["height"] >= 44 and box["right"] <= screen[0]
        _open(page)
        box = _shadow(page, "dialog", size)
        assert isinstance(box, dict)
        assert ((box["width"], box["height"]) == screen) == is_full
        assert box["bottom"] <= screen[1] and box["right"] <= screen[0]
        with _inside(page):
            page.one("#greetings button")
            assert not page.is_wider_than_screen()
