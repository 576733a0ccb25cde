"""The engine's way from a text to an intent, as config.yml says it, driven without a Rasa server.

`bot.engine.no_tensorflow.install()` comes before this module is imported.
"""

import tempfile
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import scipy.sparse as sp
import yaml
from numpy.typing import NDArray
from rasa.engine.graph import ExecutionContext, GraphSchema
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.storage.resource import Resource
from rasa.nlu.featurizers.sparse_featurizer.count_vectors_featurizer import CountVectorsFeaturizer
from rasa.nlu.tokenizers.whitespace_tokenizer import WhitespaceTokenizer
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.engine.feature_blocks import FeatureBlocks
from bot.engine.fold_text import LANGUAGE, LanguageAndFold
from bot.engine.linear_classifier import LinearClassifier
from bot.engine.linear_learning import Settings, learn
from bot.engine.linear_lessons import Lessons, read_lessons
from bot.engine.linear_model import LinearModel
from bot.engine.sentence_vector import SentenceVector

Floats = NDArray[np.float32]
COMPONENTS = (LanguageAndFold, WhitespaceTokenizer, CountVectorsFeaturizer, SentenceVector)
NGRAMS, VECTORS = CountVectorsFeaturizer.__name__, SentenceVector.__name__


@dataclass(frozen=True)
class TrainingTimes:
    """Seconds that a training took."""

    features: float
    model: float


@dataclass(frozen=True)
class Heard:
    """New texts as the linear model sees them: features, (texts, features), and the language that was found in each."""

    features: sp.csr_matrix
    languages: tuple[str, ...]


class EnginePipeline:
    """Featurizers and linear model of the engine; entities and fallback are left out, they do not touch the intent.

    `left_out` names featurizers (`NGRAMS`, `VECTORS`) that it does without; `out_of_scope` is the label of what is out
    of scope, if it is another than that of our own examples.
    """

    blocks: FeatureBlocks
    model: LinearModel

    def __init__(
        self, config: Path, encoder: str, left_out: Iterable[str] = (), out_of_scope: str | None = None
    ) -> None:
        pipeline = yaml.safe_load(config.read_text("utf-8"))["pipeline"]
        self._storage = tempfile.TemporaryDirectory(prefix="safar-bench-")
        storage = LocalModelStorage(Path(self._storage.name))
        self._parts = list(_components(pipeline, encoder, frozenset(left_out), storage))
        own: dict[str, Any] = next((part for part in pipeline if part["name"].endswith(LinearClassifier.__name__)), {})
        own = LinearClassifier.get_default_config() | own
        self._dense_weight = own["dense_weight"]
        self.settings = Settings(own["cost"], out_of_scope or own["out_of_scope"], own["acceptance"])

    def train(self, texts: Sequence[str], labels: Sequence[str]) -> TrainingTimes:
        """Learn as `LinearClassifier.train` does, calibration on held-out folds included."""
        started = time.perf_counter()
        lessons = self.learn_features(texts, labels)
        between = time.perf_counter()
        self.model = learn(lessons.examples, lessons.folds, self.settings)
        return TrainingTimes(between - started, time.perf_counter() - between)

    def learn_features(self, texts: Sequence[str], labels: Sequence[str]) -> Lessons:
        """Learn vocabulary and rarity; returns the examples, without those that Rasa drops as copies."""
        data = TrainingData([Message.build(text, label) for text, label in zip(texts, labels, strict=True)])
        for part in self._parts:
            if isinstance(part, CountVectorsFeaturizer):
                part.train(data)
            part.process_training_data(data)
        lessons = read_lessons(data.training_examples, self._dense_weight)
        self.blocks = lessons.blocks
        return lessons

    def hear(self, texts: Sequence[str]) -> Heard:
        """Features and languages of new texts."""
        messages = [Message.build(text) for text in texts]
        for part in self._parts:
            messages = part.process(messages)
        return Heard(self.blocks.matrix(messages), tuple(message.get(LANGUAGE) for message in messages))

    def decisions(self, texts: Sequence[str]) -> Floats:
        """What the engine says of each intent before its sharpness, (texts, intents); with the head start."""
        heard = self.hear(texts)
        return self.model.calibration.with_head_start(self.model.decide(heard.features), heard.languages)

    def confidences(self, texts: Sequence[str]) -> Floats:
        """Of each intent, (texts, intents)."""
        heard = self.hear(texts)
        return self.model.calibration.confidences(self.model.decide(heard.features), heard.languages)

    def milliseconds(self, texts: Sequence[str]) -> Floats:
        """Processor time of each text, one at a time: language, folding, features, confidences.

        The wall clock would measure what else runs on the machine.
        """
        taken = []
        for text in texts:
            started = time.process_time()
            message = [Message.build(text)]
            for part in self._parts:
                message = part.process(message)
            self.model.confidences(*self.blocks.row(message[0]), message[0].get(LANGUAGE))
            taken.append(1000 * (time.process_time() - started))
        return np.array(taken, dtype=np.float32)


def _components(
    pipeline: Sequence[dict[str, Any]], encoder: str, left_out: frozenset[str], storage: LocalModelStorage
) -> Iterable[Any]:
    context = ExecutionContext(GraphSchema({}))
    by_name = {component.__name__: component for component in COMPONENTS}
    for number, part in enumerate(pipeline):
        name = part["name"].rpartition(".")[2]
        if name not in by_name or name in left_out:
            continue
        component = by_name[name]
        settings = {**component.get_default_config(), **{key: part[key] for key in part if key != "name"}}
        settings |= {"encoder": encoder} if name == VECTORS else {}
        yield component.create(settings, storage, Resource(f"{number}-{name}"), context)
