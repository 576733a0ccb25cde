"""The page of one conversation: what it shows, and taking, answering, giving back, closing."""

import threading
from collections.abc import Callable

import pytest

from conversations.erasure import erase
from conversations.outbox import Outbox
from tests.console.conftest import Street
from tests.console.running_console import Visitor

Visit = Callable[..., Visitor]


def test_the_history_has_senders_times_buttons_and_the_mark_of_danger(visit: Visit, street: Street) -> None:
    conversation_id = street.waits("хозяин забрал паспорт", danger="concern")
    street.transcript.say(
        conversation_id, "bot", "Кумак?", [("Ҳа", "/affirm"), ("Не", "/deny")], None, (), street.clock()
    )
    street.transcript.say(conversation_id, "system", "Шумо дар навбат ҳастед", [], None, (), street.clock())
    page = visit("Madina").open(f"/conversations/{conversation_id}").text
    for words in ("from-migrant concern", "from-bot", "from-system", "Ҳа", "Possible danger", "2026-11-21T09:00:00"):
        assert words in page
    assert 'lang="tg"' in page


def test_words_of_a_migrant_cannot_become_markup(visit: Visit, street: Street) -> None:
    evil = "<script>alert(1)</script><img src=x onerror=alert(1)>"
    conversation_id = street.waits(evil)
    page = visit("Madina").open(f"/conversations/{conversation_id}").text
    assert "<script>alert" not in page and "<img src=x" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_a_pressed_button_without_a_title_is_shown_in_words(visit: Visit, street: Street) -> None:
    conversation_id = street.waits()
    street.writes(conversation_id, "/meta.human", payload="/meta.human")
    street.writes(conversation_id, '/meta.language{"variant":"ky"}', payload='/meta.language{"variant":"ky"}')
    page = visit("Madina").open(f"/conversations/{conversation_id}").text
    assert "pressed a button" in page and "Ask for a person" in page and "Кыргызча</div>" in page
    assert "/meta." not in page


def test_taking_silences_the_bot_and_tells_the_migrant_once_in_their_language(visit: Visit, street: Street) -> None:
    conversation_id = street.waits(variant="tg")
    madina = visit("Madina")
    assert madina.step(conversation_id, "take").status_code == 303
    assert madina.step(conversation_id, "take").status_code == 303
    known = street.conversations.get(conversation_id)
    assert known and (known.state, known.operator) == ("operator", "Madina")
    notices = [each for each in street.transcript.after(conversation_id) if each.sender == "system"]
    assert len(notices) == 1
    assert "одам ҷавоб медиҳад" in notices[0].text
    assert [button.payload for button in notices[0].buttons] == ["back_to_bot"]
    assert notices[0].reply_to is None and notices[0].answers == ()


def test_of_two_who_take_at_once_one_has_it_and_the_other_is_told(visit: Visit, street: Street) -> None:
    conversation_id = street.waits()
    people = {name: visit(name) for name in ("Madina", "Aibek")}
    answers = {}

    def take(name: str) -> None:
        answers[name] = people[name].step(conversation_id, "take")

    threads = [threading.Thread(target=take, args=(name,)) for name in people]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert sorted(answer.status_code for answer in answers.values()) == [303, 409]
    winner = next(name for name, answer in answers.items() if answer.status_code == 303)
    loser = next(answer for answer in answers.values() if answer.status_code == 409)
    assert f"Another operator has the conversation already: {winner}." in loser.text


def test_an_answer_reaches_the_migrant_and_answers_all_that_was_open(visit: Visit, street: Street) -> None:
    conversation_id = street.waits("як")
    second = street.writes(conversation_id, "ду")
    madina = visit("Madina")
    madina.step(conversation_id, "take")
    assert madina.step(conversation_id, "answer", text="  Салом.\r\nБале.  ").status_code == 303
    said = street.transcript.after(conversation_id)[-1]
    assert (said.sender, said.operator, said.text) == ("operator", "Madina", "Салом.\nБале.")
    assert said.reply_to == second and len(said.answers) == 2


def test_the_same_form_twice_is_one_answer(visit: Visit, street: Street) -> None:
    conversation_id = street.waits()
    madina = visit("Madina")
    madina.step(conversation_id, "take")
    page = madina.open(f"/conversations/{conversation_id}").text
    fields = {name: page.split(f'name="{name}" value="')[1].split('"')[0] for name in ("form_token", "once")}
    for _ in range(2):
        answer = madina.http.post(f"/conversations/{conversation_id}/answer", data=fields | {"text": "Бале"})
        assert answer.status_code == 303
    assert [each.text for each in street.transcript.after(conversation_id)].count("Бале") == 1


