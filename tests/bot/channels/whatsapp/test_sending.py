"""The sender over the real HTTP client against the emulator: parts, faults, the window, the token's secrecy."""

import logging
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.channels.channel import OutgoingMessage, SendError
from bot.channels.whatsapp import graph
from bot.channels.whatsapp.graph import GraphApi
from bot.channels.whatsapp.sending import WhatsAppSender
from bot.channels.whatsapp.settings import WhatsAppSettings
from bot.channels.whatsapp.template import Template
from conversations.reply import Attachment, Button
from foundation.clock import utc_now
from tests.bot.channels.whatsapp.conftest import PERSON, RecordingDoor
from tests.whatsapp_emulator.emulator import TOKEN, WhatsAppEmulator
from tests.whatsapp_emulator.people import Person

LANGUAGES = ("ru", "uz", "kk", "ky_KG", "en")
HIDDEN = "KG.1734920865530275"
PICTURE = Attachment("карта.png", "image/png", b"\x89PNG")
PAPER = Attachment("letter.pdf", "application/pdf", b"%PDF")


@pytest.fixture
async def api(settings: WhatsAppSettings) -> AsyncIterator[GraphApi]:
    """The real client."""
    opened = GraphApi(settings, utc_now)
    yield opened
    await opened.close()


@pytest.fixture
def sender(api: GraphApi, door: RecordingDoor) -> WhatsAppSender:
    """The real sender."""
    return WhatsAppSender(api, door.text, "ru", utc_now)


@pytest.fixture
def person(emulator: WhatsAppEmulator) -> Person:
    """Somebody who has just written."""
    someone = emulator.person(PERSON)
    someone.writes("Здравствуйте")
    return someone


class Taken(list[str]):
    """Keeps the platform's ids."""

    async def __call__(self, platform_id: str) -> None:
        """Keep one."""
        self.append(platform_id)


async def failure(sender: WhatsAppSender, message: OutgoingMessage, taken: Taken | None = None) -> SendError:
    """How sending fails."""
    with pytest.raises(SendError) as caught:
        await sender.send(message, taken if taken is not None else Taken())
    return caught.value


async def test_a_text_arrives(sender: WhatsAppSender, person: Person) -> None:
    taken = Taken()
    await sender.send(OutgoingMessage(PERSON, "Ҷавоб 🙏"), taken)
    (shown,) = person.sees()
    assert (shown.text, [shown.wamid]) == ("Ҷавоб 🙏", taken)


async def test_buttons_and_lists_arrive_in_the_persons_language(sender: WhatsAppSender, person: Person) -> None:
    two = (Button("Меню", "/meta.menu"), Button("Одам", "/meta.human"))
    await sender.send(OutgoingMessage(PERSON, "Чӣ?", two, cursor=5, variant="tg"), Taken())
    await sender.send(OutgoingMessage(PERSON, "Чӣ?", two * 2, cursor=6, variant="tg"), Taken())
    reply_buttons, choice_list = person.sees()
    assert [(option.id, option.title) for option in reply_buttons.options] == [("b5.0", "📋 Меню"), ("b5.1", "🙋 Одам")]
    assert choice_list.opener == "Интихоб кардан"
    assert [option.id for option in choice_list.options] == ["b6.0", "b6.1", "b6.2", "b6.3"]


async def test_files_are_uploaded_and_arrive_whole(sender: WhatsAppSender, person: Person) -> None:
    taken = Taken()
    await sender.send(OutgoingMessage(PERSON, "Вот", attachments=(PICTURE, PAPER)), taken)
    picture, paper, text = person.sees()
    assert picture.file is not None and picture.file[1:] == ("image/png", PICTURE.content)
    assert paper.file == ("letter.pdf", "application/pdf", PAPER.content)
    assert text.text == "Вот"
    assert len(taken) == 3


async def test_a_person_with_a_hidden_number_is_answered(sender: WhatsAppSender, emulator: WhatsAppEmulator) -> None:
    hidden = emulator.person(HIDDEN)
    hidden.writes("Здравствуйте")
    await sender.send(OutgoingMessage(HIDDEN, "Ответ"), Taken())
    assert [shown.text for shown in hidden.sees()] == ["Ответ"]
    assert emulator.calls[-1]["recipient"] == HIDDEN


