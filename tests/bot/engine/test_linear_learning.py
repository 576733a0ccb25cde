"""What the linear model learns, and what it is calibrated on."""

import numpy as np
import pytest
import scipy.sparse as sp

from bot.engine.linear_folds import same_together
from bot.engine.linear_learning import (
    UNKNOWN_DECISION,
    Examples,
    Settings,
    TooFewIntentsError,
    decided_on_folds,
    learn,
    learn_uncalibrated,
)
from bot.engine.linear_model import LinearModel

SETTINGS = Settings(cost=1.0, out_of_scope="meta.out_of_scope", acceptance=0.95)


def of(points: np.ndarray, labels: list[str], languages: list[str] | None = None) -> Examples:
    return Examples(sp.csr_matrix(points.astype(np.float32)), tuple(labels), tuple(languages or ["ru"] * len(labels)))


def mean_confidence(model: LinearModel, asked: Examples) -> float:
    found = model.calibration.confidences(model.decide(asked.features), asked.languages)
    return float(found.max(axis=1).mean())


def test_two_intents_and_one_example_each_are_enough() -> None:
    examples = of(np.eye(2), ["x", "y"])
    model = learn(examples, np.array([0, 1]), SETTINGS)
    assert model.decide(examples.features).argmax(axis=1).tolist() == [0, 1]


def test_one_intent_is_refused() -> None:
    with pytest.raises(TooFewIntentsError):
        learn(of(np.eye(2), ["x", "x"]), np.array([0, 1]), SETTINGS)


def test_the_same_sentence_in_two_scripts_does_not_flatter_the_confidence() -> None:
    chance = np.random.default_rng(3)
    points = np.repeat(chance.standard_normal((60, 200)), 2, axis=0)
    examples = of(points, list(np.repeat(chance.choice(["a", "b", "c"], 60), 2)))
    together = learn(examples, same_together([str(n // 2) for n in range(120)]), SETTINGS)
    apart = learn(examples, same_together([str(n) for n in range(120)]), SETTINGS)
    new = of(chance.standard_normal((100, 200)), ["a"] * 100)
    assert mean_confidence(together, new) < mean_confidence(apart, new) - 0.1


def test_what_is_out_of_scope_gets_its_head_start_from_folds() -> None:
    """It lies between the two others, and few examples tell so."""
    chance = np.random.default_rng(5)
    numbers = chance.choice(3, 900, p=[0.47, 0.47, 0.06])
    names = ["work.permit", "bans.check", SETTINGS.out_of_scope]
    middles = np.array([[1.0, 0.0], [0.0, 1.0], [0.0, 0.0]])
    examples = of(middles[numbers] + 0.2 * chance.standard_normal((900, 2)), [names[number] for number in numbers])
    model = learn(examples, np.arange(900) % 3, SETTINGS)
    place, decisions = model.labels.index(SETTINGS.out_of_scope), model.decide(examples.features)
    started = model.calibration.with_head_start(decisions, examples.languages)
    before, after, outside = (decisions.argmax(axis=1) == place), (started.argmax(axis=1) == place), numbers == 2
    assert after[outside].mean() > before[outside].mean() + 0.1
    assert (~after[~outside]).mean() > 0.93


def test_a_language_with_few_examples_is_not_drowned() -> None:
    points = np.array([[1.0, 0.0]] * 90 + [[1.0, 1.0]] * 10 + [[0.0, 1.0]] * 50)
    labels = ["a"] * 90 + ["b"] * 10 + ["a"] * 50
    alike = learn_uncalibrated(of(points, labels), SETTINGS)
    apart = learn_uncalibrated(of(points, labels, ["ru"] * 90 + ["en"] * 10 + ["ru"] * 50), SETTINGS)
    asked = sp.csr_matrix(np.array([[1.0, 1.0]], dtype=np.float32))
    lead = [float(np.diff(model.decide(asked)[0])[0]) for model in (alike, apart)]
    assert lead[1] > lead[0]


def test_what_is_known_of_a_domain_helps_its_topics() -> None:
    """The third feature tells the domain; it was never seen with this topic of it."""
    points = np.array([[1, 0, 0, 0, 0], [0, 1, 0, 0, 1], [0, 0, 1, 0, 0], [0, 0, 0, 1, 0]]).repeat(5, axis=0)
    dotted, plain = (
        learn_uncalibrated(of(points, [name for name in names for _ in range(5)]), SETTINGS)
        for names in (["work.a", "work.b", "bans.a", "bans.b"], ["worka", "workb", "bansa", "bansb"])
    )
    asked = sp.csr_matrix(np.array([[0, 0, 0, 0, 1]], dtype=np.float32))
    with_domain, without = dict(zip(dotted.labels, dotted.decide(asked)[0], strict=True)), plain.decide(asked)[0]
    gain = with_domain["work.a"] - with_domain["bans.a"]
    assert gain > dict(zip(plain.labels, without, strict=True))["worka"] - without[0] + 0.1


def test_a_label_that_lies_in_one_fold_is_no_hindrance() -> None:
    examples = of(np.eye(3).repeat(4, axis=0), ["a"] * 4 + ["b"] * 4 + ["c"] * 4)
    folds = np.array([0, 1, 2, 0] * 2 + [0] * 4)
    decided = decided_on_folds(examples, folds, ("a", "b", "c"), SETTINGS)
    assert len(decided.numbers) == 12
    assert (decided.decisions[folds == 0][:, 2] == UNKNOWN_DECISION).all()
