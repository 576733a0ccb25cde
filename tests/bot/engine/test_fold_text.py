"""Language and script of a message, and spellings that meet."""

from pathlib import Path

import pytest

from bot.engine.understand import Understanding
from tests.bot.engine.running_engine import RunningEngine
from tests.bot.engine.trained_pipeline import trained


@pytest.fixture(scope="module")
def understanding(tmp_path_factory: pytest.TempPathFactory, encoder: Path) -> Understanding:
    return trained("fold_text", tmp_path_factory.mktemp("fold_text"), encoder)


def test_the_language_is_found_out_from_the_text(understanding: Understanding) -> None:
    parsed = understanding.parse("Роҳбари корхона ба ман се моҳ боз маош намедиҳад, чӣ кор кунам?")
    assert (parsed.language, parsed.script) == ("tg", "Cyrl")


@pytest.mark.parametrize(
    ("metadata", "expected"),
    [
        ({"variant": "uz-Cyrl"}, ("uz", "Cyrl")),
        ({"variant": "tg", "language": "tg", "script": "Latn"}, ("tg", "Latn")),
        ({"variant": "en"}, ("en", "Latn")),
    ],
)
def test_what_the_gateway_says_goes_before_the_text(
    understanding: Understanding, metadata: dict[str, str], expected: tuple[str, str]
) -> None:
    parsed = understanding.parse("Где мне получить патент на работу?", metadata)
    assert (parsed.language, parsed.script) == expected


@pytest.mark.parametrize("metadata", [{"variant": "xx"}, {"variant": 5}, {"variant": None}, {}])
def test_an_unusable_variant_is_not_believed(understanding: Understanding, metadata: dict[str, object]) -> None:
    assert understanding.parse("Где мне получить патент на работу?", metadata).language == "ru"


def test_one_sentence_in_two_scripts_is_understood_alike(understanding: Understanding) -> None:
    latin, cyrillic = understanding.parse("maoshimni bermayapti"), understanding.parse("маошимни бермаяпти")
    assert latin.intent == cyrillic.intent == "unpaid"
    assert latin.ranking == cyrillic.ranking


def test_what_is_stored_is_what_was_written(engine: RunningEngine) -> None:
    written = "Қандай Рўйхатдан ўтаман???"
    engine.ask("written", "1", written, "uz-Cyrl")
    (event,) = (event for event in engine.events("written") if event["event"] == "user")
    assert event["text"] == event["parse_data"]["text"] == written
    assert (event["parse_data"]["language"], event["parse_data"]["variant"]) == ("uz", "uz-Cyrl")
