"""The emulator keeps the rules of the Bot API, so that what passes here passes there."""

import asyncio
import json
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx
import pytest
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, Update
from telegram.error import BadRequest, Conflict, Forbidden, InvalidToken

from tests.telegram_emulator import Fault, TelegramEmulator

MENU = {"command": "menu", "description": "a"}


@pytest.fixture
def telegram() -> Iterator[TelegramEmulator]:
    """An emulator whose violations are looked at by the tests."""
    with TelegramEmulator() as emulator:
        yield emulator


def _call(telegram: TelegramEmulator, method: str, **given: Any) -> tuple[int, Any]:
    answer = httpx.post(f"{telegram.url}/bot{telegram.token}/{method}", json=given, trust_env=False, timeout=30)
    body = answer.json()
    return answer.status_code, body.get("result", body.get("description"))


def _button(text: str = "a", data: str = "b1.0") -> dict[str, str]:
    return {"text": text, "callback_data": data}


def _markup(*rows: Any) -> str:
    return json.dumps({"inline_keyboard": rows})


async def test_the_real_client_understands_what_it_sends(telegram: TelegramEmulator) -> None:
    person = telegram.person("tg")
    person.writes("салом")
    for kind in ("voice", "sticker", "picture", "document", "location", "contact"):
        person.sends(kind)
    bot = Bot(telegram.token, base_url=f"{telegram.url}/bot")
    async with bot:
        assert bot.username == "safar_test_bot"
        markup = InlineKeyboardMarkup([[InlineKeyboardButton("Меню", callback_data="b1.0")]])
        sent = await bot.send_message(person.address, "Хуш омадед", reply_markup=markup)
        person.presses("Меню")
        person.blocks()
        updates = await bot.get_updates()
    assert sent.message_id == person.answers()[0].message_id
    messages = [update.message for update in updates if update.message]
    assert len(messages) == 7 and messages[0].text == "салом"
    assert updates[-2].callback_query and updates[-1].my_chat_member
    assert all(isinstance(update, Update) for update in updates)


def test_an_offset_acknowledges_and_only_an_offset(telegram: TelegramEmulator) -> None:
    person = telegram.person()
    person.writes("раз")
    person.writes("два")
    _, first = _call(telegram, "getUpdates")
    _, again = _call(telegram, "getUpdates")
    assert [each["update_id"] for each in first] == [each["update_id"] for each in again]
    _, rest = _call(telegram, "getUpdates", offset=first[0]["update_id"] + 1)
    assert [each["message"]["text"] for each in rest] == ["два"]
    _, none = _call(telegram, "getUpdates", offset=first[1]["update_id"] + 1)
    assert none == [] and telegram.waiting_updates == 0


def test_a_long_poll_waits_and_ends_with_the_first_update(telegram: TelegramEmulator) -> None:
    person = telegram.person()
    began = time.monotonic()
    with ThreadPoolExecutor() as pool:
        polled = pool.submit(_call, telegram, "getUpdates", timeout=20)
        time.sleep(0.2)
        person.writes("раз")
        assert len(polled.result()[1]) == 1
    assert 0.2 <= time.monotonic() - began < 2
    assert _call(telegram, "getUpdates", offset=2**31, timeout=1)[1] == []


def test_a_second_poll_ends_the_first_one(telegram: TelegramEmulator) -> None:
    with ThreadPoolExecutor() as pool:
        first = pool.submit(_call, telegram, "getUpdates", timeout=20)
        time.sleep(0.2)
        pool.submit(_call, telegram, "getUpdates", timeout=1)
        assert first.result()[0] == 409


def test_only_the_kinds_that_were_asked_for_come(telegram: TelegramEmulator) -> None:
    _call(telegram, "getUpdates", allowed_updates=["message"])
    person = telegram.person(has_started=True)
    person.blocks()
    assert _call(telegram, "getUpdates")[1] == []


def test_polling_and_a_webhook_exclude_each_other(telegram: TelegramEmulator) -> None:
    assert _call(telegram, "setWebhook", url="https://safar.example/x", secret_token="s")[0] == 200
    assert _call(telegram, "getUpdates")[0] == 409
    assert _call(telegram, "deleteWebhook")[0] == 200
    assert _call(telegram, "getUpdates")[0] == 200


