"""The chat page in a real browser, before the real gateway and an engine that says what the test wants."""

import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from selenium.webdriver.common.keys import Keys

from conversations.conversation import Conversations
from conversations.database import Database, open_database
from conversations.erasure import erase
from conversations.handover import Handovers
from conversations.transcript import Transcript
from language.variants import LANGUAGES, OWN_NAMES
from tests.bot.engine_stand_in import EngineStandIn
from tests.bot.running_gateway import GatewayThread
from tests.browser import DESK, PHONE, Browser, chromium

OWN = ".from-migrant .words"
BOT = ".from-bot .words"
EVIL = "<img src=x onerror=\"document.title='evil'\"><script>document.title='evil'</script>"


@pytest.fixture
def gateway(
    begin: Callable[..., GatewayThread], sqlite_environ: dict[str, str], engine: EngineStandIn
) -> GatewayThread:
    """A running gateway, with an engine."""
    return begin(sqlite_environ)


@pytest.fixture
def page(tmp_path: Path, gateway: GatewayThread) -> Iterator[Browser]:
    """The page on a phone, before the first message."""
    with chromium(tmp_path / "profile") as browser:
        browser.size(*PHONE)
        browser.open(f"{gateway.url}/chat")
        browser.one("#greetings button")
        yield browser
        assert not browser.complaints()


@pytest.fixture
def desk(sqlite_environ: dict[str, str], gateway: GatewayThread) -> Iterator[Database]:
    """The same database, as the console sees it."""
    database = open_database(sqlite_environ["SAFAR_DATABASE_URL"])
    yield database
    database.close()


def _write(page: Browser, text: str) -> None:
    page.one("#text").send_keys(text)
    page.one("#send").click()


def _press(page: Browser, title: str) -> None:
    page.until(lambda: [each for each in page.all(".quick button") if each.text == title], title)
    next(each for each in page.all(".quick button") if each.text == title).click()


def test_the_start_greets_in_all_languages_and_needs_no_choice(page: Browser) -> None:
    names = page.texts("#greetings b")
    assert names == [OWN_NAMES[variant] for variant in LANGUAGES]
    assert (
        page.run("return [...document.querySelectorAll('#greetings button')].map((each) => each.lang)")[1] == "uz-Latn"
    )
    assert page.run("return localStorage.length + sessionStorage.length") == 0, "nothing is kept before one writes"
    _write(page, "салом")
    page.until_text(BOT, "answer to салом")
    assert not page.one("#log").get_attribute("hidden")
    assert not [each for each in page.all("#start") if each.is_displayed()]


@pytest.mark.parametrize("variant", LANGUAGES)
def test_the_page_can_be_had_in_every_language(page: Browser, engine: EngineStandIn, variant: str) -> None:
    tag = "uz-Latn" if variant == "uz" else variant
    page.one("#language").click()
    page.one(f"#choice-list button[data-variant={variant}]").click()
    page.until(lambda: page.run("return document.documentElement.lang") == tag, tag)
    page.until_text(OWN, OWN_NAMES[variant])
    page.until(lambda: engine.asked, "the engine is asked")
    assert engine.texts() == [f'/meta.language{{"variant":"{variant}"}}']
    page.until_text("#language-name", OWN_NAMES[variant])
    for size in (PHONE, DESK):
        page.size(*size)
        assert not page.is_wider_than_screen()
    page.open(page.driver.current_url)
    page.until(lambda: page.run("return document.documentElement.lang") == tag, "after a reload")
    page.until_text(OWN, OWN_NAMES[variant])


def test_buttons_send_their_payload_and_go_when_one_has_answered(page: Browser, engine: EngineStandIn) -> None:
    buttons = [{"title": "Бале", "payload": "/affirm"}, {"title": "Не", "payload": "/deny"}]
    engine.replies["савол"] = [{"text": "Кӯмак кард?", "buttons": buttons}]
    engine.replies["/affirm"] = [{"text": "Хуб."}]
    _write(page, "савол")
    _press(page, "Бале")
    page.until_text(BOT, "Хуб.")
    assert page.texts(OWN) == ["савол", "Бале"]
    assert engine.texts() == ["савол", "/affirm"]
    assert "Не" not in page.texts(".from-bot .quick button")


def test_the_menu_and_a_person_are_always_within_reach(page: Browser, engine: EngineStandIn) -> None:
    engine.replies["/meta.menu"] = [{"text": "Menu of everything"}]
    page.one("[data-own=menu]").click()
    page.until_text(BOT, "Menu of everything")
    page.driver.refresh()
    page.until_text(OWN, page.one("[data-own=menu]").text)
    assert not [text for text in page.texts(OWN) if text.startswith("/")]