async def test_parts_that_were_taken_are_not_sent_again(
    sender: WhatsAppSender, person: Person, emulator: WhatsAppEmulator
) -> None:
    message, taken = OutgoingMessage(PERSON, "слово " * 2000, (Button("Меню", "/meta.menu"),)), Taken()
    await sender.send(replace(message, sent_parts=1), taken)
    assert len(taken) == 3
    emulator.misbehave(status=500, code=131000)
    assert (await failure(sender, replace(message, sent_parts=3))).reason == "server_error"
    await sender.send(replace(message, sent_parts=3), Taken())
    await sender.send(replace(message, sent_parts=4), Taken())
    assert [bool(shown.options) for shown in person.sees()] == [False, False, True, True]


async def test_what_was_taken_before_a_failure_is_told(
    sender: WhatsAppSender, person: Person, emulator: WhatsAppEmulator
) -> None:
    taken = Taken()
    emulator.misbehave(slow_seconds=0)
    emulator.misbehave(status=503, code=2)
    error = await failure(sender, OutgoingMessage(PERSON, "слово " * 1000), taken)
    assert error.is_retryable and len(taken) == 1 and len(person.sees()) == 1


@pytest.mark.parametrize(
    ("trouble", "reason", "is_retryable", "pause_seconds"),
    [
        ({"status": 400, "code": 130429}, "throttled", True, 5.0),
        ({"status": 429, "code": 130429, "retry_after": "17"}, "throttled", True, 17.0),
        ({"status": 429, "code": 4, "retry_after": "999999"}, "throttled", True, 3600.0),
        ({"status": 429, "code": 80007, "retry_after": "soon"}, "throttled", True, 300.0),
        ({"status": 400, "code": 131056}, "throttled", True, 6.0),
        ({"status": 500, "code": 131000}, "server_error", True, None),
        ({"status": 503, "code": 131016, "retry_after": "3"}, "server_error", True, 3.0),
        ({"status": 401, "code": 190}, "token_refused", True, 300.0),
        ({"status": 403, "code": 131031}, "account_locked", False, None),
        ({"status": 400, "code": 131026}, "undeliverable", False, None),
        ({"is_reset": True}, "no_connection", True, None),
    ],
)
async def test_a_fault_is_retryable_or_not(
    sender: WhatsAppSender,
    person: Person,
    emulator: WhatsAppEmulator,
    trouble: dict[str, object],
    reason: str,
    is_retryable: bool,
    pause_seconds: float | None,
) -> None:
    emulator.misbehave(**trouble)
    error = await failure(sender, OutgoingMessage(PERSON, "Ответ"))
    assert (error.reason, error.is_retryable, error.retry_after_seconds) == (reason, is_retryable, pause_seconds)
    assert person.sees() == ()
    await sender.send(OutgoingMessage(PERSON, "Ответ"), Taken())
    assert len(person.sees()) == 1


async def test_a_date_in_retry_after_is_understood(
    sender: WhatsAppSender, person: Person, emulator: WhatsAppEmulator
) -> None:
    date = (utc_now() + timedelta(seconds=100)).strftime("%a, %d %b %Y %H:%M:%S GMT")
    emulator.misbehave(status=429, code=4, retry_after=date)
    error = await failure(sender, OutgoingMessage(PERSON, "Ответ"))
    assert error.retry_after_seconds is not None and 90 < error.retry_after_seconds <= 100


