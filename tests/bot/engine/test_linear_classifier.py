"""The classifier in the pipeline."""

from pathlib import Path

import pytest
from rasa.engine.exceptions import GraphComponentException

from bot.engine.understand import Understanding
from tests.bot.engine.trained_pipeline import EXAMPLES, train_pipeline, trained


@pytest.fixture(scope="module")
def understanding(tmp_path_factory: pytest.TempPathFactory, encoder: Path) -> Understanding:
    return trained("linear_classifier", tmp_path_factory.mktemp("linear_classifier"), encoder)


def test_the_ranking_holds_all_intents_best_first(understanding: Understanding) -> None:
    parsed = understanding.parse("начальник не платит зарплату")
    confidences = [confidence for _, confidence in parsed.ranking]
    assert {name for name, _ in parsed.ranking} == {"greet", "bye", "arrival", "unpaid", "inform", "stop_form"}
    assert confidences == sorted(confidences, reverse=True)
    assert sum(confidences) == pytest.approx(1, abs=1e-5)
    assert parsed.ranking[0] == ("unpaid", parsed.confidence)


def test_a_message_without_any_known_word_is_not_sure(understanding: Understanding) -> None:
    assert understanding.parse("qqqq wwww").confidence < 0.5


def test_examples_of_one_intent_stop_the_training(tmp_path: Path, encoder: Path) -> None:
    lonely = tmp_path / "nlu.yml"
    lonely.write_text(EXAMPLES.read_text("utf-8").split("- intent: bye")[0], "utf-8")
    with pytest.raises(GraphComponentException) as error:
        train_pipeline("linear_classifier", tmp_path, encoder, lonely)
    assert "at least 2 are needed" in str(error.value.__cause__)
