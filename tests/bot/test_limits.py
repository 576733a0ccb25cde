"""Too many messages: one notice lists those that were not read; too large and too fast is turned away at the door."""

import time
from collections.abc import Callable
from datetime import datetime, timedelta

from bot.limits import STORED_BEYOND_LIMIT
from conversations.database import Database
from conversations.handover import Handovers
from conversations.inbox import Inbox, NewMessage
from foundation.clock import utc_now
from tests.bot.engine_stand_in import EngineStandIn
from tests.bot.running_gateway import GatewayThread
from tests.bot.web_person import WebPerson

Begin = Callable[[dict[str, str]], GatewayThread]
Meet = Callable[..., WebPerson]

TOO_MANY = "слишком много сообщений"


def test_what_is_over_the_limit_is_listed_in_one_notice_and_a_person_can_still_be_called(
    environ: dict[str, str], begin: Begin, meet: Meet, engine: EngineStandIn, database: Database
) -> None:
    engine.replies["/meta.human"] = [{"text": "Зову"}, {"custom": {"command": "open_handover", "reason": "asked"}}]
    person = meet(begin(environ).url, "ru")
    ids = [person.write(f"Сообщение номер {number}") for number in range(30)]
    person.until(lambda: person.notice(TOO_MANY), 30)
    person.until(lambda: all(person.answers_to(each) for each in ids), 30)
    (notice,) = person.notice(TOO_MANY)
    assert (notice["sender"], notice["reply_to"], notice["answers"]) == ("system", None, ids[20:])
    assert all(len(person.answers_to(each)) == 1 for each in ids)
    assert len(engine.asked) == 20
    person.answer_to(person.press("/meta.human"))
    assert len(Handovers(database).queue()) == 1


def test_a_limit_of_the_settings_is_kept_and_ends_with_the_minute(
    sqlite_environ: dict[str, str], begin: Begin, meet: Meet, engine: EngineStandIn
) -> None:
    environ = sqlite_environ | {"SAFAR_MESSAGES_PER_MINUTE": "2"}
    gateway = begin(environ)
    person = meet(gateway.url, "ru")
    store = gateway.app.state.gateway.store
    _write_before(store.inbox, person.conversation, utc_now() - timedelta(seconds=61), 5)
    person.answer_to(person.write("Новая минута"))
    second = person.write("Вторая")
    third = person.write("Третья")
    assert person.answer_to(second)["sender"] == "bot"
    assert person.answer_to(third)["sender"] == "system"


def test_the_limit_looks_at_when_messages_came_not_at_when_they_are_worked_off(
    environ: dict[str, str], begin: Begin, meet: Meet, engine: EngineStandIn
) -> None:
    gateway = begin(environ | {"SAFAR_MESSAGES_PER_MINUTE": "3"})
    person = meet(gateway.url, "ru")
    inbox = gateway.app.state.gateway.store.inbox
    start = utc_now() - timedelta(minutes=10)
    for minute in range(5):
        _write_before(inbox, person.conversation, start + timedelta(minutes=minute), 2, f"{minute}")
    person.until(lambda: len(person.answers_to("4-1")) == 1)
    assert not person.notice(TOO_MANY)


def test_nobody_is_limited_while_an_operator_is_asked(
    environ: dict[str, str], begin: Begin, meet: Meet, engine: EngineStandIn, database: Database
) -> None:
    person = meet(begin(environ | {"SAFAR_MESSAGES_PER_MINUTE": "2"}).url, "ru")
    handovers = Handovers(database)
    handovers.open(person.conversation, "asked", "none", utc_now())
    ids = [person.write(f"Слово {number}") for number in range(5)]
    handovers.take(person.conversation, "anna", utc_now())
    handovers.answer(person.conversation, "anna", "Читаю", utc_now())
    assert person.answer_to(ids[-1])["answers"] == ids
    assert not person.notice(TOO_MANY)


def test_a_flood_is_turned_away_with_a_kind_sentence_and_stores_nothing(
    sqlite_environ: dict[str, str], begin: Begin, meet: Meet, engine: EngineStandIn
) -> None:
    gateway = begin(sqlite_environ | {"SAFAR_MESSAGES_PER_MINUTE": "1"})
    person = meet(gateway.url, "ru")
    for number in range(STORED_BEYOND_LIMIT):
        person.write(f"Слово {number}")
    refused = person.post({"id": "more", "text": "Ещё"})
    assert refused.status_code == 429
    assert int(refused.headers["retry-after"]) > 0
    assert TOO_MANY in refused.json()["error"]["message"]
    person.until(lambda: person.notice(TOO_MANY))
    time.sleep(0.3)
    person.read()
    assert "Ещё" not in [message["text"] for message in person.seen]
    other = meet(gateway.url)
    other.answer_to(other.write("Другой человек"))


def _write_before(inbox: Inbox, conversation_id: str, at: datetime, count: int, name: str = "before") -> None:
    for number in range(count):
        moment = at + timedelta(milliseconds=number)
        inbox.store(NewMessage(conversation_id, f"{name}-{number}", "Раньше"), moment)