def test_a_reload_shows_everything_once_and_the_browser_keeps_only_the_token(page: Browser) -> None:
    _write(page, "як")
    page.until_text(BOT, "answer to як")
    assert page.run("return Object.keys(localStorage)") == ["safar.token"]
    assert page.run("return sessionStorage.length + document.cookie.length") == 0
    page.driver.refresh()
    page.until_text(BOT, "answer to як")
    assert page.texts(OWN) == ["як"]
    assert page.texts(BOT) == ["answer to як"]
    _write(page, "ду")
    page.until_text(BOT, "answer to ду")
    assert page.texts(OWN) == ["як", "ду"]


def test_what_is_written_without_connection_goes_out_once_when_it_is_back(page: Browser, engine: EngineStandIn) -> None:
    _write(page, "як")
    page.until_text(BOT, "answer to як")
    page.offline(True)
    _write(page, "ду")
    _write(page, "се")
    page.until(lambda: page.all("#link.down"), "offline is said")
    assert len(page.all(".message.sending")) == 2
    page.offline(False)
    page.until_text(BOT, "answer to се")
    assert page.texts(OWN) == ["як", "ду", "се"]
    assert not page.all(".message.sending")
    assert [text for text in engine.texts() if text in ("ду", "се")] == ["ду", "се"]


def test_an_acknowledgement_that_is_lost_does_not_double_the_message(page: Browser, engine: EngineStandIn) -> None:
    page.run(
        """const send = window.fetch; let left = 2;
        window.fetch = async (path, options) => {
          const answer = await send(path, options);
          if (options.method === "POST" && path === "api/messages" && left-- > 0) throw new TypeError("lost");
          return answer;
        };"""
    )
    _write(page, "як")
    page.until_text(BOT, "answer to як")
    page.until(lambda: not page.all(".message.sending"), "delivered")
    assert page.texts(OWN) == ["як"]
    assert engine.texts() == ["як"]


def test_somebody_types_while_an_answer_is_awaited(page: Browser, engine: EngineStandIn) -> None:
    engine.delay_seconds = 1.5
    _write(page, "як")
    assert page.one("#typing").is_displayed()
    page.until_text(BOT, "answer to як")
    page.until(lambda: not page.all("#typing")[0].is_displayed(), "the sign goes")


def test_no_message_can_become_markup_and_addresses_are_links(page: Browser, engine: EngineStandIn) -> None:
    source = "https://www.consultant.ru/document/cons_doc_LAW_61569/"
    engine.replies[EVIL] = [{"text": f"{EVIL}\n\n1. Як\n2. Ду\nМанбаъ ({source}), 2022. javascript:alert(1)"}]
    _write(page, EVIL)
    page.until_text(BOT, "Манбаъ")
    assert page.driver.title != "evil" and not page.all(".log img, .log script")
    assert page.texts(OWN) == [EVIL]
    assert "1. Як\n2. Ду" in page.texts(BOT)[0]
    links = page.all(".log a")
    assert [link.get_attribute("href") for link in links] == [source]
    assert (links[0].get_attribute("rel"), links[0].get_attribute("target")) == ("noopener noreferrer", "_blank")


def test_a_refused_text_says_why_and_can_be_corrected(page: Browser) -> None:
    page.one("#text")
    page.run("const field = document.getElementById('text'); field.value = 'ы'.repeat(5000)")
    page.one("#send").click()
    page.until_text(".message.refused .state", "4096")
    _press(page, page.texts(".message.refused .quick button")[0])
    assert page.run("return document.getElementById('text').value.length") == 5000
    assert not page.all(".message.refused")
    page.driver.get_log("browser")  # the 422 that the page has met


def test_bot_operator_and_chat_can_be_told_apart_without_colour(
    page: Browser, desk: Database, engine: EngineStandIn
) -> None:
    _write(page, "салом")
    page.until_text(BOT, "answer to салом")
    now, conversation_id = datetime.now(UTC), engine.asked[0]["sender"]
    Handovers(desk).open(conversation_id, "", "none", now)
    Handovers(desk).take(conversation_id, "Madina", now)
    Transcript(desk).say(conversation_id, "system", "Акнун одам ҷавоб медиҳад", [], None, (), now)
    Handovers(desk).answer(conversation_id, "Madina", "Ман ҳамин ҷо", now)
    page.until_text(".from-operator .words", "Ман ҳамин ҷо")
    heads = {page.texts(f".from-{who} .head span")[0] for who in ("migrant", "bot", "operator", "system")}
    assert len(heads) == 4
    borders = {
        page.run(
            "const s = getComputedStyle(document.querySelector(arguments[0])); return s.border + s.borderLeft", selector
        )
        for selector in (".from-bot .words", ".from-operator .words", ".from-system .words")
    }
    assert len(borders) == 3


