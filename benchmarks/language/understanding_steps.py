"""The understanding part of a release, with the processor time that each of its components takes."""

import logging
import os
import tempfile
import time
import warnings
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.engine import no_tensorflow
from bot.engine.understand import Parsed, Understanding

CLASSIFIED = ("LanguageAndFold", "WhitespaceTokenizer", "CountVectorsFeaturizer", "SentenceVector", "LinearClassifier")
"""What leads to the intent: language, folding, n-grams, vector, classifier. Entities are found beside it."""


@dataclass(frozen=True)
class Understood:
    """One message: what it means, seconds by component, and seconds on the whole, the tracker's part included."""

    text: str
    parsed: Parsed
    seconds_by_component: Mapping[str, float]
    seconds: float

    @property
    def classifying_seconds(self) -> float:
        """Of the components that lead to the intent."""
        return sum(self.seconds_by_component.get(name, 0.0) for name in CLASSIFIED)


def understand(release: Path, encoder: str, texts: Sequence[str]) -> Iterator[Understood]:
    """Understand each text alone, with nothing said of its language. Sets the environment, as Rasa's parts want it."""
    os.environ["SAFAR_ENCODER"], os.environ["SAFAR_CONTENT"] = encoder, str(release / "content")
    understanding, seconds_by_component = _load(release / "model.tar.gz")
    for text in texts:
        seconds_by_component.clear()
        started = time.process_time()
        parsed = understanding.parse(text)
        yield Understood(text, parsed, dict(seconds_by_component), time.process_time() - started)


def _load(model: Path) -> tuple[Understanding, dict[str, float]]:
    """As `Understanding.load` does, with a runner that writes down seconds by component."""
    no_tensorflow.install()
    seconds_by_component: dict[str, float] = {}
    with warnings.catch_warnings(), tempfile.TemporaryDirectory() as folder:
        warnings.simplefilter("ignore")  # Rasa's libraries warn of each other
        from rasa.engine import loader
        from rasa.engine.storage.local_model_storage import LocalModelStorage
        from rasa.utils.log_utils import configure_structlog

        from bot.engine.ordered_graph_runner import OrderedGraphRunner

        class TimedRunner(OrderedGraphRunner):
            """Asks each node as ever and adds what it took."""

            def _plan(self, targets: tuple[str, ...]) -> Any:
                return [
                    (_timed(node, seconds_by_component), name, needs) for node, name, needs in super()._plan(targets)
                ]

        configure_structlog(logging.WARNING)
        metadata, runner = loader.load_predict_graph_runner(Path(folder), model, LocalModelStorage, TimedRunner)
    return Understanding(runner, metadata.nlu_target), seconds_by_component


def _timed(node: Any, seconds_by_component: dict[str, float]) -> Any:
    name = node._component_class.__name__

    def run(*inputs: Any) -> Any:
        started = time.process_time()
        output = node(*inputs)
        seconds_by_component[name] = seconds_by_component.get(name, 0.0) + time.process_time() - started
        return output

    return run
