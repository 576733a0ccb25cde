"""First in the pipeline: says language and script, and folds the text so that all spellings of a word meet."""

from collections.abc import Mapping
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import METADATA, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from language.folding import skeleton
from language.greetings import without_greeting
from language.identify import Identified, Identifier
from language.variants import LANGUAGES, language_of, variant_of

ORIGINAL_TEXT = "original_text"
LANGUAGE, SCRIPT, VARIANT = "language", "script", "variant"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=False)
class LanguageAndFold(GraphComponent):
    """Sets the keys `language`, `script` and `variant`; the text becomes its skeleton.

    What the gateway says in the metadata goes before what the text looks like. They are no entities: an entity
    `variant` is a language that somebody chooses with a button.
    """

    def __init__(self, identifier: Identifier) -> None:
        self._identifier = identifier

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> "LanguageAndFold":
        """Load the language model that comes with the project."""
        return cls(Identifier.load())

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Fold the examples; their language is not needed."""
        for message in training_data.training_examples:
            if message.get(TEXT):
                _fold(message)
        return training_data

    def process(self, messages: list[Message]) -> list[Message]:
        """Say language and script of each message, and fold it."""
        for message in messages:
            text = message.get(TEXT)
            if text:
                _say_language(message, self._identify(text, message.get(METADATA) or {}))
                _fold(message)
        return messages

    def _identify(self, text: str, metadata: Mapping[str, Any]) -> Identified:
        variant = metadata.get(VARIANT)
        if variant not in LANGUAGES:
            return self._identifier.identify(text)
        language, script = language_of(variant)
        return Identified(metadata.get(LANGUAGE) or language, metadata.get(SCRIPT) or script, 1.0)


def original_text(message: Message) -> str:
    """What was written, whether or not the message has been folded."""
    return message.get(ORIGINAL_TEXT) or message.get(TEXT) or ""


def _fold(message: Message) -> None:
    text = message.get(TEXT)
    message.set(ORIGINAL_TEXT, text)
    message.set(TEXT, without_greeting(skeleton(text)) or text)


def _say_language(message: Message, identified: Identified) -> None:
    values = {
        LANGUAGE: identified.language,
        SCRIPT: identified.script,
        VARIANT: variant_of(identified.language, identified.script),
    }
    for name, value in values.items():
        message.set(name, value, add_to_output=True)
