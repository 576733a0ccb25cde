"""What the gateway does for the queue: hands out, takes back, notes what was tried, tells the engine what was said."""

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from conversations.conversation import Conversations
from conversations.database import Database
from conversations.desks import Desks
from conversations.first_note import FirstNotes, Tried
from conversations.handover import Handovers
from conversations.operators import Operators
from foundation.clock import utc_now
from language.identify import Identifier
from tests.bot.engine_stand_in import EngineStandIn
from tests.bot.running_gateway import GatewayThread
from tests.bot.web_person import WebPerson

Begin = Callable[[dict[str, str]], GatewayThread]
Meet = Callable[..., WebPerson]
CALLED = [{"text": "Зову человека"}, {"custom": {"command": "open_handover", "reason": "asked for a person"}}]
ANSWERED = [
    {
        "text": "Патент стоит …",
        "custom": {"answer": {"entry": "work/permit-ru", "topic": "work.permit", "answered": True}},
    }
]
UNKNOWN = [{"text": "Не знаю", "custom": {"answer": {"entry": None, "topic": "meta.out_of_scope", "answered": False}}}]


@pytest.fixture
def madina(database: Database) -> Desks:
    """An operator who is there."""
    Operators(database).add("Madina", "a long password", utc_now())
    Desks(database).set("Madina", seen_at=utc_now())
    return Desks(database)


def _until(holds: Callable[[], object]) -> None:
    end = time.monotonic() + 30
    while not holds():
        assert time.monotonic() < end
        time.sleep(0.1)


def _state(database: Database, person: WebPerson) -> tuple[str, str | None]:
    found = Conversations(database).get(person.conversation)
    assert found
    return found.state, found.operator


def test_with_fair_hand_out_who_waits_gets_the_operator_who_is_there_and_is_told(
    environ: dict[str, str], begin: Begin, meet: Meet, engine: EngineStandIn, database: Database, madina: Desks
) -> None:
    engine.replies["/meta.human"] = CALLED
    person = meet(begin(environ | {"SAFAR_QUEUE_MODE": "fair"}).url, "ru")
    person.press("/meta.human")
    person.until(lambda: person.notice("Теперь вам отвечает человек"), 30)
    assert _state(database, person) == ("operator", "Madina")


def test_with_free_choice_nothing_is_handed_out(
    sqlite_environ: dict[str, str], begin: Begin, meet: Meet, engine: EngineStandIn
) -> None:
    from conversations.database import migrate, open_database

    engine.replies["/meta.human"] = CALLED
    person = meet(begin(sqlite_environ).url, "ru")
    own = open_database(sqlite_environ["SAFAR_DATABASE_URL"])
    migrate(own)
    Operators(own).add("Madina", "a long password", utc_now())
    Desks(own).set("Madina", seen_at=utc_now())
    person.answer_to(person.press("/meta.human"))
    time.sleep(5)
    assert _state(own, person) == ("waiting", None)
    own.close()


def test_what_an_operator_leaves_goes_back_and_the_person_is_told_kindly_once(
    environ: dict[str, str],
    identifier: Identifier,
    meet: Meet,
    engine: EngineStandIn,
    database: Database,
    madina: Desks,
) -> None:
    now = [datetime(2026, 11, 21, 9, tzinfo=UTC)]
    gateway = GatewayThread(environ | {"SAFAR_UNANSWERED_MINUTES": "5"}, identifier, lambda: now[0]).start()
    engine.replies["/meta.human"] = CALLED
    person = meet(gateway.url, "ru")
    person.answer_to(person.press("/meta.human"))
    handovers = Handovers(database)
    assert handovers.take(person.conversation, "Madina", now[0])
    now[0] += timedelta(minutes=6)
    person.until(lambda: person.notice("Простите, что ответа долго нет"), 30)
    assert _state(database, person) == ("waiting", None)
    handovers.take(person.conversation, "Madina", now[0])
    now[0] += timedelta(minutes=6)
    _until(lambda: _state(database, person) == ("waiting", None))
    person.read()
    assert len(person.notice("Простите, что ответа долго нет")) == 1
    gateway.stop()


