"""Several short messages in a row get one answer; whoever sends a whole question, a button or a cry does not wait."""

import statistics
import time
from collections.abc import Callable, Iterator

import pytest

from bot.burst import FEW_WORDS_PAUSE, NO_PAUSE, OPENING_PAUSE, pause_after
from conversations.database import Database
from conversations.handover import Handovers
from conversations.statistics import read_statistics
from foundation.clock import utc_now
from foundation.settings import PROJECT
from guidance.opening_words import OpeningWords
from tests.bot.engine_stand_in import EngineStandIn
from tests.bot.running_gateway import GatewayProcess, GatewayThread
from tests.bot.web_person import WebPerson
from tests.telegram_emulator import TelegramEmulator
from tests.whatsapp_emulator.emulator import WhatsAppEmulator

Begin = Callable[[dict[str, str]], GatewayThread]
Meet = Callable[..., WebPerson]
WORDS = OpeningWords.load(PROJECT / "data" / "guidance")
BURSTS = {
    "ru": ("Здравствуйте", "у меня вопрос", "сколько стоит патент?"),
    "uz": ("Assalomu alaykum", "savolim bor", "patent qancha turadi?"),
    "tg": ("Салом", "савол дорам", "патент чанд пул мешавад?"),
    "ky": ("Саламатсызбы", "суроом бар", "патент канча турат?"),
    "kk": ("Сәлеметсіз бе", "сұрағым бар", "патент қанша тұрады?"),
    "en": ("Hello", "I have a question", "how much is a patent?"),
}
WHOLE = ("Сколько стоит патент в Москве?", "где получить патент в Москве", "у меня забрали паспорт, что делать")
NOTICED_SECONDS = 0.15


def burst(person: WebPerson, texts: tuple[str, ...], seconds_between: float = 0.0) -> list[str]:
    ids = []
    for text in texts:
        ids.append(person.write(text))
        time.sleep(seconds_between)
    return ids


def seconds_of(person: WebPerson, say: Callable[[], str]) -> float:
    """How long the answer takes."""
    began = time.monotonic()
    person.answer_to(say())
    return time.monotonic() - began


@pytest.mark.parametrize("language", BURSTS)
def test_greeting_announcement_and_question_are_answered_as_one(
    language: str, sqlite_environ: dict[str, str], begin: Begin, meet: Meet, engine: EngineStandIn
) -> None:
    person = meet(begin(sqlite_environ).url, language)
    ids = burst(person, BURSTS[language], 0.4)
    answer = person.answer_to(ids[-1])
    assert (answer["reply_to"], answer["answers"]) == (ids[-1], ids)
    assert answer["text"] == "answer to " + "\n".join(BURSTS[language])
    assert [question["id"] for question in engine.asked] == [ids[-1]]


def test_what_comes_while_the_bot_is_still_busy_is_one_question_too(
    environ: dict[str, str], begin: Begin, meet: Meet, engine: EngineStandIn
) -> None:
    engine.delay_seconds = 3
    person = meet(begin(environ).url, "ru")
    first = person.write("Сколько стоит патент?")
    person.until(lambda: engine.asked)
    ids = burst(person, ("А как его получить?", "И где это делают?", "Сколько ждать?"))
    assert person.answer_to(first)["answers"] == [first]
    assert person.answer_to(ids[0])["answers"] == ids
    assert engine.texts()[1:] == ["А как его получить?\nИ где это делают?\nСколько ждать?"]


def test_the_lone_question_of_a_person_is_not_slower_for_it(
    sqlite_environ: dict[str, str], begin: Begin, meet: Meet, engine: EngineStandIn
) -> None:
    """A button never waits: it tells how fast this machine is now."""
    person = meet(begin(sqlite_environ | {"SAFAR_MESSAGES_PER_MINUTE": "0"}).url, "ru")
    questions, buttons = [], []
    for number in range(9):
        questions.append(seconds_of(person, lambda number=number: person.write(WHOLE[number % len(WHOLE)])))
        buttons.append(seconds_of(person, lambda: person.press("/meta.menu")))
    assert statistics.median(questions) - statistics.median(buttons) < NOTICED_SECONDS, (questions, buttons)


