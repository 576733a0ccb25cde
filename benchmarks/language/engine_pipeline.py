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
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.engine.feature_blocks import FeatureBlocks, measure
from bot.engine.fold_text import LanguageAndFold, original_text
from bot.engine.linear_classifier import LinearClassifier
from bot.engine.linear_model import LinearModel, learn
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
class Examples:
    """Training examples as the linear model sees them.

    features: (examples, features); a group is the folded text, the same for one sentence in two scripts.
    """

    features: sp.csr_matrix
    labels: tuple[str, ...]
    groups: tuple[str, ...]
    texts: tuple[str, ...]


class EnginePipeline:
    """Featurizers and linear model of the engine; entities and fallback are left out, they do not touch the intent.

    `left_out` names featurizers (`NGRAMS`, `VECTORS`) that it does without.
    """

    blocks: FeatureBlocks
    model: LinearModel

    def __init__(self, config: Path, encoder: str, left_out: Iterable[str] = ()) -> None:
        pipeline = yaml.safe_load(config.read_text("utf-8"))["pipeline"]
        self._storage = tempfile.TemporaryDirectory(prefix="safar-bench-")
        storage = LocalModelStorage(Path(self._storage.name))
        self._parts = list(_components(pipeline, encoder, frozenset(left_out), storage))
        own: dict[str, Any] = next((part for part in pipeline if part["name"].endswith(LinearClassifier.__name__)), {})
        self._settings = LinearClassifier.get_default_config() | own

    def train(self, texts: Sequence[str], labels: Sequence[str]) -> TrainingTimes:
        """Learn as `LinearClassifier.train` does, calibration on held-out folds included."""
        started = time.perf_counter()
        examples = self.learn_features(texts, labels)
        between = time.perf_counter()
        self.model = learn(examples.features, examples.labels, examples.groups, self._settings["cost"])
        return TrainingTimes(between - started, time.perf_counter() - between)

    def learn_features(self, texts: Sequence[str], labels: Sequence[str]) -> Examples:
        """Learn vocabulary and rarity; returns the examples, without those that Rasa drops as copies."""
        pairs = zip(texts, labels, strict=True)
        data = TrainingData([Message.build(text, intent) for text, intent in pairs])
        for part in self._parts:
            if isinstance(part, CountVectorsFeaturizer):
                part.train(data)
            part.process_training_data(data)
        found = data.training_examples
        self.blocks = measure(found, self._settings["dense_weight"])
        return Examples(
            self.blocks.matrix(found),
            tuple(example.get(INTENT) for example in found),
            tuple(example.get(TEXT).casefold() for example in found),
            tuple(original_text(example) for example in found),
        )

    def learn_uncalibrated(self, features: sp.csr_matrix, labels: Sequence[str]) -> LinearModel:
        """The model alone: in one group nothing can be held out, so `learn` fits once and leaves sharpness at 1."""
        return learn(features, labels, [""] * len(labels), self._settings["cost"])

    def features(self, texts: Sequence[str]) -> sp.csr_matrix:
        """Features of new texts, shape (texts, features)."""
        messages = [Message.build(text) for text in texts]
        for part in self._parts:
            messages = part.process(messages)
        return self.blocks.matrix(messages)

    def decisions(self, texts: Sequence[str]) -> Floats:
        """What the model says of each intent before softmax and sharpness, shape (texts, intents)."""
        return decisions(self.model, self.features(texts))

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
            self.model.confidences(*self.blocks.row(message[0]))
            taken.append(1000 * (time.process_time() - started))
        return np.array(taken, dtype=np.float32)


def decisions(model: LinearModel, features: sp.csr_matrix) -> Floats:
    """`features @ weights + bias`, shape (rows, intents)."""
    return np.asarray(features @ model.weights.astype(np.float32) + model.bias, dtype=np.float32)


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
