"""The figures of the metrics page agree with what happened."""

from conversations.commands import OpenHandover
from conversations.erasure import erase
from conversations.handover import Handovers
from conversations.outbox import Outbox
from conversations.reply import Reply
from conversations.statistics import TOTALS, read_statistics
from tests.conversations.talk import Talk


def test_an_empty_database_counts_nothing(talk: Talk) -> None:
    figures = read_statistics(talk.database, talk.now)
    assert (figures.inbox_waiting, figures.inbox_oldest_seconds, figures.handovers_oldest_seconds) == (0, 0, 0)
    assert figures.totals == dict.fromkeys(TOTALS, 0)


def test_what_waits_is_counted_with_its_age(talk: Talk) -> None:
    one, other = talk.begin("telegram"), talk.begin("telegram")
    talk.write(one, "m1")
    talk.turn(Reply("somebody will come"), commands=[OpenHandover("wish")])
    talk.wait(10)
    talk.write(other, "m1")
    talk.wait(5)
    figures = read_statistics(talk.database, talk.now)
    assert (figures.conversations, figures.inbox_waiting, figures.inbox_oldest_seconds) == (2, 1, 5)
    assert (figures.outbox_waiting, figures.handovers_waiting, figures.handovers_oldest_seconds) == (1, 1, 15)
    Handovers(talk.database).take(one, "Dilnoza", talk.now)
    figures = read_statistics(talk.database, talk.now)
    assert (figures.handovers_waiting, figures.handovers_held) == (0, 1)


def test_totals_only_grow_even_when_the_conversation_is_erased(talk: Talk) -> None:
    one = talk.begin("telegram")
    talk.write(one, "m1")
    talk.turn(Reply("answer"), Reply("more"), commands=[OpenHandover("wish")])
    handovers = Handovers(talk.database)
    handovers.take(one, "Dilnoza", talk.now)
    talk.write(one, "m2")
    handovers.answer(one, "Dilnoza", "Salom", talk.now)
    (due,) = Outbox(talk.database).due(talk.now, 9, ["telegram"])
    Outbox(talk.database).failed(due.cursor, "blocked", None, talk.now)
    erase(talk.database, one, talk.now)
    assert read_statistics(talk.database, talk.now).totals == {
        "messages": 2,
        "answers_bot": 1,
        "answers_operator": 1,
        "handovers": 1,
        "set_aside": 0,
        "undeliverable": 1,
    }