def test_a_lone_greeting_gets_its_answer_within_three_seconds(
    environ: dict[str, str], begin: Begin, meet: Meet, engine: EngineStandIn
) -> None:
    person = meet(begin(environ).url, "ru")
    began = time.monotonic()
    message_id = person.write("Здравствуйте")
    assert person.answer_to(message_id)["answers"] == [message_id]
    assert time.monotonic() - began < 3


def test_a_button_is_neither_swallowed_nor_made_to_wait(
    environ: dict[str, str], begin: Begin, meet: Meet, engine: EngineStandIn
) -> None:
    person = meet(begin(environ).url, "ru")
    began = time.monotonic()
    greeting, button = person.write("Здравствуйте"), person.press("/meta.menu")
    assert person.answer_to(button)["answers"] == [button]
    assert person.answers_to(greeting)[0]["answers"] == [greeting]
    assert time.monotonic() - began < OPENING_PAUSE.total_seconds()
    assert engine.texts() == ["Здравствуйте", "/meta.menu"]


def test_danger_is_neither_swallowed_nor_made_to_wait(
    environ: dict[str, str], begin: Begin, meet: Meet, engine: EngineStandIn
) -> None:
    person = meet(begin(environ).url, "ru")
    began = time.monotonic()
    greeting, cry = person.write("Здравствуйте"), person.write("он меня убьёт")
    person.until(lambda: person.notice("112"))
    assert person.answer_to(cry)["answers"] == [cry]
    assert person.answers_to(greeting)[0]["answers"] == [greeting]
    assert time.monotonic() - began < OPENING_PAUSE.total_seconds()


def test_the_word_for_leaving_works_at_once_behind_a_greeting(
    environ: dict[str, str], begin: Begin, meet: Meet, engine: EngineStandIn, database: Database
) -> None:
    person = meet(begin(environ).url, "ru")
    began = time.monotonic()
    person.write("Здравствуйте")
    assert read_statistics(database, utc_now()).conversations == 1
    person.press("quick_exit")
    while read_statistics(database, utc_now()).conversations:
        assert time.monotonic() - began < OPENING_PAUSE.total_seconds()
        time.sleep(0.02)


def test_messages_to_a_held_conversation_stay_single_and_wait_for_the_operator(
    environ: dict[str, str], begin: Begin, meet: Meet, engine: EngineStandIn, database: Database
) -> None:
    person = meet(begin(environ).url, "ru")
    handovers = Handovers(database)
    handovers.open(person.conversation, "asked", "none", utc_now())
    ids = burst(person, BURSTS["ru"])
    handovers.take(person.conversation, "anna", utc_now())
    time.sleep(0.5)
    handovers.answer(person.conversation, "anna", "Здравствуйте, я Анна", utc_now())
    assert person.answer_to(ids[0])["answers"] == ids
    assert engine.asked == []


def test_after_a_question_of_the_bot_a_word_is_an_answer_and_does_not_wait(
    sqlite_environ: dict[str, str], begin: Begin, meet: Meet, engine: EngineStandIn
) -> None:
    engine.replies["Сколько стоит патент?"] = [{"text": "В каком городе?"}]
    person = meet(begin(sqlite_environ).url, "ru")
    person.answer_to(person.write("Сколько стоит патент?"))
    span = seconds_of(person, lambda: person.write("Москва"))
    assert span - seconds_of(person, lambda: person.press("/meta.menu")) < FEW_WORDS_PAUSE.total_seconds()


def test_killed_in_the_middle_of_a_joined_question_it_is_asked_once_more_and_answered_once(
    environ: dict[str, str], free_port: int, meet: Meet, engine: EngineStandIn
) -> None:
    process = GatewayProcess(environ, free_port)
    process.start()
    person = meet(process.url, "ru")
    engine.trouble = ["answer and reset", "hang"]
    ids = burst(person, BURSTS["ru"])
    person.until(lambda: len(engine.asked) >= 2)
    process.kill()
    process.start()
    person.until(lambda: person.answers_to(ids[-1]), 40)
    person.read(wait=1)
    assert [each["answers"] for each in person.seen if each["answers"]] == [ids]
    assert engine.turns == {ids[-1]: 1}
    assert set(engine.texts()) == {"\n".join(BURSTS["ru"])}
    process.kill()


