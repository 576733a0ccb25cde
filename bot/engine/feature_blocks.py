"""Joins the features of a message to one row: each featurizer a block of unit length, n-grams weighed by rarity."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray
from rasa.shared.nlu.constants import FEATURE_TYPE_SENTENCE, TEXT
from rasa.shared.nlu.training_data.features import Features
from rasa.shared.nlu.training_data.message import Message

Floats = NDArray[np.float32]


class FeaturesChangedError(Exception):
    """The pipeline gives other features than those the model was trained on."""


@dataclass(frozen=True)
class FeatureBlocks:
    """For each featurizer, in the pipeline's order: its name, its width, and for n-grams the rarity of each."""

    names: tuple[str, ...]
    widths: tuple[int, ...]
    rarity: Floats
    dense_weight: float

    def row(self, message: Message) -> tuple[NDArray[np.int64], Floats]:
        """Columns and values of the features of one message that are not zero."""
        columns, values, offset = [], [], 0
        features = {feature.origin: feature.features for feature in sentence_features(message)}
        for name, width in zip(self.names, self.widths, strict=True):
            block = features.get(name)
            if block is not None:
                if block.shape[-1] != width:
                    raise FeaturesChangedError(f"{name} gives {block.shape[-1]} features, the model has {width}")
                found, weighed = self._weigh(block, offset)
                columns.append(found)
                values.append(weighed)
            offset += width
        if not columns:
            return np.zeros(0, np.int64), np.zeros(0, np.float32)
        return np.concatenate(columns), np.concatenate(values)

    def matrix(self, messages: Sequence[Message]) -> sp.csr_matrix:
        """Rows of all messages, shape (messages, sum of widths)."""
        rows = [self.row(message) for message in messages]
        starts = np.cumsum([0, *(len(columns) for columns, _ in rows)])
        columns = np.concatenate([columns for columns, _ in rows])
        values = np.concatenate([values for _, values in rows])
        return sp.csr_matrix((values, columns, starts), shape=(len(rows), sum(self.widths)))

    def save(self, folder: Path) -> None:
        """Write beside the model."""
        np.savez(folder / "blocks.npz", rarity=self.rarity)
        document = {"names": self.names, "widths": self.widths, "dense_weight": self.dense_weight}
        (folder / "blocks.json").write_text(json.dumps(document), "utf-8")

    @classmethod
    def load(cls, folder: Path) -> "FeatureBlocks":
        """Read what `save` has written."""
        document = json.loads((folder / "blocks.json").read_text("utf-8"))
        with np.load(folder / "blocks.npz", allow_pickle=False) as arrays:
            rarity = arrays["rarity"]
        return cls(tuple(document["names"]), tuple(document["widths"]), rarity, document["dense_weight"])

    def _weigh(self, block: Any, offset: int) -> tuple[NDArray[np.int64], Floats]:
        if not sp.issparse(block):
            values = np.asarray(block, dtype=np.float32).ravel()
            return np.arange(offset, offset + len(values)), _unit(values) * np.float32(self.dense_weight)
        entries = block.tocoo()
        columns = entries.col.astype(np.int64) + offset
        return columns, _unit((1 + np.log(entries.data)).astype(np.float32) * self.rarity[columns])


def measure(messages: Sequence[Message], dense_weight: float) -> FeatureBlocks:
    """Find the blocks of the examples' features, and how rare each n-gram is among them."""
    widths: dict[str, int] = {}
    for feature in sentence_features(messages[0]):
        widths[feature.origin] = feature.features.shape[-1]
    counts = np.zeros(sum(widths.values()), dtype=np.float32)
    offsets = dict(zip(widths, np.cumsum([0, *widths.values()]), strict=False))
    for message in messages:
        for feature in sentence_features(message):
            if feature.is_sparse():
                counts[feature.features.tocoo().col + offsets[feature.origin]] += 1
    rarity = (np.log((1 + len(messages)) / (1 + counts)) + 1).astype(np.float32)
    return FeatureBlocks(tuple(widths), tuple(widths.values()), rarity, dense_weight)


def sentence_features(message: Message) -> list[Features]:
    """The features of the whole sentence, in the order of the pipeline."""
    found: list[Features] = message.features
    return [feature for feature in found if feature.attribute == TEXT and feature.type == FEATURE_TYPE_SENTENCE]


def sentence_vectors(messages: Sequence[Message]) -> Floats | None:
    """The first dense feature of the whole sentence, (messages, size), of unit length; None where one has none."""
    rows = [[feature.features.ravel() for feature in sentence_features(m) if not feature.is_sparse()] for m in messages]
    if not all(rows):
        return None
    return np.stack([_unit(row[0].astype(np.float32)) for row in rows])


def _unit(values: Floats) -> Floats:
    length = float(np.sqrt(values @ values))
    return values / np.float32(length) if length else values
