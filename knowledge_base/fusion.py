"""Joins similarity, keywords and the classifier's ranking to one probability for each entry and for "none of them"."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

Floats = NDArray[np.float64]
Topics = Sequence[str] | NDArray[np.int64]

FILE = "fusion.json"
LEAST_TOPIC = 0.01
"""Probability of a topic that the classifier does not name: it may be wrong."""
_TYPICAL = np.array([16.5, 1.0, 7.2])
"""Weights of similarity, coverage and none where nothing can be fitted; fitting starts from them and is held to them.

They were fitted on questions that neither the encoder nor the index had seen.
"""
_TYPICAL_LIMIT = 0.4
_HOLD = 0.01


class FusionError(Exception):
    """The weights of an index cannot be read; the message says what to do."""


@dataclass(frozen=True)
class Case:
    """One question for fitting: evidence for the entries that may be shown, and which of them is right.

    similarity, coverage, topics: (entries,); right: the number of an entry, or None: nothing of ours answers it.
    """

    similarity: Floats
    coverage: Floats
    topics: Sequence[str]
    right: int | None


@dataclass(frozen=True)
class Fusion:
    """A multinomial logit: an entry's logit is its weighed evidence, that of "none" is `none`.

    A question is in our content if the likeliest entry and the others on its topic together reach `min_topic`.
    `held_out_known` is the share of held-out questions of ours that do, `held_out_foreign` of foreign ones that do not.
    """

    similarity_weight: float
    coverage_weight: float
    none: float
    min_topic: float
    held_out_known: float | None = None
    held_out_foreign: float | None = None

    def probabilities(self, similarity: Floats, coverage: Floats, topics: Floats | None = None) -> Floats:
        """Probability of each entry, then of none: (entries + 1,), sum 1.

        similarity, coverage: (entries,). topics: (entries + 1,): the classifier's probability of each entry's topic,
        then of all topics that have no entry here; None where there is no ranking.
        """
        logits = np.append(self.similarity_weight * similarity + self.coverage_weight * coverage, self.none)
        if topics is not None:
            logits = logits + np.log(np.maximum(topics, LEAST_TOPIC))
        powers = np.exp(logits - logits.max())
        return np.asarray(powers / powers.sum(), dtype=np.float64)

    def is_in_content(self, probabilities: Floats, topics: Topics) -> bool:
        """Is the topic of the likeliest entry likely enough? topics: (entries,), names or numbers of the entries'."""
        return bool(_topic_probability(probabilities, topics) >= self.min_topic)

    def save(self, folder: Path) -> None:
        """Write `fusion.json`."""
        (folder / FILE).write_text(json.dumps(asdict(self), indent=1) + "\n", "utf-8")

    @classmethod
    def load(cls, folder: Path) -> "Fusion":
        """Read what `save` has written; raises `FusionError`."""
        try:
            return cls(**json.loads((folder / FILE).read_text("utf-8")))
        except (OSError, ValueError, TypeError) as error:
            raise FusionError(f"{folder / FILE} cannot be read ({error}); run `safar train`") from error


def fit(cases: Sequence[Case]) -> Fusion:
    """Fit the weights by held-out questions; typical ones where there are no questions or no foreign ones."""
    known = [case for case in cases if case.right is not None]
    foreign = [case for case in cases if case.right is None]
    if not known or not foreign:
        return _fusion(_TYPICAL, _TYPICAL_LIMIT)
    balance = len(known) / len(foreign)

    def loss(weights: Floats) -> float:
        fusion = _fusion(weights, _TYPICAL_LIMIT)
        lost = sum(-np.log(max(_of_right(fusion, case), 1e-9)) for case in known)
        lost += balance * sum(-np.log(max(_of_right(fusion, case), 1e-9)) for case in foreign)
        return float(lost) / (2 * len(known)) + _HOLD * float(((weights - _TYPICAL) ** 2).sum())

    best = minimize(loss, _TYPICAL, method="Nelder-Mead", options={"maxiter": 200, "xatol": 0.02, "fatol": 1e-4})
    return _with_limit(_fusion(best.x, _TYPICAL_LIMIT), known, foreign)


def _fusion(weights: Floats, min_topic: float) -> Fusion:
    similarity, coverage, none = (round(max(0.0, float(weight)), 3) for weight in weights)
    return Fusion(similarity, coverage, none, min_topic)


def _of_right(fusion: Fusion, case: Case) -> float:
    probabilities = fusion.probabilities(case.similarity, case.coverage)
    return float(probabilities[-1 if case.right is None else case.right])


def _with_limit(fusion: Fusion, known: Sequence[Case], foreign: Sequence[Case]) -> Fusion:
    """Choose the limit where as many questions of ours are kept as foreign ones are refused, on the whole most."""
    ours, others = _of_best(fusion, known), _of_best(fusion, foreign)
    best = max(np.linspace(0.25, 0.75, 21), key=lambda limit: (ours >= limit).mean() + (others < limit).mean())
    return Fusion(
        fusion.similarity_weight,
        fusion.coverage_weight,
        fusion.none,
        round(float(best), 3),
        round(float((ours >= best).mean()), 3),
        round(float((others < best).mean()), 3),
    )


def _of_best(fusion: Fusion, cases: Sequence[Case]) -> Floats:
    return np.array(
        [_topic_probability(fusion.probabilities(case.similarity, case.coverage), case.topics) for case in cases]
    )


def _topic_probability(probabilities: Floats, topics: Topics) -> float:
    """The probability of all entries on the likeliest one's topic together."""
    of_entries = np.asarray(topics)
    return float(probabilities[:-1][of_entries == of_entries[probabilities[:-1].argmax()]].sum())
