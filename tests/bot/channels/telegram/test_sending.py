"""The way out, through the real client: parts, buttons, files, deletions, and what each failure means."""

import base64
import logging
from collections.abc import AsyncIterator, Sequence
from typing import Any

import pytest
from telegram.error import BadRequest, ChatMigrated, Forbidden, NetworkError, RetryAfter, TelegramError, TimedOut

from bot.channels.channel import OutgoingMessage, SendError
from bot.channels.telegram.client import Client
from bot.channels.telegram.failures import send_error
from bot.channels.telegram.sending import TelegramSender
from bot.channels.telegram.settings import TelegramSettings
from conversations.reply import Attachment, Button
from tests.telegram_emulator import Fault, Person, TelegramEmulator

PIXEL = base64.b64decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNk+A8AAQUBAScY42YAAAAASUVORK5CYII=")
PICTURE = Attachment("map.png", "image/png", PIXEL)
LETTER = Attachment("жалоба.pdf", "application/pdf", b"%PDF-1.4 letter")
MENU = (Button("Меню", "/meta.menu"), Button("Позвать человека сейчас", "/meta.human"))


class Taken:
    """Writes down the platform's ids."""

    def __init__(self) -> None:
        self.ids: list[str] = []

    async def __call__(self, platform_id: str) -> None:
        self.ids.append(platform_id)


@pytest.fixture
async def sender(settings: TelegramSettings) -> AsyncIterator[TelegramSender]:
    """The sender of a bot at the emulator."""
    client = Client(settings)
    yield TelegramSender(client.bot)
    await client.close()


@pytest.fixture
def person(telegram: TelegramEmulator) -> Person:
    """Somebody who has written to the bot before."""
    return telegram.person(has_started=True)


async def _send(sender: TelegramSender, person: Person, text: str, **more: Any) -> list[str]:
    taken = Taken()
    await sender.send(OutgoingMessage(person.address, text, cursor=41, **more), taken)
    return taken.ids


async def test_a_text_with_buttons_arrives_as_it_is(sender: TelegramSender, person: Person) -> None:
    ids = await _send(sender, person, "Здравствуйте! Чем помочь?", buttons=MENU)
    (shown,) = person.sees()
    assert (shown.text, shown.by_bot) == ("Здравствуйте! Чем помочь?", True)
    assert shown.buttons == (("📋 Меню",), ("🙋 Позвать человека сейчас",))
    assert ids == [str(shown.message_id)]


@pytest.mark.parametrize(
    "text", ["<b>*не* жирно_</b> & \\ `код` [a](b)", "1 < 2 > 0", "!.-=|{}~#+", "[x](tg://user?id=1)", "🙏🏽 ўқ ҷ"]
)
async def test_no_character_is_taken_for_formatting(text: str, sender: TelegramSender, person: Person) -> None:
    await _send(sender, person, text)
    assert [shown.text for shown in person.sees()] == [text]


async def test_links_are_shown_without_preview(
    sender: TelegramSender, person: Person, telegram: TelegramEmulator
) -> None:
    await _send(sender, person, "https://мвд.рф/mvd")
    (call,) = telegram.calls_of("sendMessage")
    assert call.parameters["link_preview_options"] == '{"is_disabled": true}'
    assert "parse_mode" not in call.parameters


async def test_a_long_text_comes_in_parts_with_the_buttons_under_the_last(
    sender: TelegramSender, person: Person
) -> None:
    ids = await _send(sender, person, "Встаньте на учёт за семь дней. " * 400, buttons=MENU)
    shown = person.sees()
    assert len(shown) == 4 and ids == [str(each.message_id) for each in shown]
    assert [bool(each.buttons) for each in shown] == [False, False, False, True]
    assert all(each.text.endswith("дней.") for each in shown)


async def test_emoji_count_double(sender: TelegramSender, person: Person) -> None:
    await _send(sender, person, "🙂" * 3000)
    assert [len(shown.text) for shown in person.sees()] == [2048, 952]


