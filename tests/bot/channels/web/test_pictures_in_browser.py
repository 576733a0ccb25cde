"""Pictures beside the buttons of the page: seen, not read out, and no button is wider than a phone."""

from collections.abc import Callable
from pathlib import Path

from language.variants import LANGUAGES
from language.wording import Wording
from tests.bot.engine_stand_in import EngineStandIn
from tests.bot.running_gateway import GatewayThread
from tests.browser import PHONE, chromium
from tests.trained_release import PROJECT

DOMAINS = ("registration", "trafficking", "residence", "education", "meta")
PICTURE = "return getComputedStyle(arguments[0], '::before').content"


def test_a_picture_is_seen_beside_each_subject_and_not_read_out(
    begin: Callable[..., GatewayThread], sqlite_environ: dict[str, str], engine: EngineStandIn, tmp_path: Path
) -> None:
    wording = Wording.load(PROJECT / "data" / "responses")
    titles = [wording.text(f"domain.{domain}", variant) for variant in LANGUAGES for domain in DOMAINS]
    payloads = [f'/meta.menu{{"domain": "{domain}"}}' for _ in LANGUAGES for domain in DOMAINS]
    buttons = [{"title": title, "payload": payload} for title, payload in zip(titles, payloads, strict=True)]
    engine.replies["меню"] = [{"text": "?", "buttons": [*buttons, {"title": "Так", "payload": "/none"}]}]
    gateway = begin(sqlite_environ)
    with chromium(tmp_path / "profile") as browser:
        browser.size(*PHONE)
        browser.open(f"{gateway.url}/chat")
        browser.one("#greetings button")
        browser.one("#text").send_keys("меню")
        browser.one("#send").click()
        browser.until(lambda: len(browser.all(".from-bot .quick button")) == len(titles) + 1)
        *shown, plain = browser.all(".from-bot .quick button")
        assert [button.accessible_name for button in shown] == titles
        assert all("🏠" in browser.run(PICTURE, button) for button in shown[:: len(DOMAINS)])
        assert browser.run(PICTURE, plain) == "none"
        assert not browser.is_wider_than_screen()
        assert not browser.complaints()