async def test_a_slow_platform_is_not_waited_for_without_end(
    settings: WhatsAppSettings,
    door: RecordingDoor,
    person: Person,
    emulator: WhatsAppEmulator,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(graph, "TIMEOUT", graph.httpx.Timeout(0.2))
    api = GraphApi(settings, utc_now)
    emulator.misbehave(slow_seconds=1.0)
    error = await failure(WhatsAppSender(api, door.text, "ru", utc_now), OutgoingMessage(PERSON, "Ответ"))
    assert (error.reason, error.is_retryable) == ("no_answer", True)
    await api.close()


async def test_nobody_listening_is_retryable(settings: WhatsAppSettings, door: RecordingDoor) -> None:
    api = GraphApi(replace(settings, api_url="http://127.0.0.1:9"), utc_now)
    error = await failure(WhatsAppSender(api, door.text, "ru", utc_now), OutgoingMessage(PERSON, "Ответ"))
    assert (error.reason, error.is_retryable) == ("no_connection", True)
    await api.close()


async def test_after_a_day_of_silence_nothing_is_tried(
    sender: WhatsAppSender, person: Person, emulator: WhatsAppEmulator
) -> None:
    calls = len(emulator.calls)
    late = OutgoingMessage(PERSON, "Ответ", heard_at=utc_now() - timedelta(hours=23, minutes=56))
    error = await failure(sender, late)
    assert (error.reason, error.is_retryable, error.is_held) == ("outside_window", False, True)
    assert len(emulator.calls) == calls
    await sender.send(replace(late, heard_at=utc_now() - timedelta(hours=23, minutes=54)), Taken())


async def test_where_the_last_word_is_unknown_the_platform_decides(
    sender: WhatsAppSender, person: Person, emulator: WhatsAppEmulator
) -> None:
    person.was_silent_for(25)
    error = await failure(sender, OutgoingMessage(PERSON, "Ответ"))
    assert (error.reason, error.is_retryable, error.is_held) == ("outside_window", False, True)


@pytest.mark.parametrize(
    ("variant", "code"),
    [("ru", "ru"), ("uz", "uz"), ("uz-Cyrl", "uz"), ("kk", "kk"), ("ky", "ky_KG"), ("en", "en"), ("tg", "ru")],
)
async def test_outside_the_window_the_template_asks_in_the_persons_language(
    api: GraphApi, door: RecordingDoor, person: Person, emulator: WhatsAppEmulator, variant: str, code: str
) -> None:
    emulator.templates["something_to_read"] = {each: (f"read {each}", "Read") for each in LANGUAGES}
    sender = WhatsAppSender(api, door.text, "ru", utc_now, Template("something_to_read", LANGUAGES))
    person.was_silent_for(25)
    for late in (None, utc_now() - timedelta(hours=25)):
        error = await failure(sender, OutgoingMessage(PERSON, "Ответ", variant=variant, heard_at=late))
        assert (error.reason, error.is_retryable, error.is_held) == ("asked", False, True)
    assert [shown.text for shown in person.sees()] == [f"read {code}"] * 2


async def test_a_template_that_is_not_approved_holds_the_message_and_says_so(
    api: GraphApi, door: RecordingDoor, person: Person, emulator: WhatsAppEmulator
) -> None:
    sender = WhatsAppSender(api, door.text, "ru", utc_now, Template("not_approved", ("ru",)))
    error = await failure(sender, OutgoingMessage(PERSON, "Ответ", heard_at=utc_now() - timedelta(hours=25)))
    assert (error.reason, error.is_held) == ("template", True)
    assert [each for each in emulator.violations if "132001" in each] == emulator.violations
    emulator.violations.clear()


async def test_asking_that_was_throttled_is_tried_again(
    api: GraphApi, door: RecordingDoor, person: Person, emulator: WhatsAppEmulator
) -> None:
    emulator.misbehave(status=429, code=130429)
    sender = WhatsAppSender(api, door.text, "ru", utc_now, Template("something_to_read", ("ru",)))
    error = await failure(sender, OutgoingMessage(PERSON, "Ответ", heard_at=utc_now() - timedelta(hours=25)))
    assert (error.reason, error.is_retryable, error.is_held) == ("throttled", True, False)


async def test_nothing_can_be_taken_back(sender: WhatsAppSender, person: Person, emulator: WhatsAppEmulator) -> None:
    taken = Taken()
    await sender.send(OutgoingMessage(PERSON, "Ответ"), taken)
    calls = len(emulator.calls)
    await sender.delete(PERSON, taken)
    assert len(emulator.calls) == calls and len(person.sees()) == 1


async def test_a_wrong_token_is_in_no_log_and_no_error(
    settings: WhatsAppSettings, door: RecordingDoor, emulator: WhatsAppEmulator, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    api = GraphApi(replace(settings, token="EAAanotherToken"), utc_now)
    error = await failure(WhatsAppSender(api, door.text, "ru", utc_now), OutgoingMessage(PERSON, "Тайна"))
    await api.close()
    assert error.reason == "token_refused" and "SAFAR_WHATSAPP_TOKEN" in caplog.text
    written = caplog.text + str(error) + repr(error)
    assert not [word for word in ("EAAanotherToken", TOKEN, "Тайна", PERSON) if word in written]
    assert len(emulator.violations) == 1 and emulator.violations.pop().startswith("(#190)")


async def test_the_number_can_be_asked_for(api: GraphApi, settings: WhatsAppSettings) -> None:
    assert await api.display_number() == "15550783881"
