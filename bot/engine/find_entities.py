"""Finds country, citizenship, city, date, money and document in what was written."""

import os
from datetime import date
from pathlib import Path
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import ENTITIES, METADATA
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.engine.fold_text import LANGUAGE, original_text
from language.entities import Entity, EntityFinder


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=False)
class FindEntities(GraphComponent):
    """Adds the entities of `language.entities`; dates are reckoned from `today` of the metadata (ISO date)."""

    def __init__(self, finder: EntityFinder) -> None:
        self._finder = finder

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> "FindEntities":
        """Load the names of countries, cities and documents, from the release's content where there is one."""
        folder = Path(os.environ.get("SAFAR_CONTENT", "")) / "guidance"
        return cls(EntityFinder.load(folder) if (folder / "gazetteer.yml").is_file() else EntityFinder.load())

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Nothing is learnt here."""
        return training_data

    def process(self, messages: list[Message]) -> list[Message]:
        """Add what is found in each message."""
        for message in messages:
            text = original_text(message)
            if text:
                found = self._finder.find(text, message.get(LANGUAGE, "ru"), today=_today(message))
                entities = [*message.get(ENTITIES, []), *(_as_rasa_entity(entity) for entity in found)]
                message.set(ENTITIES, entities, add_to_output=True)
        return messages


def _today(message: Message) -> date | None:
    text = (message.get(METADATA) or {}).get("today")
    try:
        return date.fromisoformat(text) if isinstance(text, str) else None
    except ValueError:
        return None


def _as_rasa_entity(entity: Entity) -> dict[str, Any]:
    return {
        "entity": entity.kind,
        "value": entity.value,
        "text": entity.text,
        "start": entity.start,
        "end": entity.end,
        "extractor": FindEntities.__name__,
    }