def test_two_gateways_on_one_database_join_without_losing_or_doubling_anything(
    environ: dict[str, str], begin: Begin, meet: Meet, engine: EngineStandIn
) -> None:
    engine.delay_seconds = 0.05
    urls = [begin(environ).url, begin(environ).url]
    people = [meet(urls[number % 2], "ru") for number in range(6)]
    written: list[tuple[WebPerson, list[str]]] = []
    for number, person in enumerate(people):
        other = meet(urls[0], "ru")
        other.headers, other.conversation = person.headers, person.conversation
        other.http.base_url = urls[(number + 1) % 2]
        ids = []
        for turn in range(6):
            text = ("Здравствуйте", "у меня вопрос", "как получить патент в Москве?")[turn % 3]
            ids.append((person if turn % 2 else other).write(text))
        written.append((person, ids))
    for person, ids in written:
        person.until(lambda person=person, ids=ids: all(person.answers_to(each) for each in ids), 30)
        person.read()
        assert all(len(person.answers_to(each)) == 1 for each in ids)
        assert len([each for each in person.seen if each["reply_to"]]) < len(ids)
    assert engine.most_at_once_in_one_conversation == 1


def test_on_telegram_a_burst_gets_one_answer(environ: dict[str, str], begin: Begin, engine: EngineStandIn) -> None:
    with TelegramEmulator() as telegram:
        begin(environ | {"SAFAR_TELEGRAM_TOKEN": telegram.token, "SAFAR_TELEGRAM_API_URL": telegram.url})
        person = telegram.person()
        for text in BURSTS["tg"]:
            person.writes(text)
        person.sees_text("answer to " + "\n".join(BURSTS["tg"]))
        assert len(engine.asked) == 1
        assert telegram.violations == []


def test_on_whatsapp_a_burst_gets_one_answer(
    environ: dict[str, str], begin: Begin, engine: EngineStandIn, whatsapp: WhatsAppEmulator
) -> None:
    whatsapp.webhooks.url = begin(environ | whatsapp.environ()).url + "/whatsapp/webhook"
    person = whatsapp.person("996555000101")
    for text in BURSTS["ky"]:
        person.writes(text)
    person.waits_until(lambda shown: any("answer to" in each.text for each in shown))
    assert engine.texts() == ["\n".join(BURSTS["ky"])]


@pytest.fixture
def whatsapp() -> Iterator[WhatsAppEmulator]:
    running = WhatsAppEmulator().start()
    yield running
    running.stop()
    assert running.violations == []


@pytest.mark.parametrize(
    ("text", "pause"),
    [
        ("Салом!", OPENING_PAUSE),
        ("Assalomu alaykum", OPENING_PAUSE),
        ("Здравствуйте, можно спросить", OPENING_PAUSE),
        ("менинг саволим бор ва", OPENING_PAUSE),
        ("мой начальник забрал,", OPENING_PAUSE),
        ("I lost my passport and", OPENING_PAUSE),
        ("так...", OPENING_PAUSE),
        ("патент", FEW_WORDS_PAUSE),
        ("кирүүгө тыйым", FEW_WORDS_PAUSE),
        ("патент?", NO_PAUSE),
        ("15.03.2026", NO_PAUSE),
        ("сколько стоит патент", NO_PAUSE),
        ("помогите мне, хозяин запер дверь.", NO_PAUSE),
        ("помогите пожалуйста срочно", NO_PAUSE),
        ("слово, " * 60, NO_PAUSE),
    ],
)
def test_only_what_promises_more_waits_for_it(text: str, pause: object) -> None:
    assert pause_after(text, WORDS, lambda: False) == pause


def test_an_announcement_of_each_language_is_known_in_every_spelling() -> None:
    said = ("У МЕНЯ ВОПРОС!", "savolim bor", "саволим бор", "Саволам хаст", "суроом бар.", "сурагым бар", "Can I ask")
    assert all(WORDS.is_opening(each) for each in said)
