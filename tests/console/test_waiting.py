"""The list of those who wait."""

import re
import threading
from collections.abc import Callable

from language.variants import LANGUAGES
from tests.console.conftest import MovableClock, Street
from tests.console.running_console import ConsoleThread, Visitor

Visit = Callable[..., Visitor]


def _order(page: str) -> list[str]:
    return re.findall(r'href="/conversations/(\w+)"', page)


def test_danger_comes_first_then_who_waits_longest(visit: Visit, street: Street, clock: MovableClock) -> None:
    waiting = []
    for danger in ("none", "concern", "none", "urgent", "urgent"):
        waiting.append(street.waits(danger=danger))
        clock.move(minutes=1)
    page = visit("Madina").open("/").text
    assert _order(page) == [waiting[3], waiting[4], waiting[1], waiting[0], waiting[2]]


def test_a_row_says_danger_reason_language_country_and_how_long(
    visit: Visit, street: Street, clock: MovableClock
) -> None:
    street.waits(danger="urgent", variant="uz-Cyrl", country="KZ", citizenship="UZ")
    clock.move(hours=1, minutes=5)
    page = visit("Madina").open("/").text
    for words in ("Urgent: danger", "Asks for a person", "Ўзбекча", "Kazakhstan", "Uzbekistan", "Waiting 1 h 5 min"):
        assert words in page
    assert "Messages without an answer: 1" in page


def test_waits_are_said_in_words(visit: Visit, street: Street, clock: MovableClock) -> None:
    street.waits()
    madina = visit("Madina")
    for minutes, words in ((0, "0 min"), (59, "59 min"), (1, "1 h 0 min"), (600, "11 h 0 min")):
        clock.move(minutes=minutes)
        assert f"Waiting {words}" in madina.open("/").text
    clock.move(hours=14)
    assert "Waiting 1 d 1 h" in visit("Madina").open("/").text


def test_what_is_taken_leaves_the_queue_and_stands_with_its_operator(visit: Visit, street: Street) -> None:
    conversation_id = street.waits()
    madina, aibek = visit("Madina"), visit("Aibek")
    madina.step(conversation_id, "take")
    assert "Nobody is waiting now." in madina.open("/").text
    assert "My conversations" in madina.open("/").text
    page = aibek.open("/").text
    assert "With colleagues" in page and "Madina" in page and "My conversations" not in page


def test_an_empty_queue_says_so(visit: Visit) -> None:
    assert "Nobody is waiting now." in visit("Madina").open("/").text


def test_the_open_page_learns_of_a_newcomer_at_once(visit: Visit, street: Street) -> None:
    madina = visit("Madina")
    seen = re.search(r'data-seen="(\w+)"', madina.open("/").text)
    assert seen
    later = threading.Timer(0.5, street.waits)
    later.start()
    changed = madina.http.get("/waiting/changes", params={"seen": seen.group(1)})
    later.join()
    assert len(_order(changed.json()["html"])) == 1
    assert changed.json()["seen"] != seen.group(1)


def test_every_page_speaks_every_language_of_the_operators(visit: Visit, street: Street) -> None:
    page = f"/conversations/{street.waits(danger='concern')}"
    madina = visit("Madina")
    for variant in LANGUAGES:
        assert madina.send("/", "/language", variant=variant, back=page).headers["location"] == page
        for path in ("/", page, "/nowhere"):
            shown = madina.open(path).text
            assert f'<html lang="{"uz-Latn" if variant == "uz" else variant}">' in shown
            assert (">Log out<" in shown) == (variant == "en" and path != "/nowhere")


def test_the_choice_of_language_leads_nowhere_else(visit: Visit) -> None:
    for back in ("//elsewhere.example", "https://elsewhere.example", "/\\elsewhere.example", ""):
        assert visit().send("/login", "/language", variant="tg", back=back).headers["location"] == "/"


def test_without_a_choice_the_browsers_language_counts(visit: Visit) -> None:
    for accepted, tag in (("ky,ru;q=0.5", "ky"), ("uz-Cyrl-UZ", "uz-Cyrl"), ("de", "ru"), ("", "ru")):
        assert f'<html lang="{tag}">' in visit(language=accepted).open("/login").text


def test_stopping_does_not_wait_for_open_pages(visit: Visit, street: Street, console: ConsoleThread) -> None:
    madina = visit("Madina")
    seen = re.search(r'data-seen="(\w+)"', madina.open("/").text)
    assert seen
    asking = threading.Thread(target=madina.http.get, args=(f"/waiting/changes?seen={seen.group(1)}",))
    asking.start()
    threading.Event().wait(0.5)
    assert console.stop() < 3
    asking.join()
