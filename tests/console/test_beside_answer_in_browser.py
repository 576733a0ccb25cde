"""An operator who reads Russian answers a Tajik and a Kazakh migrant, in a real browser."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from axe_core_python.selenium import Axe
from selenium.webdriver.common.keys import Keys

from language.variants import LANGUAGES
from tests.browser import DESK, PHONE, Browser, chromium
from tests.console.conftest import PASSWORD, Street
from tests.console.running_console import ConsoleThread
from tests.console.small_release import make_release
from tests.translation_emulator.libretranslate import LibreTranslateEmulator
from tests.translation_emulator.serving import Trouble

ARRIVAL = "Баъди омадан ба Русия чӣ тавр ба қайд меистам?"
WAGES = "Екі айдан бері жалақымды бермей жатыр"
FIRST_PAIR = "#suggested .pair[open]"
TEACHING = {
    ARRIVAL: "Как встать на учёт после приезда в Россию?",
    WAGES: "Уже два месяца не отдают зарплату",
    "За какой месяц вам не заплатили?": "Қай ай үшін ақша төленбеді?",
}
SMALL = """return [...document.querySelectorAll('#beside-answer button, .beside button')]
  .filter((each) => each.offsetHeight && each.offsetHeight < 38).length"""
pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@pytest.fixture
def service(environ: dict[str, str]) -> Iterator[LibreTranslateEmulator]:
    """A translation service that the console knows, and a release that is live."""
    make_release(Path(environ["SAFAR_HOME"]), "one")
    with LibreTranslateEmulator() as running:
        assert isinstance(running, LibreTranslateEmulator)
        running.words = dict(TEACHING)
        environ["SAFAR_TRANSLATE_URL"] = running.url
        yield running


@pytest.fixture
def browser(
    service: LibreTranslateEmulator, tmp_path: Path, console: ConsoleThread, employ: Callable[[str], None]
) -> Iterator[Browser]:
    """Madina, logged in; she reads Russian."""
    employ("Madina")
    with chromium(tmp_path / "profile") as opened:
        opened.open(f"{console.url}/login")
        opened.driver.add_cookie({"name": "safar_language", "value": "ru"})
        opened.one("#name").send_keys("Madina")
        opened.one("#password").send_keys(PASSWORD, Keys.ENTER)
        opened.one("#lists")
        opened.size(*DESK)
        yield opened
        severe = [each for each in opened.complaints() if "409" not in each and "502" not in each]
        assert not severe


def _opens(
    browser: Browser, street: Street, text: str, variant: str, country: str = "RU", citizenship: str = "TJ"
) -> str:
    conversation_id = street.waits(text, country=country, citizenship=citizenship)
    street.conversations.remember(conversation_id, variant=variant)
    street.handovers.take(conversation_id, "Madina", street.clock())
    start = browser.driver.current_url.split("/conversations")[0].rstrip("/")
    browser.open(f"{start}/conversations/{conversation_id}")
    browser.one("#suggested")
    return conversation_id


def _answer(browser: Browser) -> str:
    return str(browser.one("#text").get_attribute("value"))


def _sends(browser: Browser, street: Street, conversation_id: str) -> str:
    browser.one("form[action$=answer] button").click()
    browser.until(lambda: street.transcript.after(conversation_id)[-1].sender == "operator", "the answer")
    return street.transcript.after(conversation_id)[-1].text


def _agrees(browser: Browser) -> None:
    browser.one("#translate-consent[open] button[value=yes]").click()


def test_a_tajik_question_is_answered_by_a_suggestion(browser: Browser, street: Street) -> None:
    conversation_id = _opens(browser, street, ARRIVAL, "tg")
    browser.until_text(f"{FIRST_PAIR} .mine", "В России вас регистрирует")
    browser.one("#text").send_keys("Салом!")
    browser.one(f"{FIRST_PAIR} .put-in").click()
    assert _answer(browser).startswith("Салом!\n\nДар Русия шуморо соҳибхона"), "nothing written is replaced"
    browser.one("#text").send_keys(" Саломат бошед.")
    said = _sends(browser, street, conversation_id)
    assert said.startswith("Салом!") and said.endswith("Саломат бошед.") and "В России" not in said


def test_a_slash_opens_the_canned_replies_and_the_keyboard_is_enough(browser: Browser, street: Street) -> None:
    conversation_id = _opens(browser, street, "Салом", "tg")
    field = browser.one("#text")
    field.send_keys("Аввал. Охир.", *[Keys.ARROW_LEFT] * 5, "/")
    search = browser.driver.switch_to.active_element
    assert search.get_attribute("id") == "canned-search"
    search.send_keys("паспорт кого")
    browser.until(lambda: len(browser.all("#canned-found .pair")) == 1, "one reply")
    search.send_keys(Keys.ARROW_DOWN)
    browser.driver.switch_to.active_element.send_keys(Keys.ENTER)
    browser.until(lambda: "Шиносномаатон" in _answer(browser), "put in")
    assert _answer(browser).startswith("Аввал. Шиносномаатон") and _answer(browser).endswith(" Охир.")
    browser.driver.switch_to.active_element.send_keys(" Ҳамин.")
    assert "афтод? Ҳамин. Охир." in _answer(browser), "one writes on where the reply ends"
    written = _answer(browser)
    assert _sends(browser, street, conversation_id) == written


def test_escape_leads_back_and_a_second_slash_is_a_slash(browser: Browser, street: Street) -> None:
    _opens(browser, street, "Салом", "tg")
    browser.one("#text").send_keys("10/")
    assert _answer(browser) == "10/"
    browser.one("#text").send_keys(" /")
    browser.driver.switch_to.active_element.send_keys("/")
    assert _answer(browser) == "10/ /"
    browser.one("#text").send_keys(" /")
    browser.driver.switch_to.active_element.send_keys(Keys.ESCAPE, "b")
    assert _answer(browser) == "10/ / b"


def test_a_blank_is_asked_for_and_shown_in_both_languages(browser: Browser, street: Street) -> None:
    _opens(browser, street, "Салом", "kk", "KZ", "KZ")
    browser.one("[aria-controls=beside-canned]").click()
    browser.one("#canned-search").send_keys("когда отвечу")
    browser.until(lambda: len(browser.all("#canned-found .pair")) == 1, "one reply")
    browser.one("#canned-found .put-in").click()
    assert browser.driver.switch_to.active_element.get_attribute("data-variable") == "date"
    assert _answer(browser) == ""
    browser.driver.switch_to.active_element.send_keys("24.11.")
    assert "Күні: 24.11." in browser.texts("#canned-found .theirs")[0]
    assert "День: 24.11." in browser.texts("#canned-found .mine")[0]
    browser.one("#canned-found [data-variable=time]").send_keys("10:00")
    browser.one("#canned-found .put-in").click()
    assert _answer(browser) == "Сізге жазамын.\nКүні: 24.11..\nУақыты: 10:00."


def test_a_kazakh_conversation_is_translated_to_and_fro(
    browser: Browser, street: Street, service: LibreTranslateEmulator
) -> None:
    conversation_id = _opens(browser, street, WAGES, "kk", "KZ", "KZ")
    browser.one(".from-migrant [data-do=translate]").click()
    assert service.url.removeprefix("http://") in browser.one("#translate-consent[open]").text
    assert service.asked == []
    _agrees(browser)
    browser.until_text(".from-migrant .translated", "Уже два месяца не отдают зарплату")
    browser.until_text(".from-migrant .translation", "Машинный перевод, возможны ошибки")
    browser.one("[aria-controls=beside-translate]").click()
    browser.one("#own-words").send_keys("За какой месяц вам не заплатили?")
    browser.one("#translate-own-words").click()
    browser.until_text("#translated-answer .theirs", "Қай ай үшін ақша төленбеді?")
    assert _answer(browser) == "", "it is read before it is put in"
    browser.one("#translated-answer .put-in").click()
    browser.one("#text").send_keys(Keys.CONTROL, Keys.HOME)
    browser.one("#text").send_keys("Түсіндім. ")
    said = _sends(browser, street, conversation_id)
    assert said.startswith("Түсіндім. Қай ай үшін ақша төленбеді?") and "Бұл жауапты бағдарлама аударды" in said
    browser.until_text(".from-operator .translation", "За какой месяц вам не заплатили?")


def test_all_of_a_conversation_is_translated_and_what_comes_later_too(
    browser: Browser, street: Street, service: LibreTranslateEmulator
) -> None:
    conversation_id = _opens(browser, street, WAGES, "kk", "KZ", "KZ")
    street.transcript.say(conversation_id, "bot", "Сәлем", [], None, (), street.clock())
    browser.until_text(".from-bot .words", "Сәлем")
    browser.one("[aria-controls=beside-translate]").click()
    browser.one("#translate-all").click()
    _agrees(browser)
    browser.until(lambda: len(browser.all(".translated")) == 2, "two translations")
    street.writes(conversation_id, ARRIVAL)
    browser.until(lambda: len(browser.all(".translated")) == 3, "three translations")
    browser.driver.refresh()
    browser.until(lambda: len(browser.all(".translated")) == 3, "kept")
    assert browser.all("#translate-all")[0].is_selected() and len(service.asked) == 3


def test_who_does_not_agree_sends_nothing(browser: Browser, street: Street, service: LibreTranslateEmulator) -> None:
    _opens(browser, street, WAGES, "kk", "KZ", "KZ")
    browser.one("[aria-controls=beside-translate]").click()
    browser.one("#translate-all").click()
    browser.one("#translate-consent[open] button[value=no]").click()
    browser.until(lambda: not browser.one("#translate-all").is_selected(), "the switch goes back")
    assert service.asked == []


def test_a_slow_service_is_told_and_the_answer_goes_out_meanwhile(
    browser: Browser, street: Street, service: LibreTranslateEmulator
) -> None:
    conversation_id = _opens(browser, street, WAGES, "kk", "KZ", "KZ")
    service.troubles.append(Trouble(status=429))
    browser.one(".from-migrant [data-do=translate]").click()
    _agrees(browser)
    browser.until_text(".from-migrant .fault", "перегружена")
    service.troubles.append(Trouble(slow_seconds=9))
    browser.one(".from-migrant [data-do=translate]").click()
    browser.until_text("#beside-told", "Перевожу")
    browser.one("#text").send_keys("Сәлем")
    assert _sends(browser, street, conversation_id) == "Сәлем"


def test_the_panel_fits_a_phone_and_a_desk_in_every_language(browser: Browser, street: Street) -> None:
    _opens(browser, street, ARRIVAL, "tg")
    address = browser.driver.current_url
    for size in (PHONE, DESK):
        browser.size(*size)
        for variant in LANGUAGES:
            browser.driver.add_cookie({"name": "safar_language", "value": variant})
            browser.open(address)
            browser.one(f"{FIRST_PAIR} .put-in")
            assert not browser.is_wider_than_screen(), (size, variant)
            assert browser.run(SMALL) == 0, (size, variant)


@pytest.mark.parametrize("is_dark", [False, True], ids=["light", "dark"])
def test_no_part_of_the_panel_breaks_a_rule_of_axe(browser: Browser, street: Street, is_dark: bool) -> None:
    conversation_id = _opens(browser, street, ARRIVAL, "tg")
    browser.dark(is_dark)
    browser.one(f"{FIRST_PAIR} .put-in")
    broken = _broken_rules(browser)
    browser.one("#text").send_keys(" /")
    browser.one("#canned-found .pair")
    broken += _broken_rules(browser)
    browser.one("[aria-controls=beside-translate]").click()
    browser.one("#own-words").send_keys("Салом")
    browser.one("#translate-own-words").click()
    browser.one("#translate-consent[open]")
    broken += _broken_rules(browser)
    _agrees(browser)
    browser.one("#translated-answer .pair")
    assert not broken + _broken_rules(browser), conversation_id


def _broken_rules(browser: Browser) -> list[str]:
    """What axe finds wrong in the panel and beside messages; the rest of the page has a test of its own."""
    found = Axe().run(browser.driver, {"include": [["#beside-answer"], ["#log"]]})["violations"]
    return [f"{rule['id']}: {node['html'][:200]}" for rule in found for node in rule["nodes"]]