async def test_a_later_attempt_goes_on_after_the_parts_that_were_taken(
    sender: TelegramSender, person: Person, telegram: TelegramEmulator
) -> None:
    text = "Встаньте на учёт за семь дней. " * 400
    whole = await _send(sender, person, text, buttons=MENU)
    first_time = [shown.text for shown in person.sees()]
    telegram.misbehave("sendMessage", Fault.slow(0))
    telegram.misbehave("sendMessage", Fault.server_error())
    taken = Taken()
    message = OutgoingMessage(person.address, text, MENU, 41)
    with pytest.raises(SendError):
        await sender.send(message, taken)
    assert len(taken.ids) == 1
    await sender.send(OutgoingMessage(person.address, text, MENU, 41, sent_parts=1), taken)
    assert len(taken.ids) == len(whole)
    assert [shown.text for shown in person.sees()] == first_time * 2


async def test_pictures_and_documents_come_before_the_text(sender: TelegramSender, person: Person) -> None:
    ids = await _send(sender, person, "Вот карта и письмо.", buttons=MENU, attachments=(PICTURE, LETTER))
    shown = person.sees()
    assert [each.kind for each in shown] == ["photo", "document", "text"]
    assert [each.file for each in shown] == [PIXEL, LETTER.content, b""]
    assert [bool(each.buttons) for each in shown] == [False, False, True]
    assert len(ids) == 3


async def test_a_file_alone_carries_the_buttons(sender: TelegramSender, person: Person) -> None:
    await _send(sender, person, "", buttons=MENU, attachments=(LETTER,))
    (shown,) = person.sees()
    assert shown.kind == "document" and shown.buttons


async def test_a_picture_that_telegram_cannot_show_comes_as_a_file(sender: TelegramSender, person: Person) -> None:
    await _send(sender, person, "", attachments=(Attachment("x.png", "image/png", b"no picture"),))
    assert [shown.kind for shown in person.sees()] == ["document"]


async def test_a_picture_too_large_to_be_shown_comes_as_a_file(sender: TelegramSender, person: Person) -> None:
    await _send(sender, person, "", attachments=(Attachment("x.png", "image/png", PIXEL + b"0" * 10_000_000),))
    assert [shown.kind for shown in person.sees()] == ["document"]


@pytest.mark.parametrize(
    ("message", "reason"),
    [
        (OutgoingMessage("910000001", "  \n"), "empty"),
        (OutgoingMessage("somebody", "текст"), "refused"),
        (OutgoingMessage("910000001", "", attachments=(Attachment("x", "a/b", b"0" * 50_000_001),)), "too_large"),
    ],
    ids=["empty", "no chat", "too large"],
)
async def test_what_can_never_be_sent_is_not_tried(
    message: OutgoingMessage, reason: str, sender: TelegramSender, telegram: TelegramEmulator
) -> None:
    with pytest.raises(SendError) as refused:
        await sender.send(message, Taken())
    assert (refused.value.reason, refused.value.is_retryable) == (reason, False)
    assert telegram.calls == []


