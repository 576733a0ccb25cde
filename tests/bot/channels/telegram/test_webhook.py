"""The webhook: who calls is checked first, and an update is acknowledged only when it is stored."""

import asyncio
import contextlib
import json
import random
import socket
from collections.abc import AsyncIterator, Awaitable, Callable

import httpx
import pytest
import uvicorn
from starlette.applications import Starlette

from bot.channels.telegram.connector import Telegram
from bot.channels.telegram.settings import TelegramSettings
from tests.bot.channels.telegram.conftest import Begin, RecordingDoor
from tests.bot.channels.telegram.mutated_updates import RECORDED, mutated, recorded
from tests.telegram_emulator import Fault, TelegramEmulator

Until = Callable[..., Awaitable[None]]
PUBLIC, PATH = "https://safar.example", "/telegram/webhook"
SECRET, HEADER = "a-Secret_1", "X-Telegram-Bot-Api-Secret-Token"
GENUINE = {HEADER: SECRET}
MUTATIONS = 2_000


@pytest.fixture
def by_webhook(telegram: TelegramEmulator) -> TelegramSettings:
    """A webhook at the emulator."""
    return TelegramSettings(telegram.token, telegram.url, PUBLIC + PATH, SECRET)


@contextlib.asynccontextmanager
async def _served(connector: Telegram) -> AsyncIterator[httpx.AsyncClient]:
    """The routes of a connector on a real socket, and a client for them."""
    app = Starlette(routes=connector.routes())
    server = uvicorn.Server(uvicorn.Config(app, log_level="critical", lifespan="off", ws="none"))
    listening = socket.create_server(("127.0.0.1", 0))
    serving = asyncio.create_task(server.serve(sockets=[listening]))
    address = f"http://127.0.0.1:{listening.getsockname()[1]}"
    async with httpx.AsyncClient(base_url=address, trust_env=False, timeout=10) as client:
        yield client
    server.should_exit = True
    await serving


def _update(text: str = "привет", message_id: int = 7) -> dict[str, object]:
    chat = {"id": 910_000_001, "type": "private", "first_name": "A"}
    message = {"message_id": message_id, "date": 1_762_000_000, "chat": chat, "text": text}
    return {"update_id": message_id, "message": message}


async def test_telegram_is_told_address_secret_and_kinds_of_update(
    telegram: TelegramEmulator, by_webhook: TelegramSettings, begin: Begin, until: Until
) -> None:
    async with begin(by_webhook):
        await until(lambda: telegram.webhook[0])
        assert telegram.webhook == (PUBLIC + PATH, SECRET)
        (call,) = telegram.calls_of("setWebhook")
        kinds = json.loads(call.parameters["allowed_updates"])
        assert kinds == ["message", "edited_message", "callback_query", "my_chat_member"]
        assert telegram.calls_of("getUpdates") == []


async def test_what_a_person_writes_arrives_once_and_in_order(
    telegram: TelegramEmulator, by_webhook: TelegramSettings, begin: Begin, door: RecordingDoor, until: Until
) -> None:
    people = [telegram.person() for _ in range(3)]
    async with begin(by_webhook) as connector, _served(connector) as client:
        telegram.deliver_webhooks_to(str(client.base_url))
        for number in range(10):
            for person in people:
                person.writes(str(number))
        await until(lambda: len(door.messages) == 30 and telegram.waiting_updates == 0)
        telegram.bring_again()
        await until(lambda: len(door.attempts) == 60)
    for person in people:
        assert [m.text for m in door.messages if m.address == person.address] == [str(number) for number in range(10)]
    assert {brought.status for brought in telegram.brought} == {200}


async def test_without_the_secret_nothing_is_even_read(
    by_webhook: TelegramSettings, begin: Begin, door: RecordingDoor, caplog: pytest.LogCaptureFixture
) -> None:
    async with begin(by_webhook) as connector, _served(connector) as client:
        assert (await client.post(PATH, json=_update())).status_code == 401
        for secret in (SECRET + "x", "", SECRET.lower(), "секрет"):
            headers = {HEADER.encode(): secret.encode()}
            assert (await client.post(PATH, json=_update(), headers=headers)).status_code == 403
        assert (await client.get(PATH, headers=GENUINE)).status_code == 405
    assert door.attempts == []
    assert SECRET not in caplog.text


