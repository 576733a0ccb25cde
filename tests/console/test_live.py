"""The open page learns of everything in under a second, resumes after a break, and ends when it has to."""

import queue
import re
import time
from collections.abc import Callable, Iterator

import pytest

from conversations.erasure import erase
from conversations.internal_notes import InternalNotes
from conversations.operators import Operators
from conversations.platform_messages import PlatformMessages
from conversations.revising import revise
from tests.console.conftest import Street
from tests.console.live_page import LivePage
from tests.console.running_console import ConsoleThread, Visitor

Visit = Callable[..., Visitor]
Open = Callable[..., LivePage]


@pytest.fixture
def open_page() -> Iterator[Open]:
    """Opens pages, and leaves them at the end."""
    pages: list[LivePage] = []

    def open_(visitor: Visitor, conversation_id: str, **more: str) -> LivePage:
        pages.append(LivePage(visitor.http, f"/conversations/{conversation_id}", **more))
        assert pages[-1].next()[0] == "hello"
        return pages[-1]

    yield open_
    for page in pages:
        page.close()


def test_a_message_is_on_the_screen_in_under_a_second(visit: Visit, street: Street, open_page: Open) -> None:
    conversation_id = street.waits()
    page = open_page(visit("Madina"), conversation_id)
    assert "Кӯмак лозим" in page.until("messages")["messages"]
    taken = []
    for number in range(5):
        began = time.monotonic()
        street.writes(conversation_id, f"савол {number}")
        assert page.until("messages", f"савол {number}")["from_migrant"] == 1
        taken.append(time.monotonic() - began)
    assert sorted(taken)[2] < 1.0


def test_other_changes_come_too_each_in_its_part(visit: Visit, street: Street, open_page: Open) -> None:
    conversation_id = street.waits()
    page = open_page(visit("Madina"), conversation_id)
    page.until("messages")
    street.handovers.take(conversation_id, "Aibek", street.clock())
    changed = page.until("around", "Aibek has this conversation")
    assert "messages" not in changed and "<textarea" not in changed["forms"]
    InternalNotes(street.database).write(conversation_id, "Aibek", "боится хозяина", street.clock())
    assert "боится хозяина" in page.until("panel", "боится")["panel"]
    street.waits(danger="urgent")
    assert "Urgent" in page.until("own", "Urgent")["own"]


def test_a_mark_draws_only_its_message_again(visit: Visit, street: Street, open_page: Open) -> None:
    conversation = street.conversations.create("whatsapp", "996500044444", None, street.clock())
    street.writes(conversation.id, "Кӯмак лозим")
    cursor = street.transcript.say(conversation.id, "bot", "Салом", [], None, (), street.clock())
    platform = PlatformMessages(street.database)
    platform.taken(conversation.id, cursor, "p", street.clock())
    page = open_page(visit("Madina"), conversation.id)
    assert "under way" in page.until("messages")["messages"]
    assert platform.mark("whatsapp", "p", "read", None, street.clock(), street.clock())
    again = page.until("again")
    assert list(again["again"]) == [str(cursor)] and "messages" not in again
    assert "read" not in again.get("around", "")


def test_what_changed_before_the_page_listened_is_drawn_again(visit: Visit, street: Street, open_page: Open) -> None:
    conversation_id = street.waits()
    madina = visit("Madina")
    shown = madina.open(f"/conversations/{conversation_id}").text
    has = [re.search(f'data-{name}="([^"]+)"', shown).group(1) for name in ("cursor", "seen", "drawn")]  # type: ignore[union-attr]
    with street.database.begin() as connection:
        revise(connection, int(has[0]), topic="work.permit", confidence=0.5)
    query = "?after={}&seen={}&drawn={}".format(*has)
    again = open_page(madina, conversation_id, query=query).until("again")
    assert "work.permit" not in str(again["again"]) and "50 %" in again["again"][has[0]]
    asked = madina.open(f"/conversations/{conversation_id}/changes{query}").json()
    assert list(asked["again"]) == [has[0]] and "messages" not in asked and "forms" not in asked


def test_a_page_that_comes_back_gets_what_it_missed_and_nothing_twice(
    visit: Visit, street: Street, open_page: Open
) -> None:
    conversation_id, madina = street.waits(), visit("Madina")
    page = open_page(madina, conversation_id)
    page.until("messages", "Кӯмак лозим")
    page.close()
    for number in range(70):
        street.writes(conversation_id, f"савол {number}.")
    back = open_page(madina, conversation_id, last_event_id=page.last_id)
    missed = back.until("messages")["messages"]
    assert all(f"савол {number}." in missed for number in range(70)), "also more than one page of them"
    assert "Кӯмак лозим" not in missed
    with pytest.raises(queue.Empty):
        back.until("messages", seconds=1.0)


def test_an_erased_conversation_and_an_ended_session_end_the_page(
    visit: Visit, street: Street, open_page: Open
) -> None:
    gone, open_one = street.waits(), street.waits()
    page = open_page(visit("Madina"), gone)
    page.until("messages")
    erase(street.database, gone, street.clock())
    while (event := page.next())[0] != "gone":
        assert event[0] == "message"
    rustam = visit("Rustam")
    page = open_page(rustam, open_one)
    page.until("messages")
    Operators(street.database).end_session(rustam.http.cookies["safar_console"])
    street.writes(open_one, "сирри нав")
    while (event := page.next())[0] != "gone":
        assert "сирри нав" not in str(event[1])


def test_open_pages_do_not_hold_up_the_end(
    visit: Visit, street: Street, open_page: Open, console: ConsoleThread
) -> None:
    conversation_id = street.waits()
    pages = [open_page(visit("Madina"), conversation_id) for _ in range(3)]
    for page in pages:
        page.until("messages")
    assert console.stop() < 3
    for page in pages:
        page.thread.join(5)
        assert not page.thread.is_alive()


def test_colleagues_see_who_looks_and_who_writes_and_it_goes_by_itself(
    visit: Visit, street: Street, open_page: Open
) -> None:
    conversation_id, madina, aibek = street.waits(), visit("Madina"), visit("Aibek")
    page = open_page(madina, conversation_id)
    with pytest.raises(queue.Empty):
        page.until("presence", "Madina", seconds=1.0)
    other = open_page(aibek, conversation_id)
    assert "Aibek is looking" in page.until("presence")["presence"]
    other.until("presence", "Madina is looking")
    assert aibek.step(conversation_id, "typing", doing="typing").status_code == 204
    assert "Aibek is writing" in page.until("presence")["presence"]
    page.until("presence", "Aibek is looking", seconds=12)
    other.close()
    gone = page.until("presence")["presence"]
    assert "Aibek" not in gone


def test_nobody_writes_in_anothers_name_without_a_form_of_ours(visit: Visit, street: Street) -> None:
    conversation_id = street.waits()
    madina = visit("Madina")
    path = f"/conversations/{conversation_id}/typing"
    assert madina.http.post(path, data={"doing": "typing"}).status_code == 403
    assert visit().http.post(path, data={"doing": "typing"}).headers["location"] == "/login"
