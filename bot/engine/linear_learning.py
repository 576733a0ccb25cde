"""Learns a linear model of one vector for each label, and its calibration on folds that were held out.

Two stages, first the domain of a label (`work` of `work.permit`), then the topic within it, were tried on the 3,768
questions of the entries, which neither encoder nor model had seen. First topic right, and among three: topics alone
.650 and .830; two stages, the first one's choice final, .634 and .730; both as probabilities multiplied, .643 and .818;
a share of the domain's decision added to the topic's, as here, .661 and .840.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from bot.engine.linear_calibration import Calibration, Decided, calibrate
from bot.engine.linear_model import LinearModel

Floats = NDArray[np.float32]
Numbers = NDArray[np.int64]
DOMAIN_SHARE = 0.3
DOMAIN_MARK = "."
BALANCE = 0.5
"""0: every example weighs the same; 1: every language weighs the same, however few its examples are."""
MIN_LANGUAGE_SHARE = 0.05
"""What is said to be in a language with fewer examples is mostly misread, and weighs as those of the largest one."""
UNKNOWN_DECISION = -1.0
"""Of a label whose examples all lie in the fold that is held out: an SVM says this of what is none of its own."""


class TooFewIntentsError(Exception):
    """A classifier needs examples of at least two intents."""


@dataclass(frozen=True)
class Examples:
    """features: (examples, features); a label and a language for each example."""

    features: sp.csr_matrix
    labels: tuple[str, ...]
    languages: tuple[str, ...]

    def only(self, rows: Numbers) -> "Examples":
        """Some of them."""
        labels, languages = (tuple(of[row] for row in rows) for of in (self.labels, self.languages))
        return Examples(self.features[rows], labels, languages)


@dataclass(frozen=True)
class Settings:
    """`cost` is the SVM's C; of what is in scope the share `acceptance` is not taken for the label `out_of_scope`.

    From the labels in `spared` it takes nothing that they have not lost without its head start.
    """

    cost: float
    out_of_scope: str
    acceptance: float
    spared: tuple[str, ...] = ()


def learn(examples: Examples, folds: Numbers, settings: Settings) -> LinearModel:
    """Fit a one-against-the-rest linear SVM, and its calibration on folds that were held out.

    folds: the fold of each example, see `linear_folds`. A sentence encoder that has learnt from the examples knows
    them on folds too, so that confidences are rather high: `benchmarks.language.calibration` says how much. Raises
    `TooFewIntentsError`.
    """
    model = learn_uncalibrated(examples, settings)
    place = model.labels.index(settings.out_of_scope) if settings.out_of_scope in model.labels else None
    known = decided_on_folds(examples, folds, model.labels, settings)
    spared = tuple(number for number, label in enumerate(model.labels) if label in settings.spared)
    calibration = calibrate(known, place, settings.acceptance, spared)
    return LinearModel(model.labels, model.weights, model.bias, calibration)


def learn_uncalibrated(examples: Examples, settings: Settings) -> LinearModel:
    """The model alone; raises `TooFewIntentsError`."""
    labels = tuple(sorted(set(examples.labels)))
    if len(labels) < 2:
        raise TooFewIntentsError(f"the examples have {len(labels)} intent, at least 2 are needed")
    weights, bias = _fit(examples, examples.labels, labels, settings.cost)
    domains = tuple(sorted({_domain(label) for label in labels}))
    if 2 <= len(domains) < len(labels):
        owners = [domains.index(_domain(label)) for label in labels]
        of_domains, domain_bias = _fit(examples, [_domain(label) for label in examples.labels], domains, settings.cost)
        weights = weights + DOMAIN_SHARE * of_domains[:, owners]
        bias = bias + DOMAIN_SHARE * domain_bias[owners]
    return LinearModel(labels, weights.astype(np.float16), bias.astype(np.float32), Calibration())


def decided_on_folds(examples: Examples, folds: Numbers, labels: Sequence[str], settings: Settings) -> Decided:
    """What models that have not learnt a fold say of its examples; folds without which nothing is left are left out."""
    known, decisions = np.zeros(len(folds), dtype=bool), np.zeros((len(folds), len(labels)), dtype=np.float32)
    for fold in np.unique(folds):
        inside, outside = np.flatnonzero(folds != fold), np.flatnonzero(folds == fold)
        if len({examples.labels[row] for row in inside}) < 2:
            continue
        model = learn_uncalibrated(examples.only(inside), settings)
        decisions[outside] = UNKNOWN_DECISION
        decisions[np.ix_(outside, _numbers(model.labels, labels))] = model.decide(examples.features[outside])
        known[outside] = True
    return Decided(decisions, _numbers(examples.labels, labels), examples.languages).only(known)


def _fit(examples: Examples, owners: Sequence[str], names: Sequence[str], cost: float) -> tuple[Floats, Floats]:
    """Weights of shape (features, names) and bias of shape (names,) that tell the owners of the examples apart."""
    from sklearn.svm import LinearSVC

    machine = LinearSVC(C=cost, random_state=0)
    machine.fit(examples.features, _numbers(owners, names), sample_weight=_weights(examples.languages))
    # With two labels scikit-learn keeps one decision only.
    coefficients = machine.coef_ if len(names) > 2 else np.vstack([-machine.coef_, machine.coef_])
    intercepts = machine.intercept_ if len(names) > 2 else np.array([-machine.intercept_[0], machine.intercept_[0]])
    return np.ascontiguousarray(coefficients.T, dtype=np.float32), intercepts.astype(np.float32)


def _weights(languages: Sequence[str]) -> NDArray[np.float64]:
    """Of each example, 1 on average: more in a language that has fewer."""
    counts = Counter(languages)
    largest, few = max(counts.values()), MIN_LANGUAGE_SHARE * len(languages)
    shares = {language: (count if count >= few else largest) ** -BALANCE for language, count in counts.items()}
    weights = np.array([shares[language] for language in languages])
    return np.asarray(weights / weights.mean())


def _domain(label: str) -> str:
    return label.partition(DOMAIN_MARK)[0]


def _numbers(labels: Sequence[str], names: Sequence[str]) -> Numbers:
    places = {name: number for number, name in enumerate(names)}
    return np.array([places[label] for label in labels], dtype=np.int64)
