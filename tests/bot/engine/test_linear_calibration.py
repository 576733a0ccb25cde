"""From decisions to confidences: true, in the same order, by language; and what is out of scope."""

import numpy as np
import pytest

from bot.engine.linear_calibration import ANY, Calibration, Decided, calibrate, softmax

OUT = 2


def decided(count: int, seed: int, too_sure: dict[str, float]) -> Decided:
    """Decisions of three labels whose softmax is true, then made surer by what `too_sure` says of a language."""
    chance = np.random.default_rng(seed)
    logits = chance.standard_normal((count, 3)) * 1.5
    numbers = np.array([chance.choice(3, p=row) for row in softmax(logits)])
    languages = tuple(chance.choice(list(too_sure), count))
    factors = np.array([too_sure[language] for language in languages])
    return Decided((logits * factors[:, None]).astype(np.float32), numbers, languages)


def gap(calibration: Calibration, of: Decided) -> float:
    """Mean confidence less the share that is right."""
    return float(calibration.confidences(of.decisions, of.languages).max(axis=1).mean() - of.hits.mean())


def in_and_out_of_scope(count: int, seed: int) -> Decided:
    """The label out of scope decides nothing; what belongs to it is what the two others decide little of."""
    chance = np.random.default_rng(seed)
    numbers = chance.choice(3, count, p=[0.45, 0.45, 0.1])
    decisions = chance.normal(-1.0, 0.3, (count, 3))
    inside = numbers != OUT
    decisions[inside, numbers[inside]] += 1.5
    decisions[:, OUT] = -1.2
    return Decided(decisions.astype(np.float32), numbers, tuple(chance.choice(["ru", "kk"], count)))


def test_confidences_become_true() -> None:
    too_sure = {"ru": 3.0}
    calibration = calibrate(decided(3000, 1, too_sure), None, 1.0)
    asked = decided(3000, 2, too_sure)
    assert gap(Calibration(), asked) > 0.1
    assert gap(calibration, asked) == pytest.approx(0, abs=0.03)


def test_a_language_that_is_too_sure_is_mended_alone() -> None:
    too_sure = {"ru": 1.0, "kk": 1.8}
    calibration = calibrate(decided(4000, 1, too_sure), None, 1.0)
    assert calibration.sharpness["kk"] < calibration.sharpness["ru"] - 0.3
    asked = decided(4000, 2, too_sure)
    rows = np.array(asked.languages) == "kk"
    assert gap(calibration, asked.only(rows)) == pytest.approx(0, abs=0.03)


def test_a_language_with_few_examples_is_taken_for_the_others() -> None:
    many, few = decided(3000, 1, {"ru": 1.0}), decided(5, 2, {"kk": 5.0})
    calibration = calibrate(many.joined(few), None, 1.0)
    assert calibration.sharpness["kk"] == pytest.approx(calibration.sharpness["ru"], abs=0.3)  # and not log 5


def test_the_order_stays_and_the_sum_is_one() -> None:
    known = decided(500, 1, {"ru": 2.0, "kk": 1.0})
    found = calibrate(known, None, 1.0).confidences(known.decisions, known.languages)
    assert np.array_equal(found.argsort(axis=1), known.decisions.argsort(axis=1))
    assert found.sum(axis=1) == pytest.approx(np.ones(500), abs=1e-5)


def test_out_of_scope_is_noticed_and_what_is_in_scope_is_accepted() -> None:
    known, asked = in_and_out_of_scope(2000, 1), in_and_out_of_scope(2000, 2)
    calibration = calibrate(known, OUT, 0.95)
    started = calibration.with_head_start(asked.decisions, asked.languages)
    taken, outside = started.argmax(axis=1) == OUT, asked.numbers == OUT
    assert (asked.decisions[outside].argmax(axis=1) == OUT).mean() < 0.2
    assert taken[outside].mean() > 0.6
    assert (~taken[~outside]).mean() > 0.93
    assert set(calibration.head_start) == {ANY, "ru", "kk"}


def test_what_is_out_of_scope_takes_nothing_from_a_spared_label_that_is_best() -> None:
    known, asked = in_and_out_of_scope(2000, 1), in_and_out_of_scope(2000, 2)
    free, spared = calibrate(known, OUT, 0.8), calibrate(known, OUT, 0.8, spared=(0,))
    best_of_rest = np.delete(asked.decisions, OUT, axis=1).argmax(axis=1)
    before = asked.decisions.argmax(axis=1)
    taken_freely, taken = (
        each.with_head_start(asked.decisions, asked.languages).argmax(axis=1) for each in (free, spared)
    )
    is_first = best_of_rest == 0
    assert (taken_freely[is_first] != before[is_first]).any()
    assert np.array_equal(taken[is_first], before[is_first])
    assert np.array_equal(taken[~is_first], taken_freely[~is_first])


def test_a_language_whose_decisions_lie_low_has_a_smaller_head_start() -> None:
    known = in_and_out_of_scope(4000, 1)
    low = np.array(known.languages) == "kk"
    lower = known.decisions.copy()
    lower[np.ix_(low, [0, 1])] -= 0.3
    calibration = calibrate(Decided(lower, known.numbers, known.languages), OUT, 0.95)
    assert calibration.head_start["kk"] < calibration.head_start["ru"] - 0.15


def test_without_anything_to_fit_on_decisions_stay_as_they_are() -> None:
    nothing = Decided(np.zeros((0, 3), np.float32), np.zeros(0, np.int64), ())
    assert calibrate(nothing, OUT, 0.95) == Calibration(out_of_scope=OUT)


def test_it_is_kept_as_plain_values() -> None:
    calibration = calibrate(in_and_out_of_scope(500, 1), OUT, 0.9)
    assert Calibration.of_document(calibration.as_document()) == calibration
