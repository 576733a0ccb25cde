"""Quick exit: by a word in every language and by a button, in every channel, whoever holds the conversation."""

import time
from collections.abc import Callable, Iterator

import pytest
from sqlalchemy import func, select

from conversations.conversation import Conversations
from conversations.database import Database
from conversations.handover import Handovers
from conversations.tables import metadata
from foundation.clock import utc_now
from foundation.settings import PROJECT
from guidance.safety_words import SafetyWords
from language.variants import LANGUAGES
from language.wording import Wording
from tests.bot.engine_stand_in import EngineStandIn
from tests.bot.running_gateway import GatewayThread
from tests.bot.web_person import WebPerson
from tests.telegram_emulator import TelegramEmulator
from tests.whatsapp_emulator.emulator import WhatsAppEmulator

Begin = Callable[[dict[str, str]], GatewayThread]
Meet = Callable[..., WebPerson]

URGENT = "Помогите, он меня убьёт сегодня"
WORDS = SafetyWords.load(PROJECT / "data" / "guidance")
KEPT = {"totals", "erased_dialogues", "alembic_version"}
LATIN = {"ru": "zakryt chat", "uz": "chatni yopish", "tg": "chatro pushidan", "ky": "chatty jabuu", "kk": "tez shygu"}


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
    end = time.monotonic() + 10
    while not is_so():
        assert time.monotonic() < end
        time.sleep(0.05)


def _is_gone(database: Database, person: WebPerson) -> bool:
    return Conversations(database).get(person.conversation) is None


@pytest.mark.parametrize("variant", LANGUAGES)
def test_a_word_closes_the_web_chat_in_every_language_with_the_engine_away(
    environ: dict[str, str], begin: Begin, meet: Meet, database: Database, variant: str
) -> None:
    person = meet(begin(environ).url, variant)
    person.write(URGENT)
    left = person.post({"id": "leave", "text": f"{WORDS.word('exit', variant)}!"})
    assert left.json() == {"id": "leave", "leave": True}, "the page goes away on this word"
    _until(lambda: _is_gone(database, person))
    with database.read() as connection:
        rows = {
            table.name: connection.execute(select(func.count()).select_from(table)).scalar()
            for table in metadata.sorted_tables
        }
    assert {name for name, count in rows.items() if count} <= KEPT
    assert person.http.get("/chat/api/messages", headers=person.headers).status_code == 401


@pytest.mark.parametrize("variant", sorted(LATIN))
def test_the_word_may_be_typed_in_latin_letters(variant: str) -> None:
    assert WORDS.meaning(LATIN[variant]) == "exit"


@pytest.mark.parametrize("state", ["waiting", "operator"])
def test_the_word_closes_a_conversation_that_a_person_holds(
    environ: dict[str, str], begin: Begin, meet: Meet, database: Database, state: str
) -> None:
    person, handovers = meet(begin(environ).url, "ru"), Handovers(database)
    handovers.open(person.conversation, "asked", "none", utc_now())
    if state == "operator":
        handovers.take(person.conversation, "Dilnoza", utc_now())
    person.write("закрыть чат")
    _until(lambda: _is_gone(database, person))
    assert handovers.queue() == handovers.held() == ()


def test_on_telegram_both_sides_messages_are_taken_back_and_a_neutral_sentence_says_what_stays(
    sqlite_environ: dict[str, str], begin: Begin, engine: EngineStandIn, telegram: TelegramEmulator, wording: Wording
) -> None:
    begin(sqlite_environ | {"SAFAR_TELEGRAM_TOKEN": telegram.token, "SAFAR_TELEGRAM_API_URL": telegram.url})
    person = telegram.person("ru")
    person.writes(URGENT)
    person.sees_text("answer to")
    person.writes("Zakryt chat")
    closed = wording.text("telegram_chat_is_closed", "ru")
    person.until(lambda: [shown.text for shown in person.sees()] == [closed])


def test_on_telegram_the_button_works_while_the_engine_is_away(
    sqlite_environ: dict[str, str], begin: Begin, telegram: TelegramEmulator, wording: Wording
) -> None:
    begin(sqlite_environ | {"SAFAR_TELEGRAM_TOKEN": telegram.token, "SAFAR_TELEGRAM_API_URL": telegram.url})
    person = telegram.person("tg")
    person.writes(URGENT)
    person.sees_text("112")
    person.presses(wording.text("safety_button_exit", "ru"))
    closed = {wording.text("telegram_chat_is_closed", variant) for variant in LANGUAGES}
    person.until(lambda: len(person.sees()) == 1 and person.sees()[0].text in closed, 20)


def test_on_whatsapp_the_word_erases_here_and_says_that_the_phone_keeps_the_messages(
    environ: dict[str, str],
    begin: Begin,
    engine: EngineStandIn,
    whatsapp: WhatsAppEmulator,
    database: Database,
    wording: Wording,
) -> None:
    gateway = begin(environ | whatsapp.environ())
    whatsapp.webhooks.url = f"{gateway.url}/whatsapp/webhook"
    person = whatsapp.person("996500012345")
    person.writes(URGENT)
    block = person.waits_until(lambda shown: any("112" in each.text for each in shown))[0]
    titles = [wording.text(f"safety_button_{step}", "ru") for step in ("can_write", "cannot_write", "person")]
    assert all(option.says(title) for option, title in zip(block.options, titles, strict=True))
    assert block.opener is None, "buttons, not a list"
    person.waits_until(lambda shown: any("answer to" in each.text for each in shown))
    person.writes("закрой чат")
    person.waits_until(lambda shown: shown[-1].text == wording.text("whatsapp_chat_is_closed", "ru"))
    found = Conversations(database).by_address("whatsapp", "996500012345")
    assert found is None or (found.danger, found.safety_signs, found.is_disguised) == ("none", "", False)
