"""Somebody comes: the talk turns to language courses, and nothing on the screen speaks of danger any more."""

from collections.abc import Callable, Iterator

import pytest

from bot.safety_step import SafetyStep
from conversations.conversation import Conversation, Conversations
from conversations.database import Database
from conversations.handover import Handovers
from conversations.transcript import Transcript
from foundation.clock import utc_now
from foundation.settings import PROJECT
from guidance.safety_words import SafetyWords
from language.variants import LANGUAGES
from language.wording import Wording
from tests.bot.engine_stand_in import EngineStandIn
from tests.bot.running_gateway import GatewayThread
from tests.bot.web_person import WebPerson
from tests.telegram_emulator import TelegramEmulator

Begin = Callable[[dict[str, str]], GatewayThread]
Meet = Callable[..., WebPerson]

URGENT = "Помогите, он меня убьёт сегодня"
CONCERN = "Хозяин забрал паспорт и не отдаёт"
ASKS = "безопасно писать"
WORDS = SafetyWords.load(PROJECT / "data" / "guidance")


@pytest.fixture(scope="module")
def wording() -> Wording:
    return Wording.load(PROJECT / "data" / "responses")


@pytest.fixture
def telegram() -> Iterator[TelegramEmulator]:
    with TelegramEmulator() as emulator:
        yield emulator
    assert emulator.violations == []


def _of(database: Database, person: WebPerson) -> Conversation:
    found = Conversations(database).get(person.conversation)
    assert found
    return found


@pytest.mark.parametrize("variant", LANGUAGES)
def test_the_code_word_turns_the_talk_and_the_second_word_takes_it_up_again(
    sqlite_environ: dict[str, str], begin: Begin, meet: Meet, wording: Wording, variant: str
) -> None:
    person = meet(begin(sqlite_environ).url, variant)
    turned = person.answer_to(person.write(WORDS.word("disguise", variant).upper() + "."))
    resume = WORDS.word("resume", variant)
    assert turned["text"] == wording.text("safety_disguise", variant, resume_word=resume)
    again = person.answer_to(person.write(resume))
    assert again["text"] == wording.text("safety_again", variant)
    assert SafetyStep("can_write", "concern").payload in [button["payload"] for button in again["buttons"]]


@pytest.mark.parametrize("variant", LANGUAGES)
def test_no_i_cannot_write_is_answered_by_one_line_that_gives_nothing_away(
    sqlite_environ: dict[str, str], begin: Begin, meet: Meet, wording: Wording, variant: str
) -> None:
    person = meet(begin(sqlite_environ).url, variant)
    line = person.answer_to(person.press(SafetyStep("cannot_write", "family_violence").payload))
    assert line["text"] == wording.text("safety_cannot_write", variant, resume_word=WORDS.word("resume", variant))
    assert [button["payload"] for button in line["buttons"]] == ["quick_exit"]
    assert "112" not in line["text"]


def test_in_disguise_danger_is_noticed_in_silence_and_moves_the_queue(
    environ: dict[str, str], begin: Begin, meet: Meet, engine: EngineStandIn, database: Database
) -> None:
    url = begin(environ).url
    person, other = meet(url, "ru"), meet(url, "ru")
    for each in (other, person):
        Handovers(database).open(each.conversation, "asked", "none", utc_now())
    person.answer_to(person.write("новый урок"))
    person.write(URGENT)
    person.answer_to(person.write("урок закончен"))
    assert person.notice(ASKS) == []
    assert [waiting.conversation_id for waiting in Handovers(database).queue()] == [
        person.conversation,
        other.conversation,
    ]


def test_after_the_second_word_danger_is_spoken_of_again(
    environ: dict[str, str], begin: Begin, meet: Meet, engine: EngineStandIn, database: Database
) -> None:
    person = meet(begin(environ).url, "ru")
    person.answer_to(person.write("новый урок"))
    person.answer_to(person.write(CONCERN))
    assert person.notice(ASKS) == [] and _of(database, person).is_disguised
    person.answer_to(person.write("урок закончен"))
    person.answer_to(person.write(URGENT))
    assert len(person.notice(ASKS)) == 1 and not _of(database, person).is_disguised


def test_what_was_said_before_leaves_the_page_and_stays_for_the_operator(
    environ: dict[str, str], begin: Begin, meet: Meet, engine: EngineStandIn, database: Database
) -> None:
    person = meet(begin(environ).url, "ru")
    person.answer_to(person.write(URGENT))
    turned = person.answer_to(person.write("новый урок"))
    page = person.http.get("/chat/api/messages", headers=person.headers).json()
    assert [message["text"] for message in page["messages"]] == [turned["text"]]
    assert page["hidden_up_to"] == turned["cursor"] - 1
    assert URGENT in [message.text for message in Transcript(database).after(person.conversation)]


def test_an_answer_that_comes_late_does_not_tell_what_was_asked_before(
    environ: dict[str, str], begin: Begin, meet: Meet, engine: EngineStandIn
) -> None:
    engine.delay_seconds = 1.5
    person = meet(begin(environ).url, "ru")
    person.write(URGENT)
    turned = person.answer_to(person.write("новый урок"))
    engine.delay_seconds = 0
    harmless = person.answer_to(person.write("сколько стоит экзамен?"))
    page = person.http.get("/chat/api/messages", headers=person.headers).json()["messages"]
    assert [message["text"] for message in page if message["sender"] != "migrant"][:2] == [
        turned["text"],
        harmless["text"],
    ]


def test_on_telegram_what_was_said_before_is_taken_back_by_both_sides(
    sqlite_environ: dict[str, str], begin: Begin, engine: EngineStandIn, telegram: TelegramEmulator, wording: Wording
) -> None:
    begin(sqlite_environ | {"SAFAR_TELEGRAM_TOKEN": telegram.token, "SAFAR_TELEGRAM_API_URL": telegram.url})
    person = telegram.person("ru")
    person.writes(URGENT)
    person.sees_text(ASKS)
    person.sees_text("answer to")
    person.writes("новый урок")
    harmless = wording.text("safety_disguise", "ru", resume_word="урок закончен")
    person.until(lambda: [shown.text for shown in person.sees()] == [harmless])


def test_the_words_are_ordinary_within_a_longer_message(
    sqlite_environ: dict[str, str], begin: Begin, meet: Meet, engine: EngineStandIn
) -> None:
    person = meet(begin(sqlite_environ).url, "ru")
    text = "когда будет новый урок по русскому языку"
    assert person.answer_to(person.write(text))["text"] == f"answer to {text}"
