"""What a person meets in Telegram: menus, buttons, signs, kinds of message, groups, and a bot that was blocked."""

import asyncio
import time
from collections.abc import Awaitable, Callable

import pytest

from bot.channels.channel import OutgoingMessage, Reachability
from bot.channels.telegram.diagnosis import diagnose
from bot.channels.telegram.settings import TelegramSettings
from conversations.reply import Button
from tests.bot.channels.telegram.conftest import Begin, RecordingDoor
from tests.telegram_emulator import Fault, TelegramEmulator
from tests.telegram_emulator.people import CONTENTS

Until = Callable[..., Awaitable[None]]
BUTTONS = (Button("Меню", "/meta.menu"), Button("Человек", "/meta.human"))


async def _nothing(_platform_id: str) -> None:
    """For messages whose id nobody needs."""


@pytest.mark.parametrize(
    ("language", "human"),
    [
        ("ru", "Позвать человека"),
        ("uz", "Odamni chaqirish"),
        ("tg", "Даъвати одам"),
        ("ky", "Адамды чакыруу"),
        ("kk", "Адамды шақыру"),
        ("en", "Ask for a person"),
        ("de", "Ask for a person"),
        (None, "Ask for a person"),
    ],
)
async def test_the_menu_of_commands_is_in_the_persons_language(
    language: str | None, human: str, telegram: TelegramEmulator, begin: Begin, until: Until
) -> None:
    person = telegram.person(language)
    async with begin():
        await until(lambda: len(telegram.calls_of("setMyCommands")) == 6)
    menu = person.command_menu()
    assert list(menu) == ["menu", "human", "language", "delete", "start"]
    assert menu["human"] == human


async def test_the_menus_are_set_even_when_the_first_attempts_fail(
    telegram: TelegramEmulator, begin: Begin, door: RecordingDoor, until: Until
) -> None:
    telegram.misbehave("setMyCommands", Fault.server_error(), times=2)
    telegram.misbehave("setMyCommands", Fault.throttled(1))
    person = telegram.person("kk")
    async with begin():
        person.writes("сәлем")
        await until(lambda: door.texts() == ["сәлем"], 0.9)
        await until(person.command_menu)


async def test_commands_and_other_texts_with_a_slash(
    telegram: TelegramEmulator, begin: Begin, door: RecordingDoor, until: Until
) -> None:
    person = telegram.person()
    async with begin():
        person.starts("leaflet")
        for text in ("/menu", "/human", "/language", "/delete", "/nothing", "/meta.human"):
            person.writes(text)
        await until(lambda: len(door.messages) == 7)
    payloads = ["/meta.greeting", "/meta.menu", "/meta.human", "/meta.language", "/meta.my_data", None, None]
    assert [message.payload for message in door.messages] == payloads
    assert door.texts()[-2:] == ["/nothing", "/meta.human"]


@pytest.mark.parametrize("kind", CONTENTS)
async def test_what_is_no_text_arrives_as_its_kind(
    kind: str, telegram: TelegramEmulator, begin: Begin, door: RecordingDoor, until: Until
) -> None:
    person = telegram.person()
    async with begin():
        number = person.sends(kind)
        await until(lambda: door.messages)
    (message,) = door.messages
    assert (message.kind, message.text, message.platform_id) == (kind, "", str(number))


async def test_the_words_under_a_picture_are_heard(
    telegram: TelegramEmulator, begin: Begin, door: RecordingDoor, until: Until
) -> None:
    person = telegram.person()
    async with begin():
        number = person.sends("picture", caption="меня бьют")
        await until(lambda: len(door.messages) == 2)
    assert [(message.kind, message.text) for message in door.messages] == [("picture", ""), ("text", "меня бьют")]
    assert [message.message_id for message in door.messages] == [f"m{number}", f"m{number}t"]


async def test_an_edited_text_is_a_new_message(
    telegram: TelegramEmulator, begin: Begin, door: RecordingDoor, until: Until
) -> None:
    person = telegram.person()
    async with begin():
        number = person.writes("где рабта")
        person.edits(number, "где работа")
        await until(lambda: len(door.messages) == 2)
    first, second = door.messages
    assert (second.text, second.platform_id) == ("где работа", first.platform_id)
    assert second.message_id.startswith(f"m{number}e")


async def test_a_pressed_button_says_its_place_and_its_title(
    telegram: TelegramEmulator, begin: Begin, door: RecordingDoor, until: Until
) -> None:
    person = telegram.person(has_started=True)
    async with begin() as connector:
        await connector.sender.send(OutgoingMessage(person.address, "Чем помочь?", BUTTONS, cursor=17), _nothing)
        query = person.presses("Человек")
        await until(lambda: door.messages)
        await until(lambda: not person.is_button_waiting(query))
    (message,) = door.messages
    assert (message.pressed, message.text, message.payload) == ("b17.1", "🙋 Человек", None)
    assert (message.message_id, message.platform_id) == (f"c{query}", None)


async def test_a_button_works_after_a_restart_and_after_days(
    telegram: TelegramEmulator, begin: Begin, door: RecordingDoor, until: Until
) -> None:
    person = telegram.person(has_started=True)
    async with begin() as connector:
        await connector.sender.send(OutgoingMessage(person.address, "Чем помочь?", BUTTONS, cursor=17), _nothing)
    telegram.pass_time(hours=72)
    person.presses("Меню")
    async with begin():
        await until(lambda: door.messages)
    assert door.messages[0].pressed == "b17.0"


