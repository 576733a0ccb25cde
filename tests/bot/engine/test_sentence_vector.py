"""The encoder's vector as a feature, and the encoder that a model was trained with."""

from pathlib import Path

import pytest
from rasa.engine.exceptions import GraphComponentException
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.storage.resource import Resource
from rasa.shared.nlu.training_data.message import Message

from bot.engine.sentence_vector import VECTOR, WORD_ORDER, SentenceVector
from bot.engine.understand import Understanding
from language.encoder import load_encoder
from tests.bot.engine.tiny_encoder import make_encoder
from tests.bot.engine.trained_pipeline import train_pipeline, trained


def test_the_vector_alone_tells_intents_apart(tmp_path: Path, encoder: Path) -> None:
    understanding = trained("sentence_vector", tmp_path, encoder)
    assert understanding.parse("зарплату не платят").intent == "unpaid"
    assert understanding.parse("здравствуйте").intent == "greet"


def features(encoder: Path, text: str) -> dict[str, list[float]]:
    """What is made of a text, by the name of the feature."""
    message = Message.build(text)
    SentenceVector(load_encoder(str(encoder)), LocalModelStorage(encoder), Resource("")).process([message])
    return {each.origin: each.features.ravel().tolist() for each in message.features}


def test_a_greeting_before_a_question_does_not_count(encoder: Path) -> None:
    assert features(encoder, "Здравствуйте, зарплату не платят") == features(encoder, "зарплату не платят")
    assert features(encoder, "здравствуйте") != features(encoder, "зарплату не платят")


def test_words_in_another_order_are_another_text(encoder: Path) -> None:
    one, other = features(encoder, "зарплату не платят"), features(encoder, "платят не зарплату")
    assert one[VECTOR] == pytest.approx(other[VECTOR])
    assert one[WORD_ORDER] != pytest.approx(other[WORD_ORDER], abs=0.1)


def test_a_model_is_not_loaded_with_another_encoder(tmp_path: Path) -> None:
    folder = make_encoder(tmp_path / "encoder", ["привет", "зарплата"])
    model = train_pipeline("sentence_vector", tmp_path / "model", folder)
    make_encoder(folder, ["привет", "зарплата", "другое"])
    with pytest.raises(GraphComponentException) as error:
        Understanding.load(model)
    assert "trained with encoder" in str(error.value.__cause__)
