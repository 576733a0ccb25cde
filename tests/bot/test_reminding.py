"""Reminders as people get them: on their day, at daytime, once, on the web, on Telegram and on WhatsApp."""

import time
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path

import pytest

from bot.ground import LiveGround
from bot.reminding import words_of
from conversations.conversation import Conversation, Conversations
from conversations.database import Database
from conversations.handover import Handovers
from conversations.reminder_days import KINDS
from conversations.reminders import Reminder, Reminders
from conversations.transcript import Message, Transcript
from foundation.settings import PROJECT
from guidance.reminder_words import WISHES, ReminderWords
from language.identify import Identifier
from language.shown_date import shown_date
from language.variants import LANGUAGES
from language.wording import Wording
from tests.bot.engine_stand_in import EngineStandIn
from tests.bot.running_gateway import GatewayThread
from tests.bot.web_person import WebPerson
from tests.telegram_emulator import TelegramEmulator
from tests.whatsapp_emulator.emulator import WhatsAppEmulator

Meet = Callable[..., WebPerson]
DAY = date(2026, 12, 20)
NOON_IN_MOSCOW = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)
PRESSED = '/set_reminder{"reminder": "registration", "date": "2026-12-20"}'
TEMPLATE = {"SAFAR_WHATSAPP_TEMPLATE": "something_to_read"}
WORDS = ReminderWords.load(PROJECT / "data" / "guidance")
WORDING = Wording.load(PROJECT / "data" / "responses")


class Days:
    """One Safar over several days: it stops in the evening and starts again when the test says so."""

    def __init__(self, environ: dict[str, str], identifier: Identifier) -> None:
        self.now = NOON_IN_MOSCOW
        self.environ = environ
        self._identifier = identifier
        self._gateway: GatewayThread | None = None

    def clock(self) -> datetime:
        """The moment of Safar and of the messengers."""
        self.now += timedelta(milliseconds=1)
        return self.now

    def start(self, now: datetime | None = None) -> GatewayThread:
        """Safar at this moment; it looks for reminders at once."""
        self.stop()
        self.now = now or self.now
        self._gateway = GatewayThread(self.environ, self._identifier, self.clock).start()
        return self._gateway

    def stop(self) -> None:
        """Nobody is there."""
        if self._gateway:
            self._gateway.stop()
        self._gateway = None


@pytest.fixture
def days(sqlite_environ: dict[str, str], identifier: Identifier) -> Iterator[Days]:
    running = Days(sqlite_environ, identifier)
    yield running
    running.stop()


@pytest.fixture
def environ(sqlite_environ: dict[str, str]) -> dict[str, str]:
    return sqlite_environ


@pytest.fixture
def engine(engine: EngineStandIn) -> EngineStandIn:
    """An engine that sets a reminder at the button, or at the words “запомните этот день”."""
    command = {"command": "set_reminder", "reminder": "registration", "on": DAY.isoformat()}
    engine.replies[PRESSED] = engine.replies["запомните этот день"] = [{"text": "kept"}, {"custom": command}]
    engine.replies["/stop_reminders"] = [{"text": "stopped"}, {"custom": {"command": "stop_reminders"}}]
    return engine


def at(days_before: int, hour: int = 7) -> datetime:
    """So many days before the date, at this hour by UTC (7 is ten o'clock in Moscow)."""
    return datetime(2026, 12, 20, hour, 0, tzinfo=UTC) - timedelta(days=days_before)


def said(variant: str = "ru") -> str:
    return WORDING.text("reminder_registration", variant, date=shown_date(DAY, variant))


def notices(database: Database) -> list[Message]:
    with database.read() as connection:
        ids = connection.exec_driver_sql("SELECT id FROM conversations").scalars().all()
    messages = (message for each in ids for message in Transcript(database).after(each))
    return [each for each in messages if each.text.startswith(said())]


def _are(count: int, database: Database) -> bool:
    return len(notices(database)) == count


def of_address(database: Database, channel: str, address: str) -> Conversation:
    found = Conversations(database).by_address(channel, address)
    assert found
    return found


def until(is_so: Callable[[], object], seconds: float = 15) -> None:
    end = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < end
        time.sleep(0.05)