@pytest.mark.parametrize(
    ("method", "given", "words"),
    [
        ("sendMessage", {"text": "x" * 4097}, "message is too long"),
        ("sendMessage", {"text": "🙂" * 2049}, "message is too long"),
        ("sendMessage", {"text": " \n"}, "message text is empty"),
        ("sendMessage", {"text": "a < b", "parse_mode": "HTML"}, "can't parse entities"),
        ("sendMessage", {"text": "<b>a", "parse_mode": "HTML"}, "can't parse entities"),
        ("sendMessage", {"text": "<div>a</div>", "parse_mode": "HTML"}, "can't parse entities"),
        ("sendMessage", {"text": "a.", "parse_mode": "MarkdownV2"}, "is reserved and must be escaped"),
        ("sendMessage", {"text": "a", "parse_mode": "Word"}, "unsupported parse_mode"),
        ("sendMessage", {"text": "a", "reply_markup": "{"}, "can't parse reply markup"),
        ("sendMessage", {"text": "a", "reply_markup": _markup([_button(data="x" * 65)])}, "BUTTON_DATA_INVALID"),
        ("sendMessage", {"text": "a", "reply_markup": _markup([_button(data="ы" * 33)])}, "BUTTON_DATA_INVALID"),
        ("sendMessage", {"text": "a", "reply_markup": _markup([{"text": "a"}])}, "Text buttons are unallowed"),
        ("sendMessage", {"text": "a", "reply_markup": _markup([_button(text="")])}, "Can't find field"),
        ("sendMessage", {"text": "a", "reply_markup": _markup(*[[_button()]] * 101)}, "reply markup is too long"),
        ("sendMessage", {"text": "a", "reply_markup": _markup([_button()] * 9)}, "reply markup is too long"),
        ("sendPhoto", {"photo": "here"}, "there is no photo"),
        ("sendChatAction", {"action": "thinking"}, "wrong parameter action"),
        ("deleteMessages", {"message_ids": "[]"}, "message identifiers are not specified"),
        ("deleteMessages", {"message_ids": list(range(1, 102))}, "too many message identifiers"),
        ("setMyCommands", {"commands": [{"command": "Menu", "description": "a"}]}, "BOT_COMMAND_INVALID"),
        ("setMyCommands", {"commands": [{"command": "menu", "description": ""}]}, "DESCRIPTION_INVALID"),
        (
            "setMyCommands",
            {"commands": [{"command": "menu", "description": "a"}], "language_code": "uz-Cyrl"},
            "language",
        ),
        ("setWebhook", {"url": "http://safar.example"}, "HTTPS URL must be provided"),
        ("setWebhook", {"url": "https://safar.example", "secret_token": "a b"}, "unallowed characters"),
        ("sendTelepathy", {}, "method not found"),
    ],
)
def test_a_broken_rule_is_answered_in_telegrams_words_and_noted(
    method: str, given: dict[str, Any], words: str, telegram: TelegramEmulator
) -> None:
    person = telegram.person(has_started=True)
    chat = {"chat_id": person.address} if "Webhook" not in method and "Commands" not in method else {}
    status, said = _call(telegram, method, **chat, **given)
    assert status in (400, 404) and words in said
    assert len(telegram.violations) == 1 and words in telegram.violations[0]
    assert person.sees() == ()


def test_a_parameter_that_does_not_exist_is_noted(telegram: TelegramEmulator) -> None:
    person = telegram.person(has_started=True)
    assert _call(telegram, "sendMessage", chat_id=person.address, text="a", keyboard="x")[0] == 200
    assert telegram.violations == ["sendMessage: unknown parameters keyboard"]


async def test_what_just_happens_is_no_violation(telegram: TelegramEmulator) -> None:
    person, stranger = telegram.person(has_started=True), telegram.person()
    person.blocks()
    async with Bot(telegram.token, base_url=f"{telegram.url}/bot") as bot:
        with pytest.raises(Forbidden, match="blocked by the user"):
            await bot.send_message(person.address, "a")
        with pytest.raises(Forbidden, match="initiate conversation"):
            await bot.send_message(stranger.address, "a")
        with pytest.raises(BadRequest, match="Chat not found"):
            await bot.send_message(5, "a")
        with pytest.raises(BadRequest, match="is too old"):
            await bot.answer_callback_query("5")
        with pytest.raises(BadRequest, match="to delete not found"):
            await bot.delete_message(person.address, 5)
    with pytest.raises(InvalidToken):
        await Bot("1:x", base_url=f"{telegram.url}/bot").get_me()
    assert telegram.violations == []


async def test_only_young_messages_can_be_deleted(telegram: TelegramEmulator) -> None:
    person = telegram.person()
    old = person.writes("старое")
    telegram.pass_time(hours=48.1)
    young = person.writes("новое")
    async with Bot(telegram.token, base_url=f"{telegram.url}/bot") as bot:
        with pytest.raises(BadRequest, match="can't be deleted"):
            await bot.delete_messages(person.address, [old, young])
        await bot.delete_messages(person.address, [young, 5])
    assert [shown.text for shown in person.sees()] == ["старое"]


def test_faults_come_in_order_and_then_all_is_well(telegram: TelegramEmulator) -> None:
    telegram.misbehave("getMe", Fault.throttled(3))
    telegram.misbehave("getMe", Fault.server_error(502))
    telegram.misbehave("getMe", Fault.reset())
    assert _call(telegram, "getMe") == (429, "Too Many Requests: retry after 3")
    assert _call(telegram, "getMe")[0] == 502
    with pytest.raises(httpx.HTTPError):
        _call(telegram, "getMe")
    assert _call(telegram, "getMe")[0] == 200


async def test_a_call_may_take_effect_although_its_answer_is_lost(telegram: TelegramEmulator) -> None:
    person = telegram.person(has_started=True)
    telegram.misbehave("sendMessage", Fault.reset(is_done=True))
    with pytest.raises(httpx.HTTPError):
        await asyncio.to_thread(_call, telegram, "sendMessage", chat_id=person.address, text="раз")
    assert [shown.text for shown in person.sees()] == ["раз"]


async def test_conflict_is_what_the_real_client_calls_it(telegram: TelegramEmulator) -> None:
    async with Bot(telegram.token, base_url=f"{telegram.url}/bot") as bot:
        await bot.set_webhook("https://safar.example/x")
        with pytest.raises(Conflict, match="webhook is active"):
            await bot.get_updates()
