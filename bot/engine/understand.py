"""Understands messages in this process, without a server: the graph of a Rasa model, as the engine runs it."""

import logging
import os
import tempfile
import warnings
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.engine import no_tensorflow
from language.entities import Entity

FALLBACK_INTENT = "nlu_fallback"


@dataclass(frozen=True)
class Parsed:
    """What a message means.

    `intent` is `nlu_fallback` where no intent is sure enough; `ranking` holds all intents that were trained, the
    likeliest first, and `confidence` is that of the first.
    """

    intent: str
    confidence: float
    ranking: tuple[tuple[str, float], ...]
    entities: tuple[Entity, ...]
    language: str
    script: str


class Understanding:
    """The understanding part of one Rasa model."""

    def __init__(self, runner: Any, target: str) -> None:
        self._runner = runner
        self._target = target

    @classmethod
    def load(cls, model_path: Path) -> "Understanding":
        """Load a model.tar.gz; takes a few seconds, of which Rasa's import takes most."""
        os.environ.setdefault("RASA_TELEMETRY_ENABLED", "false")
        no_tensorflow.install()
        # Rasa's libraries warn of each other.
        with warnings.catch_warnings(record=True), tempfile.TemporaryDirectory() as folder:
            from rasa.engine import loader
            from rasa.engine.storage.local_model_storage import LocalModelStorage
            from rasa.utils.log_utils import configure_structlog

            from bot.engine.ordered_graph_runner import OrderedGraphRunner

            configure_structlog(logging.WARNING)
            metadata, runner = loader.load_predict_graph_runner(
                Path(folder), Path(model_path), LocalModelStorage, OrderedGraphRunner
            )
        return cls(runner, metadata.nlu_target)

    def parse(self, text: str, metadata: Mapping[str, Any] | None = None) -> Parsed:
        """Understand one message; `metadata` is what the gateway sends with it."""
        from rasa.core.channels.channel import UserMessage
        from rasa.engine.constants import PLACEHOLDER_MESSAGE, PLACEHOLDER_TRACKER
        from rasa.shared.core.trackers import DialogueStateTracker

        from bot.engine.payload import without_prefix

        message = UserMessage(without_prefix(text), sender_id="understand", metadata=dict(metadata or {}))
        tracker = DialogueStateTracker.from_events("understand", [])
        inputs = {PLACEHOLDER_MESSAGE: [message], PLACEHOLDER_TRACKER: tracker}
        return _parsed(self._runner.run(inputs=inputs, targets=[self._target])[self._target][0])


def _parsed(message: Any) -> Parsed:
    trained = [row for row in message.get("intent_ranking", []) if row["name"] != FALLBACK_INTENT]
    ranking = tuple((row["name"], row["confidence"]) for row in trained)
    return Parsed(
        intent=(message.get("intent") or {}).get("name") or FALLBACK_INTENT,
        confidence=ranking[0][1] if ranking else 0.0,
        ranking=ranking,
        entities=tuple(_entity(found) for found in message.get("entities", [])),
        language=message.get("language", ""),
        script=message.get("script", ""),
    )


def _entity(found: Mapping[str, Any]) -> Entity:
    return Entity(found["entity"], found["value"], found["text"], found["start"], found["end"])
