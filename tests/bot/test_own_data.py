"""Own data in the chat: told, handed over, erased; on every channel, in every language, whoever holds the talk."""

import json
import time
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import pytest
from sqlalchemy import func, select

from conversations.commands import Erase
from conversations.conversation import Conversations
from conversations.database import Database
from conversations.handover import Handovers
from conversations.reply import Reply
from conversations.tables import attachments, metadata
from foundation.clock import utc_now
from foundation.settings import PROJECT
from guidance.data_words import DataWords
from language.variants import LANGUAGES
from language.wording import Wording
from tests.bot.engine_stand_in import EngineStandIn
from tests.bot.running_gateway import GatewayThread
from tests.bot.web_person import WebPerson
from tests.conversations.talk import Talk
from tests.telegram_emulator import TelegramEmulator
from tests.whatsapp_emulator.emulator import WhatsAppEmulator

Begin = Callable[[dict[str, str]], GatewayThread]
Meet = Callable[..., WebPerson]

SECRET = "Меня зовут Зарафшон, мне не платят зарплату на стройке"
WORDS = DataWords.load(PROJECT / "data" / "guidance")
YES = {"ru": "да", "uz": "ha", "uz-Cyrl": "ҳа", "tg": "ҳа", "ky": "ооба", "kk": "иә", "en": "yes"}
NO = {"ru": "нет", "uz": "yoʻq", "uz-Cyrl": "йўқ", "tg": "не", "ky": "жок", "kk": "жоқ", "en": "no"}
KEPT = {"totals", "duties", "early_marks", "erased_dialogues", "erased_messages", "erasure_keys"}


@pytest.fixture(scope="module")
def wording() -> Wording:
    return Wording.load(PROJECT / "data" / "responses")


@pytest.fixture
def telegram() -> Iterator[TelegramEmulator]:
    with TelegramEmulator() as emulator:
        yield emulator
    assert emulator.violations == []


@pytest.fixture
def whatsapp() -> Iterator[WhatsAppEmulator]:
    emulator = WhatsAppEmulator().start()
    yield emulator
    emulator.stop()
    assert emulator.violations == []


def _until(is_so: Callable[[], object]) -> None:
    end = time.monotonic() + 20
    while not is_so():
        assert time.monotonic() < end
        time.sleep(0.05)


def _left(database: Database) -> set[str]:
    with database.read() as connection:
        tables = metadata.sorted_tables
        return {each.name for each in tables if connection.execute(select(func.count()).select_from(each)).scalar()}


@pytest.mark.parametrize("variant", LANGUAGES)
def test_a_word_in_every_language_asks_once_and_a_typed_yes_erases_with_the_engine_away(
    sqlite_environ: dict[str, str], begin: Begin, meet: Meet, wording: Wording, variant: str
) -> None:
    gateway = begin(sqlite_environ)
    database = gateway.app.state.gateway.store.database
    person = meet(gateway.url, variant)
    asked = person.answer_to(person.write(WORDS.word("erase", variant)))
    assert asked["text"] == wording.text("confirm_erase", variant)
    assert Conversations(database).get(person.conversation), "nothing is erased yet"
    kept = person.answer_to(person.write(NO[variant]))
    assert kept["text"] == wording.text("data_kept", variant)
    person.answer_to(person.write("/delete"))
    yes = person.write(YES[variant])
    last = person.answer_to(yes)
    assert (last["text"], last["sender"]) == (wording.text("erased_web", variant), "bot")
    assert person.http.get("/chat/api/messages", headers=person.headers).status_code == 401, "said once"
    assert _left(database) <= KEPT


def test_while_an_operator_holds_it_everything_goes_too(
    environ: dict[str, str], begin: Begin, meet: Meet, database: Database, wording: Wording
) -> None:
    person, handovers = meet(begin(environ).url, "tg"), Handovers(database)
    handovers.open(person.conversation, "asked", "none", utc_now())
    handovers.take(person.conversation, "Dilnoza", utc_now())
    person.write(SECRET)
    person.press('/meta.my_data{"step": "erase"}')
    person.until(lambda: person.notice(wording.text("confirm_erase", "tg")))
    person.press('/meta.my_data{"step": "confirmed"}')
    person.until(lambda: any(shown["text"] == wording.text("erased_web", "tg") for shown in person.seen))
    assert handovers.held() == () and _left(database) <= KEPT


