"""A linear model over blocks of features: keeping it and using it. `linear_learning` makes it."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bot.engine.linear_calibration import Calibration

Floats = NDArray[np.float32]


@dataclass(frozen=True)
class LinearModel:
    """`decision = features @ weights + bias`; the calibration makes confidences of the decisions.

    weights: (features, labels), of half precision, which halves the engine's largest array; bias: (labels,).
    """

    labels: tuple[str, ...]
    weights: NDArray[np.float16]
    bias: Floats
    calibration: Calibration

    def decide(self, features: Any) -> Floats:
        """Decisions of all labels, shape (rows, labels), for rows of features, dense or sparse."""
        return np.asarray(features @ self.weights.astype(np.float32) + self.bias, dtype=np.float32)

    def confidences(self, columns: NDArray[np.int64], values: Floats, language: str = "") -> Floats:
        """Probabilities of all labels, shape (labels,), for one message given by its features that are not zero."""
        decision = values @ self.weights[columns].astype(np.float32) + self.bias
        return self.calibration.confidences(decision[None, :], [language])[0]

    def save(self, folder: Path) -> None:
        """Write numbers as npz and names as JSON; nothing that runs code when it is read."""
        np.savez(folder / "linear.npz", weights=self.weights, bias=self.bias)
        document = {"labels": self.labels, "calibration": self.calibration.as_document()}
        (folder / "linear.json").write_text(json.dumps(document, ensure_ascii=False, indent=1), "utf-8")

    @classmethod
    def load(cls, folder: Path) -> "LinearModel":
        """Read what `save` has written."""
        document = json.loads((folder / "linear.json").read_text("utf-8"))
        with np.load(folder / "linear.npz", allow_pickle=False) as arrays:
            weights, bias = arrays["weights"], arrays["bias"]
        return cls(tuple(document["labels"]), weights, bias, Calibration.of_document(document["calibration"]))
