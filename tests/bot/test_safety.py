"""Danger: noticed in every message, whoever holds the conversation and whether or not the engine runs."""

from collections.abc import Callable
from dataclasses import replace
from itertools import product
from pathlib import Path

from bot.ground import LiveGround
from bot.safety_block import safety_block
from bot.safety_step import SafetyStep
from conversations.conversation import Conversations
from conversations.database import Database
from conversations.handover import Handovers
from foundation.clock import utc_now
from foundation.settings import PROJECT
from guidance.danger import DangerDetector
from guidance.danger_phrases import Phrases
from guidance.danger_signs import Signs
from guidance.safety_paths import SafetyPaths
from language.variants import LANGUAGES
from language.wording import Wording
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
    steps = [SafetyStep(step, "urgent").payload for step in ("can_write", "cannot_write", "person", "no_danger")]
    assert [button["payload"] for button in block["buttons"]] == [*steps[:3], "quick_exit", steps[3]]
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
    calm.write(CONCERN)
    calm.write(URGENT)
    calm.until(lambda: calm.notice(ASKS))
    (block,) = calm.notice(ASKS)
    assert "112" in block["text"], "of mere concern the bot says nothing into a talk with a person"
    assert [button["payload"] for button in block["buttons"]] == ["quick_exit"]
    assert [waiting.conversation_id for waiting in handovers.queue()] == [calm.conversation, other.conversation]
    assert engine.asked == []


def test_every_language_has_the_first_words_of_every_path(
    home: Path, environ: dict[str, str], database: Database
) -> None:
    ground = LiveGround(home, home).now()
    conversation = Conversations(database).create("web", None, None, utc_now())
    in_korea = replace(conversation, country="KR")
    for variant, path_id in product(LANGUAGES, ground.paths.ids()):
        path = ground.paths.get(path_id)
        assert path
        block = safety_block(ground, conversation, path, variant, "RU")
        assert "112" in block.text
        assert "{" not in block.text
        assert "112" not in safety_block(ground, in_korea, path, variant, "RU").text
        on_whatsapp = safety_block(ground, replace(conversation, channel="whatsapp"), path, variant, "RU")
        assert len(on_whatsapp.buttons) == 3, "more would hide behind a list"
        assert ground.words.word("exit", variant) in on_whatsapp.text
        assert all(len(title) <= 20 for title, _ in block.buttons)


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


def test_each_sign_brings_the_first_words_of_its_path_and_reaches_the_queue(
    home: Path, environ: dict[str, str], begin: Begin, meet: Meet, engine: EngineStandIn, database: Database
) -> None:
    paths, levels = SafetyPaths.load(PROJECT / "data" / "guidance"), Signs.load(PROJECT / "data" / "danger").levels
    phrases = {sign: [f"со мной случилось {number:02d}"] for number, sign in enumerate(levels)}
    DangerDetector(None, Phrases(phrases), levels).save(home / "releases" / "r1" / "danger")
    wording = Wording.load(PROJECT / "data" / "responses")
    url = begin(environ | {"SAFAR_MESSAGES_PER_MINUTE": "100"}).url
    for sign, level in levels.items():
        person = meet(url, "ru")
        person.answer_to(person.write(phrases[sign][0]))
        (block,) = person.notice(ASKS)
        path = paths.path_of(level, (sign,))
        first_sentences = wording.text(f"safety_{path.id}", "ru", number="<>").split("<>", 1)[0]
        assert sign in path.signs and block["text"].startswith(first_sentences)
        person.press("/meta.human")
        person.until(lambda person=person: person.notice("в очереди"))
    queue = Handovers(database).queue()
    assert {waiting.signs[0]: waiting.danger for waiting in queue} == levels
    assert [waiting.danger for waiting in queue] == sorted(levels.values(), key=("urgent", "concern").index)
