"""Adds what the sentence encoder says of a text as dense features: its vector, and the order of its words."""

import os
from collections.abc import Sequence
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import FEATURE_TYPE_SENTENCE, TEXT
from rasa.shared.nlu.training_data.features import Features
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.engine.fold_text import original_text
from language.encoder import Encoder, load_encoder
from language.greetings import question_of

VECTOR, WORD_ORDER = "SentenceVector", "WordOrder"
"""The names of the features, each a block of its own for the classifier."""


class EncoderMismatchError(Exception):
    """The model was trained with another encoder than the one that lies here. Train again."""


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=True)
class SentenceVector(GraphComponent):
    """Vectors of unit length for each message. `encoder` is a folder or a name, see `language.encoder`.

    Training remembers the encoder's fingerprint; a model is not loaded with another encoder.
    """

    def __init__(self, encoder: Encoder, model_storage: ModelStorage, resource: Resource) -> None:
        self._encoder = encoder
        self._model_storage = model_storage
        self._resource = resource

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """The encoder that comes with the project."""
        return {"encoder": "models/encoder"}

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> "SentenceVector":
        """Load the encoder for training."""
        return cls(load_encoder(config["encoder"]), model_storage, resource)

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> "SentenceVector":
        """Load the encoder, where it lies now (SAFAR_ENCODER); raises `EncoderMismatchError` if it is another one."""
        config = {**config, "encoder": os.environ.get("SAFAR_ENCODER") or config["encoder"]}
        component = cls.create(config, model_storage, resource, execution_context)
        with model_storage.read_from(resource) as folder:
            trained_with = (folder / "fingerprint").read_text("utf-8")
        found = component._encoder.fingerprint
        if found != trained_with:
            raise EncoderMismatchError(f"trained with encoder {trained_with}, {config['encoder']} is {found}")
        return component

    def train(self, training_data: TrainingData) -> Resource:
        """Remember which encoder it was."""
        with self._model_storage.write_to(self._resource) as folder:
            (folder / "fingerprint").write_text(self._encoder.fingerprint, "utf-8")
        return self._resource

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Add the vectors of the examples."""
        self._add_vectors(training_data.training_examples)
        return training_data

    def process(self, messages: list[Message]) -> list[Message]:
        """Add the vector of each message."""
        self._add_vectors(messages)
        return messages

    def _add_vectors(self, messages: Sequence[Message]) -> None:
        written = [message for message in messages if original_text(message)]
        if not written:
            return
        texts = [question_of(original_text(message)) for message in written]
        for name, vectors in ((VECTOR, self._encoder.encode(texts)), (WORD_ORDER, self._encoder.encode_order(texts))):
            for message, vector in zip(written, vectors, strict=True):
                if len(vector):
                    message.add_features(Features(vector[None, :], FEATURE_TYPE_SENTENCE, TEXT, name))
