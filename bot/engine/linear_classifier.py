"""Chooses the intent with a linear model over n-grams and the sentence vector; ranks all intents."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.nlu.constants import INTENT, INTENT_RANKING_KEY
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.engine.feature_blocks import FeatureBlocks
from bot.engine.fold_text import LANGUAGE
from bot.engine.linear_calibration import ANY
from bot.engine.linear_learning import Settings, learn
from bot.engine.linear_lessons import read_lessons
from bot.engine.linear_model import LinearModel


class UntrainedClassifierError(Exception):
    """A message came before the classifier was trained or loaded."""


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class LinearClassifier(IntentClassifier, GraphComponent):
    """One-against-the-rest linear SVM; its confidences are probabilities, fitted on held-out folds.

    `cost` is the SVM's C, `dense_weight` the length of the sentence vector, and of what it leaves out of the order of
    words, beside the n-gram blocks of length 1. What fits no other intent well goes to the intent `out_of_scope`, but
    no more than the share 1 - `acceptance` of what belongs elsewhere, and nothing that fits an intent of `spared` best.
    """

    def __init__(self, config: dict[str, Any], model_storage: ModelStorage, resource: Resource) -> None:
        self._config = config
        self._model_storage = model_storage
        self._resource = resource
        self._trained: tuple[FeatureBlocks, LinearModel] | None = None

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """The SVM is held a little loosely; the sentence vector counts a little less than each block of n-grams.

        A wish for a person is not taken for something else: who is not understood needs one most.
        """
        scope = {"out_of_scope": "meta.out_of_scope", "acceptance": 0.985, "spared": ("meta.human",)}
        return {"cost": 0.5, "dense_weight": 0.7, **scope}

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> "LinearClassifier":
        """An untrained classifier."""
        return cls(config, model_storage, resource)

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> "LinearClassifier":
        """A trained classifier."""
        classifier = cls(config, model_storage, resource)
        with model_storage.read_from(resource) as folder:
            classifier._trained = FeatureBlocks.load(folder), LinearModel.load(folder)
        return classifier

    def train(self, training_data: TrainingData) -> Resource:
        """Learn from all examples that have an intent; raises `TooFewIntentsError`."""
        blocks, model = learn_messages(training_data.intent_examples, self._config)
        self._trained = blocks, model
        with self._model_storage.write_to(self._resource) as folder:
            blocks.save(folder)
            model.save(folder)
        return self._resource

    def process(self, messages: list[Message]) -> list[Message]:
        """Set intent and ranking of each message."""
        for message in messages:
            ranking = self._ranking(message)
            message.set(INTENT, ranking[0], add_to_output=True)
            message.set(INTENT_RANKING_KEY, ranking, add_to_output=True)
        return messages

    def _ranking(self, message: Message) -> list[dict[str, Any]]:
        if self._trained is None:
            raise UntrainedClassifierError
        blocks, model = self._trained
        confidences = model.confidences(*blocks.row(message), message.get(LANGUAGE) or ANY)
        best_first = np.argsort(-confidences, kind="stable")
        return [{"name": model.labels[n], "confidence": float(confidences[n])} for n in best_first]


def learn_messages(messages: Sequence[Message], config: Mapping[str, Any]) -> tuple[FeatureBlocks, LinearModel]:
    """What the classifier learns from messages that went through the pipeline before it, as `config` says it."""
    lessons = read_lessons(messages, config["dense_weight"])
    settings = Settings(config["cost"], config["out_of_scope"], config["acceptance"], tuple(config["spared"]))
    return lessons.blocks, learn(lessons.examples, lessons.folds, settings)
