"""Voice where something goes wrong: the service, the messenger, the message itself, a gateway that is killed."""

from collections.abc import Callable
from pathlib import Path

import pytest

from bot.speech import recogniser
from tests.bot.engine_stand_in import EngineStandIn
from tests.bot.operator_desk import Desk, until
from tests.bot.running_gateway import GatewayProcess, GatewayThread
from tests.bot.sent_files import OGG, photo
from tests.bot.speech.speaking import QUESTION, WORDING, say, speaks
from tests.speech_emulator.emulator import SpeechEmulator
from tests.telegram_emulator import Person, TelegramEmulator
from tests.telegram_emulator.faults import Fault

Begin = Callable[[dict[str, str]], GatewayThread]


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


def test_without_a_service_voice_is_answered_as_ever_and_fetched_by_nobody(
    begin: Begin, settings: dict[str, str], telegram: TelegramEmulator, speech: SpeechEmulator
) -> None:
    begin({name: value for name, value in settings.items() if not name.startswith("SAFAR_SPEECH")})
    person = telegram.person("ru")
    speaks(person)
    person.sees_text(say("cannot_read_voice"))
    assert telegram.calls_of("getFile") == [] and speech.calls == 0


def test_nothing_of_a_voice_is_ever_in_a_file(
    person: Person, settings: dict[str, str], tmp_path: Path, telegram: TelegramEmulator
) -> None:
    spoken = OGG + b"only in this voice"
    speaks(person, spoken)
    person.sees_text("answer to")
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert files and not [path for path in files if b"only in this voice" in path.read_bytes()]


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
