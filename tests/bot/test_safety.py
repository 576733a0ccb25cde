"""Danger: noticed in every message, whoever holds the conversation and whether or not the engine runs."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from bot.ground import LiveGround
from bot.safety import safety_block
from conversations.conversation import Conversations
from conversations.database import Database
from conversations.handover import Handovers
from foundation.clock import utc_now
from language.variants import LANGUAGES
from tests.bot.engine_stand_in import EngineStandIn
from tests.bot.running_gateway import GatewayThread
from tests.bot.web_person import WebPerson

Begin = Callable[[dict[str, str]], GatewayThread]
Meet = Callable[..., WebPerson]

URGENT = "Помогите, он меня убьёт сегодня"
CONCERN = "Хозяин забрал паспорт и не отдаёт"
ASKS = "безопасно писать"


def test_the_safety_block_stands_in_front_of_the_reply_and_the_bot_goes_on(
    environ: dict[str, str], begin: Begin, meet: Meet, engine: EngineStandIn, database: Database
) -> None:
    person = meet(begin(environ).url)
    message_id = person.write(URGENT)
    assert person.answer_to(message_id)["text"] == f"answer to {URGENT}"
    assert [message["sender"] for message in person.seen][:3] == ["migrant", "system", "bot"]
    (block,) = person.notice(ASKS)
    assert "112" in block["text"]
    assert "M24" in block["text"]
    assert (block["reply_to"], block["answers"]) == (None, [])
    assert [button["payload"] for button in block["buttons"]] == ["/meta.human", "quick_exit", "/deny"]
    assert engine.asked[0]["metadata"]["danger"] == "urgent"
    assert Handovers(database).queue() == ()


def test_the_block_comes_again_only_when_danger_rises_or_after_ten_messages(
    sqlite_environ: dict[str, str], begin: Begin, meet: Meet, engine: EngineStandIn
) -> None:
    person = meet(begin(sqlite_environ | {"SAFAR_MESSAGES_PER_MINUTE": "100"}).url)
    person.answer_to(person.write(CONCERN))
    person.answer_to(person.write(CONCERN))
    assert len(person.notice(ASKS)) == 1
    person.answer_to(person.write(URGENT))
    person.answer_to(person.write(CONCERN))
    assert len(person.notice(ASKS)) == 2
    for number in range(10):
        person.answer_to(person.write(f"Ещё вопрос {number}"))
    assert len(person.notice(ASKS)) == 2
    person.answer_to(person.write(CONCERN))
    assert len(person.notice(ASKS)) == 3


def test_danger_is_noticed_with_the_engine_away_even_behind_a_message_that_waits(
    environ: dict[str, str], begin: Begin, meet: Meet
) -> None:
    person = meet(begin(environ).url)
    person.write("Здравствуйте")
    person.write(URGENT)
    person.until(lambda: person.notice(ASKS), seconds=3)


def test_danger_is_noticed_while_an_operator_holds_the_conversation_and_moves_it_forward(
    environ: dict[str, str], begin: Begin, meet: Meet, engine: EngineStandIn, database: Database
) -> None:
    url = begin(environ).url
    calm, other = meet(url, "ru"), meet(url, "ru")
    handovers = Handovers(database)
    for person in (other, calm):
        handovers.open(person.conversation, "asked", "none", utc_now())
    calm.write(URGENT)
    calm.until(lambda: calm.notice(ASKS))
    (block,) = calm.notice(ASKS)
    assert [button["payload"] for button in block["buttons"]] == ["quick_exit"]
    assert [waiting.conversation_id for waiting in handovers.queue()] == [calm.conversation, other.conversation]
    assert engine.asked == []


def test_every_language_has_the_block_for_both_levels(home: Path, environ: dict[str, str], database: Database) -> None:
    ground = LiveGround(home, home).now()
    conversation = Conversations(database).create("web", None, None, utc_now())
    in_korea = replace(conversation, country="KR")
    for variant in LANGUAGES:
        for danger in ("concern", "urgent"):
            block = safety_block(ground, conversation, danger, variant, "RU")
            assert "112" in block.text
            assert "{" not in block.text
            assert block.buttons[0].payload == "/meta.human"
            assert "112" not in safety_block(ground, in_korea, danger, variant, "RU").text


def test_a_very_short_message_is_looked_at_with_the_one_before(
    sqlite_environ: dict[str, str], begin: Begin, meet: Meet, engine: EngineStandIn
) -> None:
    person = meet(begin(sqlite_environ).url)
    person.answer_to(person.write("он меня"))
    person.answer_to(person.write("убьёт"))
    assert engine.asked[1]["metadata"]["danger"] == "urgent"


def test_the_level_that_was_spoken_of_is_remembered(
    environ: dict[str, str], begin: Begin, meet: Meet, engine: EngineStandIn, database: Database
) -> None:
    person = meet(begin(environ).url)
    person.answer_to(person.write(CONCERN))
    found = Conversations(database).get(person.conversation)
    assert found and (found.danger, found.safety_level) == ("concern", "concern")
