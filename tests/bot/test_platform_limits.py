"""Telegram and WhatsApp through the whole gateway: limits are kept, rests obeyed, oddities followed."""

import time
from collections.abc import Callable, Iterator

import pytest

from bot.channels.whatsapp.limits import EACH_PERSON
from conversations.conversation import Conversations
from conversations.database import Database
from conversations.handover import Handovers
from conversations.statistics import read_statistics
from conversations.transcript import Transcript
from foundation.clock import utc_now
from tests.bot.engine_stand_in import EngineStandIn
from tests.bot.running_gateway import GatewayThread
from tests.telegram_emulator import Fault, TelegramEmulator
from tests.whatsapp_emulator.emulator import WhatsAppEmulator

Begin = Callable[[dict[str, str]], GatewayThread]
QUESTION = "сколько стоит патент в Москве?"
ANSWER = f"answer to {QUESTION}"
PERSON = "996555000101"


@pytest.fixture
def telegram() -> Iterator[TelegramEmulator]:
    with TelegramEmulator() as running:
        yield running
    assert running.violations == []


@pytest.fixture
def telegram_environ(environ: dict[str, str], telegram: TelegramEmulator) -> dict[str, str]:
    return environ | {"SAFAR_TELEGRAM_TOKEN": telegram.token, "SAFAR_TELEGRAM_API_URL": telegram.url}


@pytest.fixture
def whatsapp() -> Iterator[WhatsAppEmulator]:
    running = WhatsAppEmulator().start()
    yield running
    running.stop()
    assert running.violations == []


def of_address(database: Database, channel: str, address: str) -> str:
    found = Conversations(database).by_address(channel, address)
    assert found is not None
    return found.id


def test_a_rush_on_telegram_is_answered_without_breaking_its_limit(
    telegram_environ: dict[str, str], begin: Begin, engine: EngineStandIn, telegram: TelegramEmulator
) -> None:
    begin(telegram_environ)
    people = [telegram.person() for _ in range(50)]
    for person in people:
        person.writes(QUESTION)
    for person in people:
        person.sees_text(ANSWER, 40)
    assert 10 < telegram.most_in_a_second <= 30


def test_a_chat_gets_no_more_than_a_burst_and_then_one_message_a_second(
    telegram_environ: dict[str, str],
    begin: Begin,
    engine: EngineStandIn,
    telegram: TelegramEmulator,
    database: Database,
) -> None:
    begin(telegram_environ)
    person = telegram.person()
    person.writes(QUESTION)
    person.sees_text(ANSWER)
    conversation_id, handovers = of_address(database, "telegram", person.address), Handovers(database)
    handovers.open(conversation_id, "asked", "none", utc_now())
    handovers.take(conversation_id, "anna", utc_now())
    for number in range(9):
        handovers.answer(conversation_id, "anna", f"часть {number}", utc_now())
    person.sees_text("часть 8", 30)
    said = [shown.text for shown in person.answers() if shown.text.startswith("часть")]
    assert said == [f"часть {number}" for number in range(9)]


def test_the_rest_that_telegram_asks_for_is_kept_for_that_chat_alone(
    telegram_environ: dict[str, str], begin: Begin, engine: EngineStandIn, telegram: TelegramEmulator
) -> None:
    begin(telegram_environ)
    resting, other = telegram.person(), telegram.person()
    telegram.misbehave("sendMessage", Fault.throttled(4))
    resting.writes(QUESTION)
    resting.until(lambda: telegram.calls_of("sendMessage"))
    other.writes(QUESTION)
    other.sees_text(ANSWER)
    resting.sees_text(ANSWER, 30)
    own = [call.at for call in telegram.calls_of("sendMessage") if call.parameters["chat_id"] == resting.address]
    assert own[1] - own[0] >= 4


def test_a_pressed_button_is_answered_at_once_though_the_engine_is_slow(
    telegram_environ: dict[str, str], begin: Begin, engine: EngineStandIn, telegram: TelegramEmulator
) -> None:
    begin(telegram_environ)
    engine.replies[QUESTION] = [{"text": "выберите", "buttons": [{"title": "Дальше", "payload": "/meta.about"}]}]
    person = telegram.person()
    person.writes(QUESTION)
    person.sees_text("выберите")
    engine.delay_seconds = 6
    began = time.monotonic()
    query = person.presses("Дальше")
    person.until(lambda: not person.is_button_waiting(query))
    assert time.monotonic() - began < 3
    assert not [shown for shown in person.answers() if "answer to /meta.about" in shown.text]


@pytest.mark.parametrize("is_told", [True, False], ids=["service message", "error"])
def test_a_chat_that_has_moved_is_followed(
    is_told: bool,
    telegram_environ: dict[str, str],
    begin: Begin,
    engine: EngineStandIn,
    telegram: TelegramEmulator,
    database: Database,
) -> None:
    begin(telegram_environ)
    person = telegram.person()
    person.writes(QUESTION)
    person.sees_text(ANSWER)
    conversation_id = of_address(database, "telegram", person.address)
    new_address = person.moves(is_told)
    if is_told:
        person.until(lambda: Conversations(database).by_address("telegram", new_address))
    Transcript(database).say(conversation_id, "system", "ещё одно", (), None, (), utc_now())
    person.sees_text("ещё одно")
    person.writes("а в Казани, сколько там?")
    person.sees_text("answer to а в Казани")
    assert of_address(database, "telegram", new_address) == conversation_id