def test_on_the_web_it_stands_there_once_on_each_of_its_days(
    days: Days, engine: EngineStandIn, meet: Meet, database: Database
) -> None:
    person = meet(days.start().url, "ru")
    assert person.answer_to(person.press(PRESSED))["text"] == "kept"
    for expected, days_before in enumerate((14, 7, 1), 1):
        days.start(at(days_before))
        until(partial(_are, expected, database))
        days.start(at(days_before, hour=8))
        time.sleep(0.5)
        assert _are(expected, database)
    notice = notices(database)[-1]
    assert (notice.sender, notice.reply_to, notice.answers) == ("system", None, ())
    assert Reminders(database).of(person.conversation) == ()


@pytest.mark.parametrize("hour", [0, 5, 11, 20])
def test_at_night_anywhere_from_moscow_to_vladivostok_nothing_is_said(
    days: Days, engine: EngineStandIn, meet: Meet, database: Database, hour: int
) -> None:
    person = meet(days.start().url, "ru")
    person.answer_to(person.press(PRESSED))
    days.start(at(14, hour))
    time.sleep(0.5)
    assert notices(database) == [] and len(Reminders(database).of(person.conversation)) == 1


def test_on_telegram_it_comes_as_a_message_and_one_who_blocks_us_is_reminded_of_nothing(
    days: Days, engine: EngineStandIn, database: Database
) -> None:
    with TelegramEmulator() as telegram:
        days.environ |= {"SAFAR_TELEGRAM_TOKEN": telegram.token, "SAFAR_TELEGRAM_API_URL": telegram.url}
        person, other = telegram.person("ru"), telegram.person("ru")
        days.start()
        for each in (person, other):
            each.writes("запомните этот день")
            each.sees_text("kept")
        other.blocks()
        until(lambda: not Reminders(database).of(of_address(database, "telegram", str(other.address)).id))
        days.start(at(14))
        assert "Не напоминать" in str(person.sees_text(said()).buttons)
        person.presses("Не напоминать")
        until(lambda: '/stop_reminders{"reminder": "registration"}' in engine.texts())
        assert telegram.violations == []


def test_on_whatsapp_a_template_asks_and_the_reminder_follows_when_it_is_pressed(
    days: Days, engine: EngineStandIn, database: Database
) -> None:
    whatsapp = WhatsAppEmulator(days.clock).start()
    whatsapp.templates["something_to_read"] = {"ru": ("Для вас есть сообщение", "Прочитать")}
    days.environ |= whatsapp.environ() | TEMPLATE
    person = whatsapp.person("996500011111")
    whatsapp.webhooks.url = f"{days.start().url}/whatsapp/webhook"
    person.writes("запомните этот день")
    person.waits_until(lambda shown: any("kept" in each.text for each in shown))
    whatsapp.webhooks.url = f"{days.start(at(14)).url}/whatsapp/webhook"
    asked = person.waits_until(lambda shown: shown[-1].is_template)
    until(lambda: of_address(database, "whatsapp", person.address).held_reason == "asked")
    assert not any(each.text.startswith(said()) for each in asked)
    person.presses("Прочитать")
    shown = person.waits_until(lambda shown: shown[-1].text == WORDING.text("held_is_here", "ru"))
    assert [each.text.startswith(said()) for each in shown[-2:]] == [True, False]
    assert of_address(database, "whatsapp", person.address).held_since is None
    whatsapp.stop()
    assert whatsapp.violations == [] and engine.texts() == ["запомните этот день"]


def test_on_whatsapp_without_a_template_it_waits_until_the_person_writes(
    days: Days, engine: EngineStandIn, database: Database
) -> None:
    whatsapp = WhatsAppEmulator(days.clock).start()
    days.environ |= whatsapp.environ()
    person = whatsapp.person("996500022222")
    whatsapp.webhooks.url = f"{days.start().url}/whatsapp/webhook"
    person.writes("запомните этот день")
    before = len(person.waits_until(lambda shown: any("kept" in each.text for each in shown)))
    whatsapp.webhooks.url = f"{days.start(at(14)).url}/whatsapp/webhook"
    until(lambda: of_address(database, "whatsapp", person.address).held_reason == "outside_window")
    assert len(person.sees()) == before
    person.writes("салом")
    person.waits_until(lambda shown: any(each.text.startswith(said()) for each in shown))
    whatsapp.stop()
    assert whatsapp.violations == []