def test_who_waits_for_news_is_told_at_once(sqlite_environ: dict[str, str], begin: Begin, meet: Meet) -> None:
    person = meet(begin(sqlite_environ).url, "ru")
    person.answer_to(person.write("/delete"))
    began = time.monotonic()
    message = person.press('/meta.my_data{"step": "confirmed"}')
    answer = person.http.get("/chat/api/messages", params={"after": person.cursor, "wait": 20}, headers=person.headers)
    while not any(each["reply_to"] == message for each in answer.json()["messages"]):
        params = {"after": answer.json()["cursor"], "wait": 20}
        answer = person.http.get("/chat/api/messages", params=params, headers=person.headers)
    assert answer.json()["erased"] is True
    assert time.monotonic() - began < 10


def test_on_whatsapp_one_is_asked_told_what_stays_on_the_phone_and_unknown_afterwards(
    environ: dict[str, str], begin: Begin, engine: EngineStandIn, whatsapp: WhatsAppEmulator, database: Database
) -> None:
    whatsapp.webhooks.url = f"{begin(environ | whatsapp.environ()).url}/whatsapp/webhook"
    person = whatsapp.person("996500012345")
    person.writes(SECRET)
    person.waits_until(lambda shown: any("answer to" in each.text for each in shown))
    person.writes("удали мои данные")
    person.waits_until(lambda shown: any("Вернуть это будет нельзя" in each.text for each in shown))
    person.writes("да")
    person.waits_until(lambda shown: any("в вашем телефоне сообщения остались" in each.text for each in shown))
    _until(lambda: _left(database) <= KEPT)
    assert Conversations(database).by_address("whatsapp", person.address) is None
    person.writes("салом")
    person.waits_until(lambda shown: any("answer to салом" in each.text for each in shown))
    assert Conversations(database).by_address("whatsapp", person.address)


def test_on_whatsapp_the_files_come_with_everything_and_are_forgotten(
    environ: dict[str, str], begin: Begin, engine: EngineStandIn, whatsapp: WhatsAppEmulator, database: Database
) -> None:
    whatsapp.webhooks.url = f"{begin(environ | whatsapp.environ()).url}/whatsapp/webhook"
    person = whatsapp.person("996500012345")
    person.writes(SECRET)
    person.waits_until(lambda shown: any("answer to" in each.text for each in shown))
    person.writes("/mydata")
    person.waits_until(lambda shown: any("Сейчас это безопасно?" in each.text for each in shown))
    person.writes("да")
    shown = person.waits_until(lambda shown: any("для чтения" in each.text for each in shown))
    readable, exact = [each.file for each in shown if each.file]
    assert readable and exact and (readable[0], exact[0]) == ("safar-data.txt", "safar-data.json")
    text = readable[2].decode("utf-8-sig")
    assert SECRET in text and "996500012345" in text
    assert SECRET in [row["text"] for row in json.loads(exact[2])["transcript"]]
    _until(lambda: _bytes_kept(database) == 0)


def test_on_telegram_a_no_sends_nothing_and_a_button_sends_the_files(
    sqlite_environ: dict[str, str], begin: Begin, engine: EngineStandIn, telegram: TelegramEmulator, wording: Wording
) -> None:
    begin(sqlite_environ | {"SAFAR_TELEGRAM_TOKEN": telegram.token, "SAFAR_TELEGRAM_API_URL": telegram.url})
    person = telegram.person("kk")
    person.writes("/mydata")
    person.sees_text(wording.text("confirm_export", "kk"))
    person.presses("Қазір емес")
    person.sees_text(wording.text("data_not_sent", "kk"))
    person.writes("/mydata")
    person.until(lambda: sum(wording.text("confirm_export", "kk") == each.text for each in person.answers()) == 2)
    person.presses("Иә, жіберіңіз")
    person.sees_text(wording.text("data_sent", "kk"))
    files = [shown.file for shown in person.answers() if shown.file]
    assert len(files) == 2 and "Сапар: сіз туралы" in files[0].decode("utf-8-sig")


