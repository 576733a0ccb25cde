"""Who holds the conversation: the bot is silent while one waits for an operator, and comes back when asked."""

import time
from collections.abc import Callable

import pytest

from conversations.conversation import Conversations
from conversations.database import Database
from conversations.handover import Handovers
from foundation.clock import utc_now
from tests.bot.engine_stand_in import EngineStandIn
from tests.bot.running_gateway import GatewayThread
from tests.bot.web_person import WebPerson

Begin = Callable[[dict[str, str]], GatewayThread]
Meet = Callable[..., WebPerson]

CALLED = [{"text": "Зову человека"}, {"custom": {"command": "open_handover", "reason": "asked for a person"}}]


@pytest.fixture
def waiting(environ: dict[str, str], begin: Begin, meet: Meet, engine: EngineStandIn, database: Database) -> WebPerson:
    """A person who has asked for an operator."""
    engine.replies["/meta.human"] = CALLED
    person = meet(begin(environ).url, "ru")
    person.answer_to(person.press("/meta.human"))
    person.until(lambda: person.notice("в очереди"))
    return person


def test_the_engine_opens_the_queue_and_the_bot_is_silent_until_the_operator_answers(
    waiting: WebPerson, engine: EngineStandIn, database: Database
) -> None:
    asked = len(engine.asked)
    ids = [waiting.write("Вы здесь?"), waiting.write("Мне не заплатили")]
    waiting.read(wait=1)
    handovers = Handovers(database)
    (queued,) = handovers.queue()
    assert (queued.reason, queued.unanswered) == ("asked for a person", 2)
    assert handovers.take(waiting.conversation, "anna", utc_now())
    last = waiting.write("Алло")
    time.sleep(0.5)
    assert not waiting.answers_to(ids[0])
    handovers.answer(waiting.conversation, "anna", "Я здесь", utc_now())
    answer = waiting.answer_to(last)
    assert (answer["sender"], answer["answers"]) == ("operator", [*ids, last])
    assert len(engine.asked) == asked


def test_one_goes_back_to_the_bot_and_every_open_message_is_answered_once(
    waiting: WebPerson, engine: EngineStandIn, database: Database
) -> None:
    ids = [waiting.write("Вы здесь?"), waiting.write("Долго ещё?")]
    back = waiting.press("back_to_bot")
    answer = waiting.answer_to(back)
    assert "снова отвечает бот" in answer["text"]
    assert answer["answers"] == [*ids, back]
    assert Handovers(database).queue() == ()
    assert waiting.answer_to(waiting.write("Как получить патент?"))["text"] == "answer to Как получить патент?"


def test_back_to_the_bot_is_answered_also_when_the_bot_is_there(
    sqlite_environ: dict[str, str], begin: Begin, meet: Meet
) -> None:
    person = meet(begin(sqlite_environ).url, "en")
    assert "bot is answering" in person.answer_to(person.press("back_to_bot"))["text"]


def test_after_the_operator_has_closed_the_bot_answers_again(
    waiting: WebPerson, engine: EngineStandIn, database: Database
) -> None:
    handovers = Handovers(database)
    handovers.take(waiting.conversation, "anna", utc_now())
    handovers.close(waiting.conversation, "anna", "Вам снова отвечает бот", utc_now())
    assert waiting.answer_to(waiting.write("Спасибо"))["text"] == "answer to Спасибо"


def test_an_answer_of_the_engine_that_comes_after_the_handover_is_not_said(
    environ: dict[str, str], begin: Begin, meet: Meet, engine: EngineStandIn, database: Database
) -> None:
    engine.delay_seconds = 4
    person = meet(begin(environ).url, "ru")
    message_id = person.write("Вопрос")
    while not engine.asked:
        time.sleep(0.02)
    handovers = Handovers(database)
    handovers.open(person.conversation, "asked", "none", utc_now())
    handovers.take(person.conversation, "anna", utc_now())
    answered_by = time.monotonic() + 2 * engine.delay_seconds
    while time.monotonic() < answered_by:
        person.read(wait=1)
    assert not [message for message in person.seen if message["sender"] == "bot"]
    handovers.answer(person.conversation, "anna", "Отвечаю я", utc_now())
    assert person.answer_to(message_id)["sender"] == "operator"


def test_quick_exit_leaves_nothing_behind_in_any_state(waiting: WebPerson, database: Database) -> None:
    waiting.press("quick_exit")
    end = time.monotonic() + 5
    while Conversations(database).get(waiting.conversation):
        assert time.monotonic() < end
        time.sleep(0.05)
    refused = waiting.http.get("/chat/api/messages", headers=waiting.headers)
    assert refused.status_code == 401
    assert Handovers(database).queue() == ()


def test_the_engines_commands_are_carried_out_with_its_reply(
    environ: dict[str, str], begin: Begin, meet: Meet, engine: EngineStandIn, database: Database
) -> None:
    engine.replies["Я из Таджикистана"] = [
        {"text": "Запомнил"},
        {"custom": {"command": "remember", "country": "RU", "citizenship": "TJ"}},
    ]
    engine.replies['/meta.my_data{"step": "confirmed"}'] = [{"text": "Стёрто"}, {"custom": {"command": "erase"}}]
    person = meet(begin(environ).url, "ru")
    person.answer_to(person.write("Я из Таджикистана"))
    conversations = Conversations(database)
    found = conversations.get(person.conversation)
    assert found and (found.country, found.citizenship) == ("RU", "TJ")
    person.answer_to(person.press('/meta.my_data{"step": "confirmed"}'))
    erased = conversations.get(person.conversation)
    assert erased and erased.citizenship is None
    person.cursor, person.seen = 0, []
    assert [message["text"] for message in person.read()] == ["Стёрто"]
