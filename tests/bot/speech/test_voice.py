"""Voice in: heard by a service of the host's choice, shown back, looked at for danger, answered as if it were typed."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from bot.speech import recogniser
from bot.speech.settings import SpeechSettings
from conversations.conversation import Conversations
from conversations.database import Database
from conversations.erasure import export_conversation
from foundation.settings import PROJECT
from guidance.safety_words import SafetyWords
from language.wording import Wording
from tests.bot.engine_stand_in import EngineStandIn
from tests.bot.operator_desk import Desk, until
from tests.bot.running_gateway import GatewayProcess, GatewayThread
from tests.bot.sent_files import OGG, photo
from tests.speech_emulator.emulator import SpeechEmulator
from tests.telegram_emulator import Person, TelegramEmulator
from tests.telegram_emulator.faults import Fault
from tests.whatsapp_emulator.emulator import WhatsAppEmulator

Begin = Callable[[dict[str, str]], GatewayThread]
WORDING = Wording.load(PROJECT / "data" / "responses")
QUESTION = "Где оформить патент, если я живу в Казани?"


@pytest.fixture
def speech() -> Iterator[SpeechEmulator]:
    with SpeechEmulator(text=QUESTION) as running:
        yield running
        assert running.violations == []


@pytest.fixture
def telegram() -> Iterator[TelegramEmulator]:
    with TelegramEmulator() as running:
        yield running
        assert running.violations == []


@pytest.fixture
def settings(
    environ: dict[str, str], telegram: TelegramEmulator, speech: SpeechEmulator, engine: EngineStandIn
) -> dict[str, str]:
    own = {"SAFAR_TELEGRAM_TOKEN": telegram.token, "SAFAR_TELEGRAM_API_URL": telegram.url}
    return environ | own | speech.environ()


@pytest.fixture
def person(begin: Begin, settings: dict[str, str], telegram: TelegramEmulator) -> Person:
    """Somebody at a Safar that understands voice."""
    begin(settings)
    return telegram.person("ru")


@pytest.fixture
def desk(database: Database) -> Desk:
    return Desk(database)


def say(key: str, **values: object) -> str:
    """A text in Russian."""
    return WORDING.text(key, "ru", **values)


def speaks(person: Person, content: bytes = OGG, seconds: int = 4) -> int:
    """Send a voice message."""
    return person.sends_file("voice", content, duration=seconds, mime_type="audio/ogg")


def test_a_voice_message_is_shown_back_and_answered_as_if_it_were_typed(
    person: Person, speech: SpeechEmulator, desk: Desk, engine: EngineStandIn
) -> None:
    speaks(person)
    shown = person.sees_text(say("voice_understood", text=QUESTION))
    assert any("Не так, напишу" in title for row in shown.buttons for title in row)
    person.sees_text(f"answer to {QUESTION}")
    (heard,) = speech.heard
    assert (heard.content, heard.name, heard.media_type) == (OGG, "voice.ogg", "audio/ogg")
    assert heard.fields == {"model": "whisper-1", "response_format": "json"}
    conversation = desk.of("telegram", person.address)
    first = desk.said(conversation.id)[0]
    assert (first.text, first.payload, first.is_speech, first.variant) == (QUESTION, None, True, "ru")
    assert desk.received.pending_count() == 0 and desk.files(conversation.id) == []
    assert "AgACAg" not in str(export_conversation(desk.database, conversation.id)), "the reference is deleted"


def test_danger_in_a_voice_message_is_noticed_also_while_the_engine_is_away(
    person: Person, speech: SpeechEmulator, desk: Desk, engine: EngineStandIn
) -> None:
    engine.always = "reset"
    person.writes("здравствуйте")
    speech.text = "приезжайте он меня убьёт"
    speaks(person)
    person.sees_text(say("safety_urgent", number="…").split("…")[0][:30])
    assert desk.of("telegram", person.address).danger == "urgent"
    engine.always = None


def test_not_so_ends_what_was_misheard(person: Person) -> None:
    speaks(person)
    person.sees_text("answer to")
    person.presses("Не так, напишу")
    person.sees_text(say("misheard"))


def test_what_the_operator_reads_is_the_text_and_marked_as_spoken(
    person: Person, speech: SpeechEmulator, desk: Desk
) -> None:
    person.writes("здравствуйте")
    person.sees_text("answer to")
    conversation = desk.of("telegram", person.address)
    desk.takes(conversation.id)
    speech.text = "он меня убьёт"
    speaks(person)
    until(lambda: any(each.is_speech for each in desk.said(conversation.id)))
    (waiting,) = desk.handovers.held()
    assert waiting.danger == "urgent"
    assert desk.files(conversation.id) == []


def test_an_operator_gets_the_voice_itself_when_nobody_can_make_it_out(
    person: Person, speech: SpeechEmulator, desk: Desk
) -> None:
    person.writes("здравствуйте")
    person.sees_text("answer to")
    conversation = desk.of("telegram", person.address)
    desk.takes(conversation.id)
    speech.text = ""
    speaks(person)
    person.sees_text(say("file_passed_on"))
    assert [file.content for file in desk.files(conversation.id)] == [OGG]


@pytest.mark.parametrize(
    "fault",
    [
        {"status": 429, "retry_after": "1"},
        {"status": 500},
        {"body": "no json {"},
        {"body": '{"error": "no text"}'},
        {"is_reset": True},
    ],
)
def test_a_service_that_stumbles_is_asked_again(
    person: Person, speech: SpeechEmulator, fault: dict[str, object]
) -> None:
    speech.misbehave(**fault)
    speaks(person)
    person.sees_text(f"answer to {QUESTION}")
    assert len(speech.heard) == 1


@pytest.mark.parametrize(
    ("fault", "calls"),
    [
        ({"status": 500}, 3),
        ({"status": 429, "retry_after": "3600"}, 1),
        ({"status": 401}, 1),
        ({"slow_seconds": 3.0}, 1),
        ({"body": '{"text": "   "}'}, 1),
        ({"body": '{"text": "ご視聴ありがとうございました"}'}, 1),
        ({"body": '{"text": "' + "x" * 300_000 + '"}'}, 1),
    ],
)
def test_a_service_that_fails_leads_to_a_kind_sentence(
    begin: Begin,
    settings: dict[str, str],
    telegram: TelegramEmulator,
    speech: SpeechEmulator,
    monkeypatch: pytest.MonkeyPatch,
    fault: dict[str, object],
    calls: int,
) -> None:
    monkeypatch.setattr(recogniser.Recogniser.__init__, "__defaults__", (1.5,))
    begin(settings)
    person = telegram.person("ru")
    speech.misbehave(times=3, **fault)
    speaks(person)
    shown = person.sees_text(say("voice_not_heard"))
    assert any("Позвать человека" in title for row in shown.buttons for title in row)
    assert speech.calls == calls


@pytest.mark.parametrize(
    ("content", "seconds"), [(OGG, 181), (OGG.ljust(4_000_001), 5), (photo(), 5), (b"MZ no voice", 5)]
)
def test_what_is_too_long_too_large_or_no_voice_is_never_sent_on(
    person: Person, speech: SpeechEmulator, content: bytes, seconds: int
) -> None:
    speaks(person, content, seconds)
    person.sees_text(say("voice_not_heard"))
    assert speech.calls == 0


def test_a_word_for_the_quick_exit_that_is_spoken_leaves_nothing_behind(
    person: Person, speech: SpeechEmulator, desk: Desk
) -> None:
    person.writes("здравствуйте")
    person.sees_text("answer to")
    speech.text = _exit_word()
    speaks(person)
    person.sees_text(say("telegram_chat_is_closed"))
    conversation = desk.of("telegram", person.address)
    assert [each.sender for each in desk.said(conversation.id)] == ["bot"]


def test_who_leaves_while_the_voice_is_still_listened_to_is_gone_at_once(
    person: Person, speech: SpeechEmulator, desk: Desk
) -> None:
    speech.misbehave(slow_seconds=15.0)
    speaks(person)
    until(lambda: speech.calls == 1)
    person.writes(_exit_word())
    person.sees_text(say("telegram_chat_is_closed"), 8)
    conversation = desk.of("telegram", person.address)
    assert [each.sender for each in desk.said(conversation.id)] == ["bot"]
    assert desk.received.pending_count() == 0


def test_a_spoken_message_that_comes_twice_is_heard_once(
    person: Person, speech: SpeechEmulator, telegram: TelegramEmulator, engine: EngineStandIn
) -> None:
    speaks(person)
    person.sees_text("answer to")
    telegram.bring_again()
    person.writes("ещё вопрос")
    person.sees_text("answer to ещё вопрос")
    assert len(speech.heard) == 1
    assert sum(QUESTION in each.text for each in person.answers()) == 2


def test_what_is_over_the_limit_of_a_minute_is_heard_by_nobody(
    begin: Begin, settings: dict[str, str], telegram: TelegramEmulator, speech: SpeechEmulator
) -> None:
    begin(settings | {"SAFAR_MESSAGES_PER_MINUTE": "2"})
    person = telegram.person("ru")
    for number in range(4):
        speaks(person, OGG + bytes([number]))
    person.sees_text(WORDING.text("too_many_messages", "ru"))
    assert len(speech.heard) == 2


def test_a_download_that_breaks_is_tried_again(
    person: Person, telegram: TelegramEmulator, speech: SpeechEmulator
) -> None:
    telegram.misbehave("file", Fault.reset())
    speaks(person)
    person.sees_text(f"answer to {QUESTION}")


def test_who_has_chosen_a_language_is_heard_in_it_and_without_where_the_service_does_not_know_it(
    person: Person, speech: SpeechEmulator, desk: Desk
) -> None:
    person.writes("салам")
    person.sees_text("answer to")
    conversation = desk.of("telegram", person.address)
    Conversations(desk.database).remember(conversation.id, variant="kk", is_language_chosen=True)
    speaks(person)
    until(lambda: len(speech.heard) == 1)
    Conversations(desk.database).remember(conversation.id, variant="ky", is_language_chosen=True)
    speaks(person)
    until(lambda: len(speech.heard) == 2)
    assert [each.fields.get("language") for each in speech.heard] == ["kk", None]


def test_without_a_service_voice_is_answered_as_ever_and_fetched_by_nobody(
    begin: Begin, settings: dict[str, str], telegram: TelegramEmulator, speech: SpeechEmulator
) -> None:
    begin({name: value for name, value in settings.items() if not name.startswith("SAFAR_SPEECH")})
    person = telegram.person("ru")
    speaks(person)
    person.sees_text(say("cannot_read_voice"))
    assert telegram.calls_of("getFile") == [] and speech.calls == 0


def test_voice_on_whatsapp_too(begin: Begin, settings: dict[str, str], speech: SpeechEmulator) -> None:
    whatsapp = WhatsAppEmulator().start()
    gateway = begin(settings | whatsapp.environ())
    whatsapp.webhooks.url = f"{gateway.url}/whatsapp/webhook"
    try:
        person = whatsapp.person("79990000001")
        person.sends_file("audio", OGG, "audio/ogg; codecs=opus")
        person.waits_until(lambda shown: any(f"answer to {QUESTION}" in each.text for each in shown))
        assert any(QUESTION in each.text and each.options for each in person.sees())
        assert whatsapp.violations == []
    finally:
        whatsapp.stop()


def test_nothing_of_a_voice_is_ever_in_a_file(
    person: Person, settings: dict[str, str], tmp_path: Path, telegram: TelegramEmulator
) -> None:
    spoken = OGG + b"only in this voice"
    speaks(person, spoken)
    person.sees_text("answer to")
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert files and not [path for path in files if b"only in this voice" in path.read_bytes()]


def _exit_word() -> str:
    return SafetyWords.load(PROJECT / "data" / "guidance").word("exit", "ru")


def test_before_the_first_voice_goes_outside_the_person_is_told_where_once(
    person: Person, speech: SpeechEmulator, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(SpeechSettings, "is_outside", property(lambda _: True))
    told = say("voice_goes_outside", host="127.0.0.1")
    speaks(person)
    person.sees_text("answer to")
    speaks(person, OGG + b"again")
    person.until(lambda: sum("answer to" in each.text for each in person.answers()) == 2)
    texts = [each.text for each in person.answers()]
    assert texts.count(told) == 1
    assert texts.index(told) < texts.index(say("voice_understood", text=QUESTION))


def test_a_gateway_that_is_killed_while_it_listens_hears_the_voice_once_after_its_start(
    sqlite_environ: dict[str, str],
    telegram: TelegramEmulator,
    speech: SpeechEmulator,
    engine: EngineStandIn,
    free_port: int,
) -> None:
    own = {"SAFAR_TELEGRAM_TOKEN": telegram.token, "SAFAR_TELEGRAM_API_URL": telegram.url}
    gateway = GatewayProcess(sqlite_environ | own | speech.environ(), free_port)
    gateway.start()
    person = telegram.person("ru")
    try:
        speech.misbehave(slow_seconds=20.0)
        speaks(person)
        until(lambda: speech.calls == 1)
        gateway.kill()
        gateway.start()
        person.sees_text(f"answer to {QUESTION}", 30)
        assert sum(each.text == say("voice_understood", text=QUESTION) for each in person.answers()) == 1
        assert sum("answer to" in each.text for each in person.answers()) == 1
        logged = gateway.terminate()[2]
        assert QUESTION not in logged and "AgACAg" not in logged and telegram.token not in logged
    finally:
        gateway.kill()