def test_on_the_page_a_file_is_forgotten_when_it_was_fetched(
    environ: dict[str, str], begin: Begin, meet: Meet, database: Database
) -> None:
    person = meet(begin(environ).url, "en")
    person.answer_to(person.write("/mydata"))
    shown = person.answer_to(person.write("yes"))
    for each in shown["attachments"]:
        fetched = person.http.get(each["address"], headers=person.headers)
        assert (fetched.status_code, fetched.headers["content-type"]) == (200, "text/plain; charset=utf-8")
        assert person.conversation in fetched.text or "Safar: everything stored about you" in fetched.text
    _until(lambda: _bytes_kept(database) == 0)
    assert person.http.get(shown["attachments"][0]["address"], headers=person.headers).status_code == 404


def test_while_somebody_else_may_be_reading_no_file_is_handed_over(
    sqlite_environ: dict[str, str], begin: Begin, meet: Meet, wording: Wording
) -> None:
    person = meet(begin(sqlite_environ).url, "ru")
    person.answer_to(person.write("новый урок"))
    said = person.answer_to(person.press('/meta.my_data{"step": "export_confirmed"}'))
    assert said["text"] == wording.text("button_has_expired", "ru")
    assert "attachments" not in said


def test_messages_brought_again_after_their_erasure_bring_nothing_back(
    environ: dict[str, str],
    begin: Begin,
    engine: EngineStandIn,
    whatsapp: WhatsAppEmulator,
    database: Database,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    whatsapp.webhooks.url = f"{begin(environ | whatsapp.environ()).url}/whatsapp/webhook"
    delivered: list[Mapping[str, Any]] = []
    deliver = whatsapp.webhooks.deliver
    monkeypatch.setattr(whatsapp.webhooks, "deliver", lambda value: (delivered.append(value), deliver(value))[1])
    person = whatsapp.person("996500012345")
    for text, said in ((SECRET, "answer to"), ("удали мои данные", "Вернуть это будет нельзя")):
        person.writes(text)
        person.waits_until(lambda shown, said=said: any(said in each.text for each in shown))
    person.writes("да")
    person.waits_until(lambda shown: any("в вашем телефоне сообщения остались" in each.text for each in shown))
    _until(lambda: _left(database) <= KEPT)
    brought = [value for value in delivered if "messages" in value]
    assert len(brought) == 3
    for value in brought:
        deliver(value).result(10)
    assert Conversations(database).by_address("whatsapp", person.address) is None
    assert _left(database) <= KEPT


def test_what_was_left_to_do_when_the_process_died_is_done_after_the_start(
    environ: dict[str, str], begin: Begin, engine: EngineStandIn, telegram: TelegramEmulator, database: Database
) -> None:
    settings = environ | {"SAFAR_TELEGRAM_TOKEN": telegram.token, "SAFAR_TELEGRAM_API_URL": telegram.url}
    first, person = begin(settings), telegram.person("ru")
    person.writes(SECRET)
    person.sees_text("answer to")
    first.stop()
    one, talk = Conversations(database).by_address("telegram", person.address), Talk(database)
    assert one is not None
    talk.now = utc_now()
    talk.write(one.id, "erase")
    talk.turn(Reply("всё удалено"), commands=[Erase()])
    assert any(SECRET in shown.text for shown in person.sees()), "the messenger still has it: nobody was there to do it"
    begin(settings)
    person.sees_text("всё удалено")
    person.until(lambda: not any(SECRET in shown.text for shown in person.sees()))
    _until(lambda: _left(database) <= KEPT)


def _bytes_kept(database: Database) -> int:
    with database.read() as connection:
        return int(
            connection.execute(select(func.coalesce(func.sum(func.length(attachments.c.content)), 0))).scalar_one()
        )