@pytest.mark.parametrize(
    ("fault", "reason", "is_retryable", "seconds"),
    [
        (Fault.throttled(7), "throttled", True, 7),
        (Fault.server_error(500), "server_error", True, None),
        (Fault.gateway_page(), "server_error", True, None),
        (Fault.garbage(), "server_error", True, None),
        (Fault.reset(), "no_connection", True, None),
        (Fault.refused(403, "Forbidden: bot was blocked by the user"), "blocked", False, None),
        (Fault.refused(403, "Forbidden: user is deactivated"), "blocked", False, None),
        (Fault.refused(400, "Bad Request: message is too long"), "too_long", False, None),
        (Fault.refused(400, "Bad Request: something else"), "refused", False, None),
        (Fault.refused(401, "Unauthorized"), "wrong_token", True, 60),
    ],
    ids=lambda value: value.words or value.kind if isinstance(value, Fault) else "",
)
async def test_each_failure_says_whether_another_attempt_can_help(
    fault: Fault,
    reason: str,
    is_retryable: bool,
    seconds: float | None,
    sender: TelegramSender,
    person: Person,
    telegram: TelegramEmulator,
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.DEBUG)
    telegram.misbehave("sendMessage", fault)
    with pytest.raises(SendError) as failed:
        await _send(sender, person, "секрет")
    error = failed.value
    assert (error.reason, error.is_retryable, error.retry_after_seconds) == (reason, is_retryable, seconds)
    assert telegram.token not in caplog.text + repr(error) and "секрет" not in caplog.text
    await _send(sender, person, "ещё раз")
    assert [shown.text for shown in person.sees()] == ["ещё раз"]


@pytest.mark.parametrize(
    ("error", "reason", "is_retryable"),
    [
        (TimedOut(), "no_connection", True),
        (NetworkError("Bad Gateway"), "server_error", True),
        (TelegramError("Invalid server response"), "server_error", True),
        (RetryAfter(3), "throttled", True),
        (Forbidden("Forbidden: bot can't initiate conversation with a user"), "blocked", False),
        (BadRequest("Chat not found"), "blocked", False),
        (ChatMigrated(-100), "refused", False),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, Exception) else "",
)
def test_each_error_of_the_client_has_a_meaning(error: TelegramError, reason: str, is_retryable: bool) -> None:
    meant = send_error(error)
    assert (meant.reason, meant.is_retryable) == (reason, is_retryable)


async def test_who_has_blocked_the_bot_gets_nothing_more(sender: TelegramSender, person: Person) -> None:
    person.blocks()
    with pytest.raises(SendError) as refused:
        await _send(sender, person, "вы здесь?")
    assert (refused.value.reason, refused.value.is_retryable) == ("blocked", False)


async def test_who_never_wrote_cannot_be_written_to(sender: TelegramSender, telegram: TelegramEmulator) -> None:
    with pytest.raises(SendError) as refused:
        await _send(sender, telegram.person(), "здравствуйте")
    assert refused.value.reason == "blocked"


async def test_the_persons_messages_and_ours_are_taken_back(sender: TelegramSender, person: Person) -> None:
    own = [str(person.writes(f"тайна {number}")) for number in range(130)]
    ids = await _send(sender, person, "ответ")
    await sender.delete(person.address, [*own, *ids])
    assert person.sees() == ()


async def test_what_is_older_than_two_days_stays_and_the_rest_goes(
    sender: TelegramSender, person: Person, telegram: TelegramEmulator
) -> None:
    old = [str(person.writes(f"старое {number}")) for number in range(5)]
    telegram.pass_time(hours=49)
    young = [str(person.writes(f"новое {number}")) for number in range(40)]
    await sender.delete(person.address, [*young, *old])
    assert [str(shown.message_id) for shown in person.sees()] == old
    assert len(telegram.calls_of("deleteMessages")) < 20


@pytest.mark.parametrize(
    "ids", [[], ["999999"], ["abc", "-5", "99999999999", "", "٣"]], ids=["none", "gone", "strange"]
)
async def test_what_cannot_be_deleted_is_passed_over(
    ids: Sequence[str], sender: TelegramSender, person: Person
) -> None:
    await sender.delete(person.address, ids)


async def test_a_deletion_that_fails_can_be_tried_again(
    sender: TelegramSender, person: Person, telegram: TelegramEmulator
) -> None:
    message = str(person.writes("тайна"))
    telegram.misbehave("deleteMessages", Fault.throttled(3))
    with pytest.raises(SendError) as failed:
        await sender.delete(person.address, [message])
    assert (failed.value.is_retryable, failed.value.retry_after_seconds) == (True, 3)
    await sender.delete(person.address, [message])
    assert person.sees() == ()
