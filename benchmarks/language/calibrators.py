"""Simple ways from the decisions of a linear model to a confidence in its first intent, the engine's among them."""

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize_scalar

from benchmarks.language.reliability import groups
from bot.engine.linear_calibration import Decided, calibrate, softmax

Floats = NDArray[np.float32]
Calibrator = Callable[[Decided], Floats]
ENGINE, TEMPERATURE = "engine's: temperature by language, drawn together", "temperature"
MIN_SENTENCES = 50
"""A language with fewer is calibrated with all others."""


def engines(known: Decided) -> Calibrator:
    """As the engine has it; what is out of scope has its head start already."""
    calibration = calibrate(known, None, 1.0)
    return lambda asked: np.asarray(calibration.confidences(asked.decisions, asked.languages).max(axis=1))


def temperature(known: Decided) -> Calibrator:
    """One temperature, by likelihood of the right intent."""
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
    """The same way, learnt for each language apart; from all for a language that is hardly known."""

    def fitted(known: Decided) -> Calibrator:
        parts = {name: rows for name, rows in groups(known.languages).items() if rows.sum() >= MIN_SENTENCES}
        by_language = {name: fit(known.only(rows)) for name, rows in parts.items()}
        from_all = fit(known)

        def confidences(asked: Decided) -> Floats:
            found = np.zeros(len(asked.numbers), dtype=np.float32)
            for name, rows in groups(asked.languages).items():
                found[rows] = by_language.get(name, from_all)(asked.only(rows))
            return found

        return confidences

    return fitted


WAYS: dict[str, Callable[[Decided], Calibrator]] = {
    ENGINE: engines,
    TEMPERATURE: temperature,
    "temperature per language": per_language(temperature),
    "Platt": platt,
    "Platt per language": per_language(platt),
    "isotonic": isotonic,
    "isotonic per language": per_language(isotonic),
}


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