async def test_while_the_database_is_away_nothing_is_acknowledged(
    telegram: TelegramEmulator, by_webhook: TelegramSettings, begin: Begin, door: RecordingDoor, until: Until
) -> None:
    door.is_away = True
    person = telegram.person()
    async with begin(by_webhook) as connector, _served(connector) as client:
        telegram.deliver_webhooks_to(str(client.base_url))
        person.writes("важное")
        await until(lambda: len(telegram.brought) >= 2)
        assert {brought.status for brought in telegram.brought} == {503}
        door.is_away = False
        await until(lambda: door.texts() == ["важное"] and telegram.waiting_updates == 0)


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", 400),
        (b"no json", 400),
        (b"\xff\xfe", 400),
        (b"[" * 30_000, 400),
        (b"null", 200),
        (b"[]", 200),
        (b'{"update_id": 5, "message": {"message_id": "x"}}', 200),
        (b'{"update_id": 5, "hologram": {}}', 200),
    ],
    ids=["nothing", "words", "no UTF-8", "nested", "null", "list", "unreadable", "unknown"],
)
async def test_what_nobody_can_read_is_no_error(
    body: bytes, status: int, by_webhook: TelegramSettings, begin: Begin, door: RecordingDoor
) -> None:
    async with begin(by_webhook) as connector, _served(connector) as client:
        assert (await client.post(PATH, content=body, headers=GENUINE)).status_code == status
    assert door.attempts == []


async def test_mutated_updates_never_make_an_error_and_without_the_secret_are_never_stored(
    by_webhook: TelegramSettings, begin: Begin, door: RecordingDoor
) -> None:
    chance = random.Random(20260302)
    statuses = set()
    async with begin(by_webhook) as connector, _served(connector) as client:
        for number in range(MUTATIONS):
            body = json.dumps(mutated(recorded(chance.choice(RECORDED)), chance)).encode()
            if number % 4 == 0:
                stored = len(door.attempts)
                assert (await client.post(PATH, content=body, headers={HEADER: "forged"})).status_code == 403
                assert len(door.attempts) == stored
            elif number % 4 == 1:
                body = body[: chance.randrange(len(body))]
            statuses.add((await client.post(PATH, content=body, headers=GENUINE)).status_code)
    assert statuses == {200, 400}
    assert door.messages and connector.unreadable_count > 100


async def test_setting_the_webhook_is_tried_until_it_succeeds(
    telegram: TelegramEmulator, by_webhook: TelegramSettings, begin: Begin, until: Until
) -> None:
    telegram.misbehave("setWebhook", Fault.server_error(), times=2)
    telegram.misbehave("setWebhook", Fault.reset())
    async with begin(by_webhook):
        await until(lambda: telegram.webhook[0])
    assert len(telegram.calls_of("setWebhook")) == 4


async def test_polling_has_no_webhook(settings: TelegramSettings, begin: Begin) -> None:
    async with begin() as connector:
        assert connector.routes() == []


async def test_a_webhook_is_answered_without_waiting_for_courtesies(
    telegram: TelegramEmulator, by_webhook: TelegramSettings, begin: Begin, until: Until
) -> None:
    """The typing sign and the answer to a button may take as long as they like."""
    telegram.misbehave("sendChatAction", Fault.slow(3), times=100)
    person = telegram.person()
    async with begin(by_webhook) as connector, _served(connector) as client:
        telegram.deliver_webhooks_to(str(client.base_url))
        for number in range(40):
            person.writes(str(number))
        await until(lambda: len(telegram.brought) == 40)
    seconds = sorted(brought.seconds for brought in telegram.brought)
    assert seconds[int(len(seconds) * 0.95)] < 0.25
