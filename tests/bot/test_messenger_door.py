"""The door of the messengers: whatever comes in is stored once, and what is no text is answered kindly."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest

from bot.assembly import Gateway, assemble
from bot.channels.channel import IncomingMessage, Reachability, button_data
from conversations.conversation import Conversation
from conversations.transcript import Message
from foundation.clock import utc_now
from foundation.settings import load_settings
from language.identify import Identifier
from tests.bot.engine_stand_in import EngineStandIn

FOUR = [{"title": title, "payload": f'/show_entry{{"entry": "{title}"}}'} for title in "abcd"]


@pytest.fixture
async def gateway(
    sqlite_environ: dict[str, str], identifier: Identifier, engine: EngineStandIn
) -> AsyncIterator[Gateway]:
    parts = assemble(load_settings(sqlite_environ), identifier, utc_now)
    await parts.start()
    yield parts
    await parts.stop()


def _message(message_id: str, text: str = "", **more: object) -> IncomingMessage:
    values = {"channel": "whatsapp", "address": "7", "payload": None, "at": datetime.now(UTC)} | more
    return IncomingMessage(message_id=message_id, text=text, **values)  # type: ignore[arg-type]


def _conversation(gateway: Gateway, channel: str = "whatsapp") -> Conversation:
    found = gateway.store.conversations.by_address(channel, "7")
    assert found is not None
    return found


async def _answer(gateway: Gateway, message_id: str, channel: str = "whatsapp") -> Message:
    async with asyncio.timeout(20):
        while True:
            for message in gateway.store.transcript.after(_conversation(gateway, channel).id):
                if message.reply_to == message_id:
                    return message
            await asyncio.sleep(0.02)


@pytest.mark.parametrize(
    ("kind", "shown", "said"),
    [
        ("voice", "(паёми овозӣ)", "паёми овозиро шунида наметавонам"),
        ("sticker", "(стикер)", "стикерҳоро намефаҳмам"),
        ("picture", "(сурат)", "нигоҳ намедорам"),
        ("document", "(файл)", "нигоҳ намедорам"),
        ("location", "(ҷой дар харита)", "танҳо матнро"),
        ("other", "(паёми бе матн)", "танҳо матнро"),
    ],
)
async def test_what_is_no_text_is_answered_kindly_in_the_persons_language(
    gateway: Gateway, engine: EngineStandIn, kind: str, shown: str, said: str
) -> None:
    assert await gateway.door.receive(_message("v1", kind=kind, language_hint="tg-TJ")) == "tg"
    answer = await _answer(gateway, "v1")
    assert said in answer.text
    assert [button.payload for button in answer.buttons] == ["/meta.menu", "/meta.human"]
    assert gateway.store.transcript.after(_conversation(gateway).id)[0].text == shown
    assert engine.texts() == []


async def test_a_text_without_a_visible_letter_is_answered_too(gateway: Gateway, engine: EngineStandIn) -> None:
    await gateway.door.receive(_message("m1", "\x00\x07 ", language_hint="ky"))
    assert "текстти гана" in (await _answer(gateway, "m1")).text


async def test_the_same_message_brought_twice_is_one_message(gateway: Gateway, engine: EngineStandIn) -> None:
    for _ in range(3):
        await gateway.door.receive(_message("m1", "салом"))
    await _answer(gateway, "m1")
    await gateway.door.receive(_message("m1", "салом"))
    await asyncio.sleep(0.3)
    assert engine.texts() == ["салом"]


async def test_an_old_button_still_works_and_an_erased_one_leads_to_the_menu(
    gateway: Gateway, engine: EngineStandIn
) -> None:
    engine.replies["салом"] = [{"text": "чӣ?", "buttons": FOUR}]
    await gateway.door.receive(_message("m1", "салом"))
    place = (await _answer(gateway, "m1")).cursor
    await gateway.door.receive(_message("m2", "дигар"))
    await _answer(gateway, "m2")
    await gateway.door.receive(_message("m3", pressed=button_data(place, 2)))
    assert (await _answer(gateway, "m3")).text == f"answer to {FOUR[2]['payload']}"
    said = gateway.store.transcript.after(_conversation(gateway).id)
    assert next(each.text for each in said if each.message_id == "m3") == FOUR[2]["title"]
    await gateway.door.receive(_message("m4", pressed=button_data(place + 999, 0)))
    await gateway.door.receive(_message("m5", pressed="what?"))
    assert (await _answer(gateway, "m4")).text == (await _answer(gateway, "m5")).text == "answer to /meta.menu"


@pytest.mark.parametrize(("channel", "is_button"), [("whatsapp", True), ("telegram", False)])
async def test_a_bare_number_chooses_from_a_numbered_list(
    gateway: Gateway, engine: EngineStandIn, channel: str, is_button: bool
) -> None:
    engine.replies["салом"] = [{"text": "чӣ?", "buttons": [{**each, "title": each["title"] * 80} for each in FOUR]}]
    await gateway.door.receive(_message("m0", "аввал", channel=channel))
    await _answer(gateway, "m0", channel)
    await gateway.door.receive(_message("m1", "салом", channel=channel))
    await _answer(gateway, "m1", channel)
    await gateway.door.receive(_message("m2", "2.", channel=channel))
    expected = FOUR[1]["payload"] if is_button else "2."
    assert (await _answer(gateway, "m2", channel)).text == f"answer to {expected}"
    await gateway.door.receive(_message("m3", "2", channel=channel))
    assert (await _answer(gateway, "m3", channel)).text == "answer to 2"


async def test_a_flood_is_passed_over_without_an_error(gateway: Gateway, engine: EngineStandIn) -> None:
    for number in range(230):
        await gateway.door.receive(_message(f"m{number}", f"{number}"))
    conversation = _conversation(gateway)
    assert gateway.store.inbox.received_since(conversation.id, conversation.created_at) <= 201


async def test_an_unknown_language_hint_is_the_first_language(gateway: Gateway, engine: EngineStandIn) -> None:
    assert gateway.door.variant_of("fa") == gateway.door.variant_of(None) == "ru"
    assert gateway.door.variant_of("uz_Cyrl_UZ") == "uz-Cyrl"
    assert gateway.door.variant_of("kk-KZ") == "kk"


async def test_who_blocks_us_and_comes_back_is_known(gateway: Gateway, engine: EngineStandIn) -> None:
    await gateway.door.receive(_message("m1", "салом", channel="telegram"))
    await _answer(gateway, "m1", "telegram")
    await gateway.door.reachability(Reachability("telegram", "7", False))
    assert gateway.store.outbox.due(datetime.now(UTC), 9, ["telegram"]) == ()
    await gateway.door.reachability(Reachability("telegram", "7", True))
    assert gateway.store.outbox.due(datetime.now(UTC), 9, ["telegram"])


async def test_a_command_stands_in_the_transcript_as_it_was_typed(gateway: Gateway, engine: EngineStandIn) -> None:
    await gateway.door.receive(_message("m1", "/menu", payload="/meta.menu", channel="telegram"))
    assert (await _answer(gateway, "m1", "telegram")).text == "answer to /meta.menu"
    assert gateway.store.transcript.after(_conversation(gateway, "telegram").id)[0].text == "/menu"
