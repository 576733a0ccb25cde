"""Last in the pipeline: the text is again what was written, so that nothing folded is stored or shown."""

from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.engine.fold_text import ORIGINAL_TEXT


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=False)
class RestoreText(GraphComponent):
    """Undoes what `LanguageAndFold` did to the text."""

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> "RestoreText":
        """There is nothing to set up."""
        return cls()

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Training ends with the folded text."""
        return training_data

    def process(self, messages: list[Message]) -> list[Message]:
        """Give each message the text that was written."""
        for message in messages:
            if message.get(ORIGINAL_TEXT) is not None:
                message.set(TEXT, message.get(ORIGINAL_TEXT))
        return messages
