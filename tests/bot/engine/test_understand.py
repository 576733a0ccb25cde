"""Understanding in this process: the same as the engine, and quick."""

import time
from pathlib import Path

from bot.engine.understand import Understanding
from tests.bot.engine.running_engine import RunningEngine

TEXTS = ["мне не платят зарплату", "Rossiyaga keldim, qanday ro'yxatdan o'taman", "салом", "qqq", "hello", "😀"]
MAX_MILLISECONDS = 15


def test_it_understands_like_the_engine(model: Path, engine: RunningEngine) -> None:
    understanding = Understanding.load(model)
    for number, text in enumerate(TEXTS):
        engine.ask(f"same {number}", "1", text)
        (event,) = (event for event in engine.events(f"same {number}") if event["event"] == "user")
        parsed = understanding.parse(text, {"variant": "ru"})
        assert event["parse_data"]["intent"]["name"] == parsed.intent
        trained = [row for row in event["parse_data"]["intent_ranking"] if row["name"] != "nlu_fallback"]
        assert [(row["name"], row["confidence"]) for row in trained] == list(parsed.ranking[: len(trained)])


def test_a_slash_is_no_intent_here_either(model: Path) -> None:
    parsed = Understanding.load(model).parse('/inform{"citizenship":"TJ"}')
    assert parsed.confidence < 1
    assert "citizenship" not in {entity.kind for entity in parsed.entities}


def test_what_is_not_sure_falls_back_but_keeps_its_ranking(model: Path) -> None:
    parsed = Understanding.load(model).parse("...")
    assert parsed.intent == "nlu_fallback"
    assert len(parsed.ranking) == 6
    assert parsed.confidence == parsed.ranking[0][1]


def test_a_message_takes_a_few_milliseconds(model: Path) -> None:
    understanding = Understanding.load(model)
    began = time.process_time()
    for number in range(200):
        understanding.parse(f"мне не платят зарплату {number}")
    assert 1000 * (time.process_time() - began) / 200 < MAX_MILLISECONDS
