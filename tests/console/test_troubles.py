"""Troubles: what was set aside, what did not arrive, the reason in words, a further try."""

from collections.abc import Callable
from pathlib import Path

import pytest

from conversations.conversation import Conversations
from conversations.database import Database
from conversations.handover import Handovers
from conversations.inbox import Inbox, NewMessage
from conversations.outbox import Outbox
from conversations.reply import Reply
from conversations.troubles import Troubles
from language.variants import LANGUAGES
from tests.browser import DESK, PHONE, chromium
from tests.console.conftest import MovableClock, Street
from tests.console.running_console import ConsoleThread, Visitor

Visit = Callable[..., Visitor]
SECRET = "сирри ман"


class Bench:
    """Makes troubles."""

    def __init__(self, street: Street, clock: MovableClock) -> None:
        self.database, self.street, self.clock = street.database, street, clock

    def set_aside(self, reason: str = "timeout") -> str:
        conversation_id = self.street.arrives()
        self.street.writes(conversation_id, SECRET)
        claimed = Inbox(self.database).claim("worker", self.clock(), 30)
        assert claimed and Inbox(self.database).set_aside(claimed, reason, [Reply("узр")], self.clock())
        return conversation_id

    def undeliverable(self, reason: str = "blocked", channel: str = "telegram") -> str:
        conversation = Conversations(self.database).create(channel, f"{self.clock().timestamp()}", None, self.clock())
        self.street.transcript.say(conversation.id, "bot", SECRET, (), None, (), self.clock())
        (due,) = Outbox(self.database).due(self.clock(), 9, [channel])
        assert Outbox(self.database).failed(due.cursor, reason, None, self.clock())
        self.clock.move(seconds=1)
        return conversation.id


def tries_again(visitor: Visitor, kind: str, number: object) -> str:
    """Send the form; gives the page that is then shown."""
    answer = visitor.send("/troubles", "/troubles/again", kind=kind, number=str(number))
    assert answer.status_code == 303
    return visitor.open(answer.headers["location"]).text


@pytest.fixture
def bench(street: Street, clock: MovableClock) -> Bench:
    return Bench(street, clock)


def test_without_troubles_the_page_says_so_and_is_for_operators_only(visit: Visit) -> None:
    assert "There are no troubles." in visit("Madina").open("/troubles").text
    assert visit().open("/troubles").headers["location"] == "/login"


def test_each_trouble_stands_there_with_its_reason_in_words_and_without_the_persons(
    visit: Visit, bench: Bench, clock: MovableClock
) -> None:
    bench.set_aside("timeout")
    bench.undeliverable("blocked")
    bench.undeliverable("refused_131999", "whatsapp")
    clock.move(minutes=5)
    page = visit("Madina").open("/troubles").text
    for words in ("did not answer in time", "has blocked Safar", "WhatsApp refused", "refused_131999", "5 min ago"):
        assert words in page
    assert SECRET not in page


@pytest.mark.parametrize("language", [each for each in LANGUAGES if each != "uz-Cyrl"])
def test_every_reason_has_words_in_every_language(language: str, visit: Visit, bench: Bench) -> None:
    for reason in ("timeout", "empty", "RemoteProtocolError"):
        bench.set_aside(reason)
    for reason in ("blocked", "undeliverable", "too_long", "account_locked", "server_error", "refused"):
        bench.undeliverable(reason)
    answer = visit("Madina", language).open("/troubles")
    assert answer.status_code == 200 and answer.text.count('class="why"') == 9


def test_each_trouble_leads_to_its_conversation(visit: Visit, bench: Bench) -> None:
    shown = bench.set_aside()
    madina = visit("Madina")
    assert f'href="/conversations/{shown}"' in madina.open("/troubles").text
    assert SECRET in madina.open(f"/conversations/{shown}").text


def test_a_message_is_tried_again_and_leaves_the_list(
    visit: Visit, bench: Bench, database: Database, clock: MovableClock
) -> None:
    bench.set_aside()
    madina = visit("Madina")
    (trouble,) = Troubles(database).newest()
    page = tries_again(madina, "set_aside", trouble.number)
    assert "It is being tried again" in page and "There are no troubles." in page
    claimed = Inbox(database).claim("worker", clock(), 30)
    assert claimed is not None and claimed.text == SECRET and not claimed.is_answered
    assert "no longer in the list" in tries_again(madina, "set_aside", trouble.number)


def test_a_reply_is_sent_again(visit: Visit, bench: Bench, database: Database, clock: MovableClock) -> None:
    bench.undeliverable("server_error")
    madina = visit("Madina")
    (trouble,) = Troubles(database).newest()
    assert Outbox(database).due(clock(), 9, ["telegram"]) == ()
    tries_again(madina, "undeliverable", trouble.number)
    assert [each.cursor for each in Outbox(database).due(clock(), 9, ["telegram"])] == [trouble.number]


@pytest.mark.parametrize(("kind", "number"), [("set_aside", "x"), ("everything", "1"), ("undeliverable", "9" * 40)])
def test_nonsense_changes_nothing(kind: str, number: str, visit: Visit, bench: Bench, database: Database) -> None:
    bench.set_aside()
    assert "no longer in the list" in tries_again(visit("Madina"), kind, number)
    assert len(Troubles(database).newest()) == 1


def test_another_sites_form_is_refused(visit: Visit, bench: Bench, database: Database) -> None:
    bench.set_aside()
    madina = visit("Madina")
    (trouble,) = Troubles(database).newest()
    sent = {"kind": "set_aside", "number": str(trouble.number), "form_token": "forged"}
    assert madina.http.post("/troubles/again", data=sent).status_code == 403
    assert len(Troubles(database).newest()) == 1


def test_a_message_set_aside_behind_another_in_work_waits_for_its_turn(
    bench: Bench, database: Database, clock: MovableClock
) -> None:
    conversation_id = bench.set_aside()
    inbox = Inbox(database)
    inbox.store(NewMessage(conversation_id, "later", "баъд"), clock())
    in_work = inbox.claim("worker", clock(), 30)
    (trouble,) = Troubles(database).newest()
    assert Troubles(database).try_again("set_aside", trouble.number, clock())
    assert inbox.claim("another", clock(), 30) is None
    assert in_work and inbox.put_back(in_work, clock())
    assert (claimed := inbox.claim("worker", clock(), 30)) and claimed.message_id == "later"


def test_the_page_works_on_a_phone_and_at_a_desk_with_the_keyboard(
    console: ConsoleThread, bench: Bench, street: Street, visit: Visit, clock: MovableClock, tmp_path: Path
) -> None:
    shown = bench.set_aside("RemoteProtocolError")
    Handovers(street.database).open(shown, "asked for a person", "none", clock())
    bench.undeliverable("blocked")
    session = visit("Madina").http.cookies["safar_console"]
    with chromium(tmp_path / "profile") as browser:
        browser.open(f"{console.url}/login")
        browser.driver.add_cookie({"name": "safar_console", "value": session, "path": "/"})
        for language in LANGUAGES:
            browser.driver.add_cookie({"name": "safar_language", "value": language, "path": "/"})
            for size in (PHONE, DESK):
                browser.size(*size)
                browser.open(f"{console.url}/troubles")
                assert len(browser.all(".trouble")) == 2
                assert not browser.is_wider_than_screen(), (language, size)
        buttons = browser.all(".trouble form button")
        browser.run("arguments[0].focus()", buttons[0])
        assert min(button.size["height"] for button in buttons) >= 24
        buttons[0].send_keys("\ue007")
        browser.until(lambda: len(browser.all(".trouble")) == 1, "one trouble less")
        assert browser.complaints() == []