def test_the_first_note_holds_what_the_engine_has_reported(
    environ: dict[str, str], begin: Begin, meet: Meet, engine: EngineStandIn, database: Database
) -> None:
    engine.replies |= {"/meta.human": CALLED, "патент": ANSWERED, "погода": UNKNOWN}
    person = meet(begin(environ).url, "ru")
    for text in ("патент", "погода", "погода"):
        person.answer_to(person.write(text))
    person.answer_to(person.press("/meta.human"))
    note = FirstNotes(database).newest(person.conversation)
    assert note and note.tried == (
        Tried("work.permit", "work/permit-ru", "shown"),
        Tried("meta.out_of_scope", None, "not_in_content"),
    )
    assert (note.reason, note.topic) == ("asked for a person", "work.permit")
    (waiting,) = Handovers(database).queue()
    assert waiting.topic == "work.permit"


def _talked(person: WebPerson, database: Database, engine: EngineStandIn) -> None:
    """A talk with an operator, who then gives the conversation back."""
    engine.replies["/meta.human"] = CALLED
    person.answer_to(person.press("/meta.human"))
    handovers = Handovers(database)
    handovers.take(person.conversation, "anna", utc_now())
    asked = person.write("Я в Казахстане, как получить разрешение?")
    time.sleep(0.5)
    handovers.answer(person.conversation, "anna", "Расскажу", utc_now())
    person.answer_to(asked)
    handovers.give_back(person.conversation, "anna", "Вам снова отвечает бот", utc_now())


def test_the_engine_is_told_once_what_was_said_before_it_is_asked_again(
    environ: dict[str, str], begin: Begin, meet: Meet, engine: EngineStandIn, database: Database
) -> None:
    person = meet(begin(environ).url, "ru")
    person.answer_to(person.write("до этого"))
    _talked(person, database, engine)
    assert engine.held == [], "not before there is something to answer"
    person.answer_to(person.write("А сколько это стоит?"))
    person.answer_to(person.write("А где?"))
    (told,) = engine.held
    assert [(row["sender"], row["text"]) for row in told["messages"]] == [
        ("migrant", "Я в Казахстане, как получить разрешение?"),
        ("operator", "Расскажу"),
    ]
    assert told["messages"][0]["metadata"]["variant"] == "ru"
    known = Conversations(database).get(person.conversation)
    assert known and known.country == "KZ", "what the engine has learnt of places is kept beyond the dialogue"


@pytest.mark.parametrize("status", [404, 502])
def test_an_engine_that_cannot_learn_answers_all_the_same(
    sqlite_environ: dict[str, str], begin: Begin, meet: Meet, engine: EngineStandIn, status: int
) -> None:
    from conversations.database import open_database

    engine.held_status = status
    person = meet(begin(sqlite_environ).url, "ru")
    own = open_database(sqlite_environ["SAFAR_DATABASE_URL"])
    _talked(person, own, engine)
    assert person.answer_to(person.write("А сколько?"))["text"] == "answer to А сколько?"
    person.answer_to(person.write("А где?"))
    assert len(engine.held) == 1
    own.close()


def test_while_the_engine_is_not_ready_the_talk_waits_with_the_question(
    sqlite_environ: dict[str, str], begin: Begin, meet: Meet, engine: EngineStandIn
) -> None:
    from conversations.database import open_database

    person = meet(begin(sqlite_environ).url, "ru")
    own = open_database(sqlite_environ["SAFAR_DATABASE_URL"])
    _talked(person, own, engine)
    engine.held_status = 503
    asked = person.write("А сколько?")
    _until(lambda: len(engine.held) >= 2)
    assert not person.answers_to(asked)
    engine.held_status = 200
    person.answer_to(asked)
    assert len({told["id"] for told in engine.held}) == 1
    own.close()
