"""“Stop” and “start”: nothing unasked any more, and again; by words or WhatsApp's own switch."""

import time
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

import pytest

from conversations.conversation import Conversations
from conversations.database import Database
from conversations.handover import Handovers
from conversations.opt_outs import OptOuts
from conversations.reminders import Reminders
from conversations.transcript import Transcript
from foundation.clock import utc_now
from foundation.settings import PROJECT
from guidance.contact_words import ContactWords
from language.identify import Identifier
from language.variants import LANGUAGES
from language.wording import Wording
from tests.bot.engine_stand_in import EngineStandIn
from tests.bot.running_gateway import GatewayThread
from tests.bot.web_person import WebPerson
from tests.whatsapp_emulator.emulator import WhatsAppEmulator
from tests.whatsapp_emulator.people import Person

Begin = Callable[[dict[str, str]], GatewayThread]
Meet = Callable[..., WebPerson]
WORDS = ContactWords.load(PROJECT / "data" / "guidance")
WORDING = Wording.load(PROJECT / "data" / "responses")
DAY = utc_now().date() + timedelta(days=40)
REMIND = f'/set_reminder{{"reminder": "registration", "date": "{DAY}"}}'
STOPPED_ALL = [{"text": "stopped"}, {"custom": {"command": "stop_reminders"}}]


@pytest.fixture
def engine(engine: EngineStandIn) -> EngineStandIn:
    """An engine that sets a reminder at the button, and stops all at a bare “стоп” outside of a form."""
    command = {"command": "set_reminder", "reminder": "registration", "on": DAY.isoformat()}
    engine.replies[REMIND] = [{"text": "kept"}, {"custom": command}]
    engine.replies["Стоп"] = STOPPED_ALL
    return engine


class Ahead:
    """The time of day, which a test can move on."""

    def __init__(self) -> None:
        self.span = timedelta()

    def __call__(self) -> datetime:
        return utc_now() + self.span


@pytest.fixture
def clock() -> Ahead:
    return Ahead()


@pytest.fixture
def whatsapp(clock: Ahead) -> Iterator[WhatsAppEmulator]:
    running = WhatsAppEmulator(clock).start()
    running.templates["something_to_read"] = {"ru": ("Для вас есть сообщение", "Прочитать")}
    yield running
    running.stop()
    assert running.violations == []


@pytest.fixture
def on_whatsapp(
    environ: dict[str, str], identifier: Identifier, engine: EngineStandIn, whatsapp: WhatsAppEmulator, clock: Ahead
) -> Iterator[Person]:
    """Somebody who has got one answer."""
    environ = environ | whatsapp.environ() | {"SAFAR_WHATSAPP_TEMPLATE": "something_to_read"}
    gateway = GatewayThread(environ, identifier, clock).start()
    whatsapp.webhooks.url = gateway.url + "/whatsapp/webhook"
    person = whatsapp.person("996555000101")
    person.writes("сколько стоит патент в Москве?")
    person.waits_until(lambda shown: any("answer to" in each.text for each in shown))
    yield person
    gateway.stop()


def says(key: str, variant: str = "ru") -> str:
    return WORDING.text(key, variant)


def conversation_of(database: Database, person: Person) -> str:
    found = Conversations(database).by_address("whatsapp", person.address)
    assert found is not None
    return found.id


def speak_after_days(database: Database, person: Person, clock: Ahead) -> None:
    """Three days later something is said that the person has not asked for."""
    clock.span += timedelta(days=3)
    Transcript(database).say(conversation_of(database, person), "system", "непрошеное", (), None, (), clock())


def held_reason(database: Database, person: Person) -> str:
    end = time.monotonic() + 15
    while True:
        found = Conversations(database).by_address("whatsapp", person.address)
        if found and found.held_reason:
            return found.held_reason
        assert time.monotonic() < end
        time.sleep(0.05)


@pytest.mark.parametrize("variant", LANGUAGES)
def test_words_of_every_language_end_and_begin_what_is_unasked(
    variant: str, environ: dict[str, str], begin: Begin, meet: Meet, engine: EngineStandIn, database: Database
) -> None:
    person = meet(begin(environ).url, variant)
    person.answer_to(person.press(REMIND))
    assert len(Reminders(database).of(person.conversation)) == 1
    stopped = person.answer_to(person.write(WORDS.word("stop_contact", variant).upper() + "!"))
    assert (stopped["text"], stopped["sender"]) == (says("contact_stopped", variant), "bot")
    assert OptOuts(database).has(person.conversation)
    assert Reminders(database).of(person.conversation) == ()
    started = person.answer_to(person.write(WORDS.word("start_contact", variant)))
    assert started["text"] == says("contact_started", variant)
    assert not OptOuts(database).has(person.conversation)
    assert engine.texts() == [REMIND]


