"""Simple ways from the decisions of a linear model to a confidence in its first intent."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize_scalar

from benchmarks.language.reliability import groups
from bot.engine.linear_model import softmax

Floats = NDArray[np.float32]
Calibrator = Callable[["Decided"], Floats]


@dataclass(frozen=True)
class Decided:
    """Decisions, (sentences, intents); the right intents' numbers, (sentences,); each sentence's language."""

    decisions: Floats
    numbers: NDArray[np.int64]
    languages: tuple[str, ...]

    @property
    def hits(self) -> NDArray[np.bool_]:
        """Where the first intent is the right one, (sentences,)."""
        return np.asarray(self.decisions.argmax(axis=1) == self.numbers)

    def only(self, rows: NDArray[np.bool_]) -> "Decided":
        """Some of the sentences."""
        languages = tuple(language for language, kept in zip(self.languages, rows, strict=True) if kept)
        return Decided(self.decisions[rows], self.numbers[rows], languages)


def temperature(known: Decided) -> Calibrator:
    """One temperature, by likelihood of the right intent, as the engine has it."""
    sharpness = _sharpness(known)
    return lambda asked: _first(asked, sharpness)


def platt(known: Decided) -> Calibrator:
    """Logistic regression from the log-odds of the first intent, at the one temperature, to whether it is right."""
    from sklearn.linear_model import LogisticRegression

    sharpness = _sharpness(known)
    curve = LogisticRegression(C=1e6).fit(_log_odds(_first(known, sharpness)), known.hits)
    return lambda asked: np.asarray(curve.predict_proba(_log_odds(_first(asked, sharpness)))[:, 1], dtype=np.float32)


def isotonic(known: Decided) -> Calibrator:
    """The best rising step function from the first intent's confidence, at the one temperature, to the share right."""
    from sklearn.isotonic import IsotonicRegression

    sharpness = _sharpness(known)
    steps = IsotonicRegression(y_min=0, y_max=1, out_of_bounds="clip").fit(_first(known, sharpness), known.hits)
    return lambda asked: np.asarray(steps.predict(_first(asked, sharpness)), dtype=np.float32)


def per_language(fit: Callable[[Decided], Calibrator]) -> Callable[[Decided], Calibrator]:
    """The same way, learnt for each language apart."""

    def fitted(known: Decided) -> Calibrator:
        by_language = {name: fit(known.only(rows)) for name, rows in groups(known.languages).items()}

        def confidences(asked: Decided) -> Floats:
            found = np.zeros(len(asked.numbers), dtype=np.float32)
            for name, rows in groups(asked.languages).items():
                found[rows] = by_language[name](asked.only(rows))
            return found

        return confidences

    return fitted


WAYS: dict[str, Callable[[Decided], Calibrator]] = {
    "temperature": temperature,
    "temperature per language": per_language(temperature),
    "Platt": platt,
    "Platt per language": per_language(platt),
    "isotonic": isotonic,
    "isotonic per language": per_language(isotonic),
}


def on_held_out_folds(fit: Callable[[Decided], Calibrator], known: Decided, folds: NDArray[np.int64]) -> Floats:
    """Confidences of each fold from a calibrator that was fitted on the others, (sentences,)."""
    found = np.zeros(len(folds), dtype=np.float32)
    for fold in np.unique(folds):
        found[folds == fold] = fit(known.only(folds != fold))(known.only(folds == fold))
    return found


def numbers_of(intents: Sequence[str], labels: Sequence[str]) -> NDArray[np.int64]:
    """The places of the intents among the labels."""
    places = {label: number for number, label in enumerate(labels)}
    return np.array([places[intent] for intent in intents])


def _sharpness(known: Decided) -> float:
    def loss(exponent: float) -> float:
        right = softmax(known.decisions * np.float32(np.exp(exponent)))[np.arange(len(known.numbers)), known.numbers]
        return float(-np.log(np.maximum(right, 1e-12)).mean())

    return float(np.exp(minimize_scalar(loss, bounds=(-2.0, 4.0), method="bounded").x))


def _first(of: Decided, sharpness: float) -> Floats:
    return np.asarray(softmax(of.decisions * np.float32(sharpness)).max(axis=1), dtype=np.float32)


def _log_odds(confidences: Floats) -> NDArray[np.float64]:
    sure = np.clip(confidences.astype(np.float64), 1e-6, 1 - 1e-6)
    return np.asarray(np.log(sure / (1 - sure))[:, None])