def test_an_album_is_one_message_with_one_answer(
    telegram_environ: dict[str, str],
    begin: Begin,
    engine: EngineStandIn,
    telegram: TelegramEmulator,
    database: Database,
) -> None:
    begin(telegram_environ)
    person = telegram.person()
    person.sends_album(4)
    person.sees_text("не ")
    person.until(lambda: telegram.waiting_updates == 0)
    time.sleep(1.5)
    said = Transcript(database).after(of_address(database, "telegram", person.address))
    assert len([each for each in said if each.message_id]) == 1
    assert len([each for each in said if each.answers]) == 1


def test_a_picture_and_its_words_get_one_answer_which_says_that_nobody_looked_at_the_picture(
    telegram_environ: dict[str, str],
    begin: Begin,
    engine: EngineStandIn,
    telegram: TelegramEmulator,
    database: Database,
) -> None:
    begin(telegram_environ)
    person = telegram.person()
    person.sends("picture", QUESTION)
    person.sees_text(ANSWER)
    person.sees_text("не храню")
    said = Transcript(database).after(of_address(database, "telegram", person.address))
    (answer,) = [each for each in said if each.answers]
    assert len(answer.answers) == 2 and engine.texts() == [QUESTION]


def test_links_are_counted_by_their_parameter_and_nothing_of_it_is_kept_with_the_person(
    telegram_environ: dict[str, str],
    begin: Begin,
    engine: EngineStandIn,
    telegram: TelegramEmulator,
    database: Database,
) -> None:
    begin(telegram_environ | {"SAFAR_TELEGRAM_START_PARAMETERS": "leaflet,mosque-2"})
    for parameter in ("leaflet", "leaflet", "mosque-2", "invented_by_anybody", ""):
        person = telegram.person()
        person.starts(parameter)
        person.sees_text("answer to /meta.greeting")
        said = Transcript(database).after(of_address(database, "telegram", person.address))
        assert said[0].text == "/start"
    telegram.bring_again()
    time.sleep(0.5)
    assert read_statistics(database, utc_now()).sources == {"leaflet": 2, "mosque-2": 1, "other": 1}


def test_one_person_on_whatsapp_gets_a_burst_and_the_rest_waits_without_a_refusal(
    environ: dict[str, str], begin: Begin, engine: EngineStandIn, whatsapp: WhatsAppEmulator, database: Database
) -> None:
    whatsapp.webhooks.url = begin(environ | whatsapp.environ()).url + "/whatsapp/webhook"
    person = whatsapp.person(PERSON)
    person.writes(QUESTION)
    person.waits_until(lambda shown: any(ANSWER in each.text for each in shown))
    conversation_id = of_address(database, "whatsapp", PERSON)
    for number in range(EACH_PERSON.burst + 5):
        Transcript(database).say(conversation_id, "system", f"часть {number}", (), None, (), utc_now())
    shown = person.waits_for(EACH_PERSON.burst, 60)
    time.sleep(1)
    assert len(person.sees()) < EACH_PERSON.burst + 5
    texts = [each.text for each in shown if each.text.startswith("часть")]
    assert texts == [f"часть {number}" for number in range(len(texts))]
    assert read_statistics(database, utc_now()).outbox_waiting > 0


def test_a_rush_on_whatsapp_keeps_the_numbers_limit(
    environ: dict[str, str], begin: Begin, engine: EngineStandIn, whatsapp: WhatsAppEmulator
) -> None:
    limit = {"SAFAR_WHATSAPP_MESSAGES_PER_SECOND": "16"}
    whatsapp.webhooks.url = begin(environ | whatsapp.environ() | limit).url + "/whatsapp/webhook"
    people = [whatsapp.person(f"9965550002{number:02d}") for number in range(30)]
    for person in people:
        person.writes(QUESTION, waits=False)
    for person in people:
        person.waits_until(lambda shown: any(ANSWER in each.text for each in shown), 40)
    assert whatsapp.pace.most_in_a_second <= 16


def test_words_about_a_message_that_come_before_the_answer_to_our_call_are_not_lost(
    environ: dict[str, str], begin: Begin, engine: EngineStandIn, whatsapp: WhatsAppEmulator, database: Database
) -> None:
    whatsapp.webhooks.url = begin(environ | whatsapp.environ()).url + "/whatsapp/webhook"
    whatsapp.misbehave(of="send", slow_seconds=2, is_after_taking=True)
    person = whatsapp.person(PERSON)
    person.writes(QUESTION)
    shown = person.waits_for(1)
    person.reads()
    marks = f"SELECT status FROM platform_messages WHERE platform_id = '{shown[0].wamid}'"
    end = time.monotonic() + 20
    found: list[str | None] = []
    while found != ["read"]:
        assert time.monotonic() < end, found
        with database.read() as connection:
            found = list(connection.exec_driver_sql(marks).scalars().all())
        time.sleep(0.05)