async def test_a_button_is_answered_at_once_also_while_the_database_is_away(
    telegram: TelegramEmulator, begin: Begin, door: RecordingDoor, until: Until
) -> None:
    person = telegram.person(has_started=True)
    door.is_away = True
    async with begin() as connector:
        await connector.sender.send(OutgoingMessage(person.address, "Чем помочь?", BUTTONS, cursor=17), _nothing)
        query = person.presses("Меню")
        await until(lambda: not person.is_button_waiting(query))
        door.is_away = False
        await until(lambda: door.messages)


async def test_a_button_that_cannot_be_answered_any_more_still_works(
    telegram: TelegramEmulator, begin: Begin, door: RecordingDoor, until: Until
) -> None:
    person = telegram.person(has_started=True)
    async with begin() as connector:
        await connector.sender.send(OutgoingMessage(person.address, "Чем помочь?", BUTTONS, cursor=17), _nothing)
    person.presses("Меню")
    telegram.pass_time(hours=1)
    async with begin():
        await until(lambda: door.messages)
        await until(lambda: telegram.calls_of("answerCallbackQuery"))


async def test_who_has_written_sees_that_an_answer_is_being_written(
    telegram: TelegramEmulator, begin: Begin, until: Until
) -> None:
    person = telegram.person()
    async with begin():
        person.writes("привет")
        await until(person.typing_signs)


async def test_a_throttled_typing_sign_rests_and_holds_nothing_up(
    telegram: TelegramEmulator, begin: Begin, door: RecordingDoor, until: Until
) -> None:
    telegram.misbehave("sendChatAction", Fault.throttled(30))
    person = telegram.person()
    async with begin():
        person.writes("раз")
        await until(lambda: telegram.calls_of("sendChatAction"))
        await asyncio.sleep(0.1)
        person.writes("два")
        await until(lambda: door.texts() == ["раз", "два"])
        await asyncio.sleep(0.1)
    assert len(telegram.calls_of("sendChatAction")) == 1


async def test_blocking_and_letting_in_again_is_noted(
    telegram: TelegramEmulator, begin: Begin, door: RecordingDoor, until: Until
) -> None:
    person = telegram.person(has_started=True)
    async with begin():
        person.blocks()
        person.unblocks()
        await until(lambda: len(door.reachabilities) == 2)
    assert door.reachabilities == [
        Reachability("telegram", person.address, False),
        Reachability("telegram", person.address, True),
    ]


@pytest.mark.parametrize(
    ("kind", "status"), [("group", "member"), ("supergroup", "member"), ("channel", "administrator")]
)
async def test_a_group_is_left_with_one_sentence(
    kind: str, status: str, telegram: TelegramEmulator, begin: Begin, door: RecordingDoor, until: Until
) -> None:
    group = telegram.group(kind)
    async with begin():
        group.adds_bot(status)
        await until(lambda: not group.has_bot())
        await asyncio.sleep(0.1)
    (said,) = group.answers()
    assert "напишите мне, пожалуйста, лично" in said.text and "write to me directly" in said.text
    assert door.attempts == []


async def test_a_group_where_nothing_can_be_said_is_left_all_the_same(
    telegram: TelegramEmulator, begin: Begin, until: Until
) -> None:
    telegram.misbehave("sendMessage", Fault.refused(400, "Bad Request: not enough rights to send text messages"))
    group = telegram.group()
    async with begin():
        group.adds_bot()
        await until(lambda: not group.has_bot())
    assert group.answers() == ()


async def test_courtesies_never_pile_up(
    telegram: TelegramEmulator, begin: Begin, door: RecordingDoor, until: Until
) -> None:
    telegram.misbehave("sendChatAction", Fault.slow(4), times=300)
    people = [telegram.person() for _ in range(150)]
    async with begin():
        for person in people:
            person.writes("привет")
        await until(lambda: len(door.messages) == 150)
        await asyncio.sleep(0.3)
    assert 0 < len(telegram.calls_of("sendChatAction")) <= 100


async def test_starting_waits_for_nobody_and_everything_ends_within_a_second(
    telegram: TelegramEmulator, begin: Begin
) -> None:
    telegram.misbehave("*", Fault.slow(5), times=50)
    began = time.monotonic()
    async with begin():
        await asyncio.sleep(0.1)
    assert time.monotonic() - began < 1.2


async def test_diagnosis_of_a_bot_that_works(telegram: TelegramEmulator, settings: TelegramSettings) -> None:
    telegram.person().writes("раз")
    found = await diagnose(settings)
    assert found.is_well
    assert "@safar_test_bot can be reached; updates come by long polling; updates waiting: 1" in found.sentence


async def test_diagnosis_of_what_is_wrong(
    telegram: TelegramEmulator, begin: Begin, until: Until, settings: TelegramSettings
) -> None:
    wrong_token = await diagnose(TelegramSettings("1:AAWrong", telegram.url))
    assert not wrong_token.is_well and "does not know this token" in wrong_token.sentence
    nobody_there = await diagnose(TelegramSettings(telegram.token, "http://127.0.0.1:9"))
    assert not nobody_there.is_well and "cannot be reached" in nobody_there.sentence
    by_webhook = TelegramSettings(telegram.token, telegram.url, "https://safar.example/telegram/webhook", "s")
    not_set = await diagnose(by_webhook)
    assert not not_set.is_well and "its webhook is none" in not_set.sentence
    telegram.deliver_webhooks_to("http://127.0.0.1:9")
    async with begin(by_webhook):
        await until(lambda: telegram.webhook[0])
        assert (await diagnose(by_webhook)).is_well
        telegram.person().writes("раз")
        await until(lambda: telegram.brought)
        assert "could not bring updates" in (await diagnose(by_webhook)).sentence
    assert all(telegram.token not in each.sentence for each in (wrong_token, nobody_there, not_set))