def test_the_page_is_read_aloud_in_the_right_language(page: Browser, engine: EngineStandIn) -> None:
    engine.replies["салом"] = [{"text": "Салом! Чӣ кор кунам, то ҳуҷҷат гирам?"}]
    _write(page, "салом")
    page.until_text(BOT, "ҳуҷҷат")
    page.until(lambda: page.run("return document.documentElement.lang") == "tg", "the page follows the bot")
    assert page.one(BOT).get_attribute("lang") == "tg"
    log = page.one("#log")
    assert (log.get_attribute("role"), log.get_attribute("aria-live")) == ("log", "polite")
    unnamed = """return [...document.querySelectorAll('button, textarea, [role=log]')].filter((each) =>
      !(each.innerText || '').trim() && !each.getAttribute('aria-label') && !(each.labels || []).length).length"""
    assert page.run(unnamed) == 0


def test_everything_can_be_done_with_the_keyboard(page: Browser, engine: EngineStandIn) -> None:
    page.size(*DESK)
    engine.replies["як\nду"] = [{"text": "?", "buttons": [{"title": "Бале", "payload": "/affirm"}]}]
    page.one("#text").send_keys("як", Keys.SHIFT, Keys.ENTER, Keys.NULL, "ду", Keys.ENTER)
    page.until_text(".quick button", "Бале")
    assert page.driver.switch_to.active_element.get_attribute("id") == "text", "the focus stays in the field"
    page.one("[data-payload='/affirm']").send_keys(Keys.ENTER)
    page.until_text(BOT, "answer to /affirm")
    page.one("#language").send_keys(Keys.ENTER)
    assert page.one("#choice").is_displayed()
    page.driver.switch_to.active_element.send_keys(Keys.ESCAPE)
    assert page.driver.switch_to.active_element.get_attribute("id") == "language"


def test_coming_back_again_and_again_does_not_stall_the_browser(page: Browser, gateway: GatewayThread) -> None:
    _write(page, "як")
    page.until_text(BOT, "answer to як")
    for _ in range(8):
        page.open(f"{gateway.url}/chat/away.html")
        page.open(f"{gateway.url}/chat/")
        page.until_text(BOT, "answer to як")
        assert page.run("return performance.getEntriesByType('navigation')[0].requestStart") < 5000
    page.driver.back()
    page.driver.back()
    _write(page, "ду")
    page.until_text(BOT, "answer to ду")


@pytest.mark.parametrize("way", ["button of the page", "button of the bot"])
def test_leaving_erases_the_conversation_and_leaves_no_way_back(
    page: Browser, desk: Database, engine: EngineStandIn, way: str
) -> None:
    engine.replies["сир"] = [{"text": "Хуб", "buttons": [{"title": "Баромадан", "payload": "quick_exit"}]}]
    _write(page, "сир")
    page.until_text(BOT, "Хуб")
    conversation_id = engine.asked[0]["sender"]
    if way == "button of the page":
        page.one("#leave").click()
    else:
        _press(page, "Баромадан")
    page.one("#clock")
    assert page.run("return localStorage.length + sessionStorage.length") == 0
    assert "chat" not in page.driver.current_url
    end = time.monotonic() + 10
    while Conversations(desk).get(conversation_id) and time.monotonic() < end:
        time.sleep(0.1)
    assert Conversations(desk).get(conversation_id) is None
    page.driver.back()
    time.sleep(0.5)
    assert "сир" not in page.run("return document.body ? document.body.innerText : ''")


def test_a_conversation_that_is_gone_gives_way_to_a_new_one(
    page: Browser, desk: Database, engine: EngineStandIn
) -> None:
    _write(page, "як")
    page.until_text(BOT, "answer to як")
    erase(desk, engine.asked[0]["sender"], datetime.now(UTC))
    _write(page, "ду")
    page.until_text(BOT, "answer to ду")
    page.until(lambda: page.texts(OWN) == ["ду"], "only the new conversation")
    page.driver.get_log("browser")  # the 401 that the page has met


def test_after_an_erasure_the_page_shows_only_what_is_left(page: Browser, engine: EngineStandIn) -> None:
    confirmed = '/meta.my_data{"step":"confirmed"}'
    engine.replies["удалить"] = [{"text": "Точно?", "buttons": [{"title": "Да", "payload": confirmed}]}]
    engine.replies[confirmed] = [{"text": "Удалено.", "custom": {"command": "erase"}}]
    _write(page, "моя тайна")
    page.until_text(BOT, "answer to моя тайна")
    _write(page, "удалить")
    _press(page, "Да")
    page.until_text(BOT, "Удалено.")
    page.until(lambda: not any("тайна" in text for text in page.texts(".words")), "the old words are gone")