@pytest.mark.parametrize(
    "text, words", [("   \n ", "The answer is empty"), ("а" * 4001, "longer than 4000")], ids=["blank", "long"]
)
def test_an_answer_that_cannot_be_sent_is_shown_again(visit: Visit, street: Street, text: str, words: str) -> None:
    conversation_id = street.waits()
    madina = visit("Madina")
    madina.step(conversation_id, "take")
    answer = madina.step(conversation_id, "answer", text=text)
    assert answer.status_code == 422
    assert words in answer.text and text in answer.text


@pytest.mark.parametrize("step, state", [("give_back", "bot"), ("close", "closed")])
def test_giving_back_and_closing_tell_the_migrant_that_the_bot_answers(
    visit: Visit, street: Street, step: str, state: str
) -> None:
    conversation_id = street.waits()
    madina = visit("Madina")
    madina.step(conversation_id, "take")
    assert madina.step(conversation_id, step).status_code == 303
    known = street.conversations.get(conversation_id)
    assert known and (known.state, known.operator) == (state, None)
    assert "боз бот ҷавоб медиҳад" in street.transcript.after(conversation_id)[-1].text
    assert madina.step(conversation_id, step).status_code == 409


def test_a_migrant_who_goes_back_to_the_bot_ends_it_and_the_draft_is_kept(visit: Visit, street: Street) -> None:
    conversation_id = street.waits()
    madina = visit("Madina")
    madina.step(conversation_id, "take")
    street.handovers.withdraw(conversation_id, "Бот", street.clock())
    answer = madina.step(conversation_id, "answer", text="нимкора")
    assert answer.status_code == 409
    assert "Nothing was sent" in answer.text and "нимкора" in answer.text


def test_the_open_page_learns_of_a_message_and_of_a_new_holder(visit: Visit, street: Street) -> None:
    conversation_id = street.waits()
    madina = visit("Madina")
    first = madina.changes(conversation_id, 0, "")
    assert "Кӯмак лозим" in first["messages"] and "Waits for an operator" in first["around"]
    later = threading.Timer(0.5, street.writes, (conversation_id, "боз як савол"))
    later.start()
    second = madina.changes(conversation_id, first["cursor"], first["seen"])
    later.join()
    assert "боз як савол" in second["messages"] and "forms" not in second, "the form is not touched"
    street.handovers.take(conversation_id, "Aibek", street.clock())
    third = madina.changes(conversation_id, second["cursor"], second["seen"])
    assert "messages" not in third and "Aibek has this conversation" in third["around"]
    assert "form" not in third["forms"]


def test_a_long_history_is_shown_whole(visit: Visit, street: Street) -> None:
    conversation_id = street.waits()
    for number in range(230):
        street.transcript.say(conversation_id, "bot", f"паём {number}.", [], None, (), street.clock())
    page = visit("Madina").open(f"/conversations/{conversation_id}").text
    assert all(f"паём {number}." in page for number in range(230))


def test_an_erased_conversation_is_gone_for_operators_too(visit: Visit, street: Street) -> None:
    conversation_id = street.waits()
    madina = visit("Madina")
    madina.step(conversation_id, "take")
    page = madina.open(f"/conversations/{conversation_id}").text
    token = page.split('name="form_token" value="')[1].split('"')[0]
    erase(street.database, conversation_id, street.clock())
    assert madina.open(f"/conversations/{conversation_id}").status_code == 404
    for step in ("take", "answer", "give_back", "close"):
        fields = {"form_token": token, "text": "дер"}
        answer = madina.http.post(f"/conversations/{conversation_id}/{step}", data=fields)
        assert answer.status_code == 404, step
        assert "it was deleted" in answer.text


@pytest.mark.parametrize(
    ("reason", "shown"),
    [
        ("outside_window", "lets no messages through"),
        ("asked", "invitation to read was sent"),
        ("template", "tell your host"),
    ],
)
def test_what_whatsapp_does_not_let_through_is_said_until_the_person_writes(
    visit: Visit, street: Street, reason: str, shown: str
) -> None:
    conversation = street.conversations.create("whatsapp", "996500044444", None, street.clock())
    street.writes(conversation.id, "Кӯмак лозим")
    street.handovers.open(conversation.id, "asked", "none", street.clock())
    street.handovers.take(conversation.id, "Madina", street.clock())
    street.handovers.answer(conversation.id, "Madina", "Салом", street.clock())
    outbox = Outbox(street.database)
    (due, *_) = outbox.due(street.clock(), 1, ["whatsapp"])
    outbox.hold(due.cursor, reason, street.clock())
    madina = visit("Madina")
    assert shown in madina.open(f"/conversations/{conversation.id}").text
    street.writes(conversation.id, "Ман ҳастам")
    assert shown not in madina.open(f"/conversations/{conversation.id}").text
