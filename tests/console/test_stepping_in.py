"""Bot conversations can be watched and stepped into: by every operator, at once, logged; and all can be listed."""

import threading
import time
from collections.abc import Callable

import pytest

from tests.console.conftest import Street
from tests.console.running_console import Visitor

Visit = Callable[..., Visitor]


def test_a_conversation_of_the_bot_is_read_only_until_one_steps_in(visit: Visit, street: Street) -> None:
    conversation_id = street.arrives()
    street.writes(conversation_id, "патент тамом шуд")
    madina = visit("Madina")
    page = madina.open(f"/conversations/{conversation_id}").text
    assert "патент тамом шуд" in page and "Step in" in page and 'id="text"' not in page
    assert madina.step(conversation_id, "step_in").status_code == 303
    known = street.conversations.get(conversation_id)
    assert known and (known.state, known.operator) == ("operator", "Madina")
    said = street.transcript.after(conversation_id)[-1]
    assert said.sender == "system" and "одам ҷавоб медиҳад" in said.text
    page = madina.open(f"/conversations/{conversation_id}").text
    assert "an operator stepped in: Madina" in page
    assert madina.step(conversation_id, "step_in").status_code == 303
    assert len(street.transcript.after(conversation_id)) == 2, "the person is told once"


def test_of_two_who_step_in_at_once_one_has_it(visit: Visit, street: Street) -> None:
    conversation_id = street.arrives()
    street.writes(conversation_id, "савол")
    people = {name: visit(name) for name in ("Madina", "Aibek")}
    answers: dict[str, int] = {}

    def step_in(name: str) -> None:
        answers[name] = people[name].step(conversation_id, "step_in").status_code

    threads = [threading.Thread(target=step_in, args=(name,)) for name in people]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert sorted(answers.values()) == [303, 409]
    known = street.conversations.get(conversation_id)
    assert known and answers[str(known.operator)] == 303


def test_nobody_steps_in_where_somebody_waits_or_as_a_stranger(visit: Visit, street: Street) -> None:
    waiting = street.waits()
    late = visit("Madina").step(waiting, "step_in")
    assert late.status_code == 409 and "You cannot step in" in late.text
    stranger = visit().http.post(f"/conversations/{waiting}/step_in")
    assert (stranger.status_code, stranger.headers["location"]) == (303, "/login")


def test_nothing_is_said_to_a_person_while_somebody_else_may_be_reading(visit: Visit, street: Street) -> None:
    conversation_id = street.arrives()
    street.writes(conversation_id, "савол")
    street.conversations.remember(conversation_id, is_disguised=True)
    assert visit("Madina").step(conversation_id, "step_in").status_code == 303
    assert len(street.transcript.after(conversation_id)) == 1


def test_all_conversations_are_listed_and_filtered_without_a_word_of_them(visit: Visit, street: Street) -> None:
    with_bot, waiting = street.arrives(), street.waits("сирри ман", danger="urgent")
    street.writes(with_bot, "сирри дигар")
    madina = visit("Madina")
    page = madina.open("/conversations").text
    assert f"/conversations/{with_bot}" in page and f"/conversations/{waiting}" in page
    assert "сирри" not in page and "Тоҷикӣ" in page
    urgent = madina.open("/conversations?danger=urgent&state=waiting&variant=tg&channel=web").text
    assert f"/conversations/{waiting}" in urgent and f"/conversations/{with_bot}" not in urgent
    assert "There are no such conversations" in madina.open("/conversations?channel=whatsapp").text
    assert f"/conversations/{with_bot}" in madina.open("/conversations?state=%27--&behind=x").text
    assert visit().open("/conversations").headers["location"] == "/login"


def test_the_list_goes_on_from_page_to_page(visit: Visit, street: Street) -> None:
    for _ in range(55):
        street.writes(street.arrives(), "савол")
        street.clock.move(seconds=1)
    madina = visit("Madina")
    first = madina.open("/conversations?variant=").text
    assert first.count('class="line ') == 50
    address = first.split('class="turning">')[1].split('href="')[1].split('"')[0].replace("&amp;", "&")
    second = madina.open(address).text
    assert second.count('class="line ') == 5 and "To the newest" in second


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_the_page_of_all_conversations_is_quick(visit: Visit, street: Street) -> None:
    for _ in range(60):
        street.writes(street.arrives(), "савол")
    madina, taken = visit("Madina"), []
    for _ in range(10):
        began = time.monotonic()
        madina.open("/conversations")
        taken.append(time.monotonic() - began)
    assert sorted(taken)[5] < 0.5