def test_an_operators_reply_outside_the_window_waits_in_the_same_way(
    days: Days, engine: EngineStandIn, database: Database
) -> None:
    whatsapp = WhatsAppEmulator(days.clock).start()
    whatsapp.templates["something_to_read"] = {"ru": ("Для вас есть сообщение", "Прочитать")}
    whatsapp.refuses_late = True
    days.environ |= whatsapp.environ() | TEMPLATE
    person = whatsapp.person("996500033333")
    whatsapp.webhooks.url = f"{days.start().url}/whatsapp/webhook"
    person.writes("помогите с бумагами")
    person.waits_until(lambda shown: any("answer to" in each.text for each in shown))
    conversation = of_address(database, "whatsapp", person.address)
    Handovers(database).open(conversation.id, "asked", "none", days.clock())
    Handovers(database).take(conversation.id, "Dilnoza", days.clock())
    whatsapp.webhooks.url = f"{days.start(days.now + timedelta(days=3)).url}/whatsapp/webhook"
    Handovers(database).answer(conversation.id, "Dilnoza", "Вот ответ.", days.clock())
    person.waits_until(lambda shown: shown[-1].is_template)
    person.presses("Прочитать")
    person.waits_until(lambda shown: shown[-1].text == "Вот ответ.")
    whatsapp.stop()
    assert whatsapp.violations == []


def test_the_button_stops_them_while_an_operator_holds_the_talk_and_the_bot_stays_silent(
    days: Days, engine: EngineStandIn, meet: Meet, database: Database
) -> None:
    person = meet(days.start().url, "ru")
    person.answer_to(person.press(PRESSED))
    Handovers(database).open(person.conversation, "asked", "none", days.clock())
    Handovers(database).take(person.conversation, "Dilnoza", days.clock())
    pressed = person.press('/stop_reminders{"reminder": "registration"}')
    person.until(lambda: any(pressed in each["answers"] for each in person.seen))
    notice = next(each for each in person.seen if pressed in each["answers"])
    assert (notice["sender"], notice["text"]) == ("system", WORDING.text("reminders_stopped", "ru"))
    assert Reminders(database).of(person.conversation) == ()
    assert '/stop_reminders{"reminder": "registration"}' not in engine.texts()


@pytest.mark.parametrize("variant", LANGUAGES)
def test_words_do_what_the_buttons_do(days: Days, engine: EngineStandIn, meet: Meet, variant: str) -> None:
    person = meet(days.start().url, variant)
    for wish in WISHES:
        person.answer_to(person.write(WORDS.word(wish, variant).upper() + "!"))
    assert engine.texts() == [f"/{wish}" for wish in WISHES]


def test_the_engine_is_told_what_the_person_is_to_be_reminded_of(days: Days, engine: EngineStandIn, meet: Meet) -> None:
    person = meet(days.start().url, "ru")
    person.answer_to(person.press(PRESSED))
    person.answer_to(person.write("мои напоминания"))
    told = engine.asked[-1]["metadata"]
    assert told["reminders"] == [["registration", "2026-12-20"]]
    assert (told["channel"], told["retention_days"]) == ("web", 90)


@pytest.mark.parametrize("variant", LANGUAGES)
@pytest.mark.parametrize("kind", KINDS)
def test_every_reminder_says_until_when_what_one_can_do_and_how_to_stop(home: Path, variant: str, kind: str) -> None:
    ground = LiveGround(home, home).now()
    reply = words_of(ground, Reminder("one", kind, DAY, DAY), variant)
    assert shown_date(DAY, variant) in reply.text
    assert ground.wording.text("reminder_how_to_stop", variant) in reply.text
    first, stop, listed = (payload for _, payload in reply.buttons)
    assert first.startswith(("/registration.", "/work."))
    assert (stop, listed) == (f'/stop_reminders{{"reminder": "{kind}"}}', "/list_reminders")
    assert all(len(title) <= 20 for title, _ in reply.buttons)
    assert not reply.answers_question and reply.sender == "system"