def test_who_has_not_stopped_may_say_start_to_the_bot(
    sqlite_environ: dict[str, str], begin: Begin, meet: Meet, engine: EngineStandIn
) -> None:
    person = meet(begin(sqlite_environ).url, "ru")
    assert person.answer_to(person.write("старт"))["text"] == "answer to старт"


def test_a_bare_stop_means_it_where_it_has_ended_no_form(
    environ: dict[str, str], begin: Begin, meet: Meet, engine: EngineStandIn, database: Database
) -> None:
    person = meet(begin(environ).url, "ru")
    engine.replies["стоп"] = [{"text": "the form is left"}]
    person.answer_to(person.write("стоп"))
    assert not OptOuts(database).has(person.conversation)
    assert person.answer_to(person.write("Стоп"))["text"] == "stopped"
    person.until(lambda: person.notice(says("contact_how_to_start")))
    assert OptOuts(database).has(person.conversation)


def test_who_sets_a_reminder_wants_it_to_come(
    environ: dict[str, str], begin: Begin, meet: Meet, engine: EngineStandIn, database: Database
) -> None:
    person = meet(begin(environ).url, "ru")
    person.answer_to(person.write("отписаться"))
    assert person.answer_to(person.press(REMIND))["text"] == "kept"
    assert not OptOuts(database).has(person.conversation)
    assert len(Reminders(database).of(person.conversation)) == 1


def test_a_stop_in_a_talk_with_an_operator_is_confirmed_and_the_bot_stays_silent(
    environ: dict[str, str], begin: Begin, meet: Meet, engine: EngineStandIn, database: Database
) -> None:
    person = meet(begin(environ).url, "ru")
    Handovers(database).open(person.conversation, "asked", "none", utc_now())
    Handovers(database).take(person.conversation, "anna", utc_now())
    message_id = person.write("стоп")
    person.until(lambda: any(message_id in each["answers"] for each in person.seen))
    (notice,) = person.notice(says("contact_stopped"))
    assert notice["answers"] == [message_id] and OptOuts(database).has(person.conversation)
    assert engine.asked == []


def test_on_whatsapp_no_template_goes_to_who_has_stopped_and_the_answer_to_their_next_word_comes(
    on_whatsapp: Person, database: Database, clock: Ahead
) -> None:
    on_whatsapp.writes("Больше не пишите!")
    on_whatsapp.waits_until(lambda shown: any(each.text == says("contact_stopped") for each in shown))
    speak_after_days(database, on_whatsapp, clock)
    assert held_reason(database, on_whatsapp) == "opted_out"
    assert not any(each.is_template for each in on_whatsapp.sees())
    on_whatsapp.writes("а сколько стоит патент в Казани?")
    on_whatsapp.waits_until(lambda shown: any("патент в Казани" in each.text for each in shown))
    assert any(each.text == "непрошеное" for each in on_whatsapp.sees())


def test_whatsapps_own_switch_ends_and_begins_what_is_unasked(
    on_whatsapp: Person, database: Database, clock: Ahead, whatsapp: WhatsAppEmulator
) -> None:
    whatsapp.tell_preference(on_whatsapp, is_wanted=False)
    assert OptOuts(database).has(conversation_of(database, on_whatsapp))
    speak_after_days(database, on_whatsapp, clock)
    assert held_reason(database, on_whatsapp) == "opted_out"
    whatsapp.tell_preference(on_whatsapp, is_wanted=True)
    on_whatsapp.writes("а сколько стоит патент в Казани?")
    on_whatsapp.waits_until(lambda shown: any("патент в Казани" in each.text for each in shown))
    speak_after_days(database, on_whatsapp, clock)
    on_whatsapp.waits_until(lambda shown: any(each.is_template for each in shown))


def test_the_switch_of_somebody_unknown_is_passed_over(
    on_whatsapp: Person, whatsapp: WhatsAppEmulator, database: Database
) -> None:
    whatsapp.tell_preference(whatsapp.person("996555999999"), is_wanted=False)
    assert whatsapp.webhooks.answers[-1].status == 200
    assert Conversations(database).by_address("whatsapp", "996555999999") is None
