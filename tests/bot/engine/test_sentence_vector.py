"""The encoder's vector as a feature, and the encoder that a model was trained with."""

from pathlib import Path

import pytest
from rasa.engine.exceptions import GraphComponentException

from bot.engine.understand import Understanding
from tests.bot.engine.tiny_encoder import make_encoder
from tests.bot.engine.trained_pipeline import train_pipeline, trained


def test_the_vector_alone_tells_intents_apart(tmp_path: Path, encoder: Path) -> None:
    understanding = trained("sentence_vector", tmp_path, encoder)
    assert understanding.parse("зарплату не платят").intent == "unpaid"
    assert understanding.parse("здравствуйте").intent == "greet"


def test_a_model_is_not_loaded_with_another_encoder(tmp_path: Path) -> None:
    folder = make_encoder(tmp_path / "encoder", ["привет", "зарплата"])
    model = train_pipeline("sentence_vector", tmp_path / "model", folder)
    make_encoder(folder, ["привет", "зарплата", "другое"])
    with pytest.raises(GraphComponentException) as error:
        Understanding.load(model)
    assert "trained with encoder" in str(error.value.__cause__)
