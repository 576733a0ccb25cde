"""From the decisions of a linear model to confidences that are true, and to a say on what is out of scope."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
ANY = ""
"""Stands for a language that is not known or was not learnt."""
LANGUAGE_SPREAD = 0.1
"""How far, in natural logarithms, a language's sharpness is expected to lie from that of all; few examples say less."""
SPREAD = 2.0
"""How far the sharpness of all may lie from that of decisions as they are; holds it where examples are a handful."""
LANGUAGE_EXAMPLES = 100
"""A language with so many examples has as much say in its head start as all languages together."""


@dataclass(frozen=True)
class Decided:
    """What a model says of examples that it has not learnt from.

    decisions: (examples, labels); numbers: the right labels' places, (examples,); a language for each example.
    """

    decisions: Floats
    numbers: NDArray[np.int64]
    languages: tuple[str, ...]

    @property
    def hits(self) -> NDArray[np.bool_]:
        """Where the highest decision is the right label's, (examples,)."""
        return np.asarray(self.decisions.argmax(axis=1) == self.numbers)

    def only(self, rows: NDArray[np.bool_]) -> "Decided":
        """Some of the examples."""
        languages = tuple(language for language, kept in zip(self.languages, rows, strict=True) if kept)
        return Decided(self.decisions[rows], self.numbers[rows], languages)

    def joined(self, other: "Decided") -> "Decided":
        """These and others."""
        decisions = np.concatenate([self.decisions, other.decisions])
        return Decided(decisions, np.concatenate([self.numbers, other.numbers]), self.languages + other.languages)


@dataclass(frozen=True)
class Calibration:
    """`confidence = softmax(decisions * exp(sharpness))`; it never changes the order.

    Temperature scaling (Guo et al. 2017, https://arxiv.org/abs/1706.04599); `sharpness` is the logarithm of 1 /
    temperature. It and `head_start`, which is first added to the decision of the label at `out_of_scope`, are by
    language; `ANY` is for all others. There is no head start where the best of the other labels is at one of `spared`.
    """

    sharpness: Mapping[str, float] = field(default_factory=lambda: {ANY: 0.0})
    out_of_scope: int | None = None
    head_start: Mapping[str, float] = field(default_factory=lambda: {ANY: 0.0})
    spared: tuple[int, ...] = ()

    def confidences(self, decisions: Floats, languages: Sequence[str]) -> Floats:
        """Probabilities of shape (rows, labels) for decisions of that shape and the language of each row."""
        started = self.with_head_start(decisions, languages)
        sharpness = [self.sharpness.get(language, self.sharpness[ANY]) for language in languages]
        return softmax(started * np.exp(np.array(sharpness, dtype=np.float32))[:, None])

    def with_head_start(self, decisions: Floats, languages: Sequence[str]) -> Floats:
        """The decisions, where what is out of scope has its head start."""
        started = decisions.copy()
        if self.out_of_scope is not None:
            gifts = [self.head_start.get(language, self.head_start[ANY]) for language in languages]
            is_spared = np.isin(_best_in_scope(decisions, self.out_of_scope), np.array(self.spared, dtype=np.int64))
            started[:, self.out_of_scope] += np.where(is_spared, 0.0, np.array(gifts, dtype=np.float32))
        return started

    def as_document(self) -> dict[str, Any]:
        """Plain values, for JSON."""
        return asdict(self)

    @classmethod
    def of_document(cls, document: Mapping[str, Any]) -> "Calibration":
        """The other way."""
        return cls(**{**document, "spared": tuple(document["spared"])})


def calibrate(known: Decided, out_of_scope: int | None, acceptance: float, spared: Sequence[int] = ()) -> Calibration:
    """Fit on examples that were held out; none of them means decisions as they are.

    out_of_scope: place of the label of what is out of scope, if there is one; the share `acceptance` of what is in
    scope is not taken for it. spared: places of labels from which it takes nothing by a head start.
    """
    start = _head_start(known, out_of_scope, acceptance) if len(known.numbers) else {ANY: 0.0}
    begun = Calibration(out_of_scope=out_of_scope, head_start=start, spared=tuple(spared))
    if not len(known.numbers):
        return begun
    sharpness = _sharpness(begun.with_head_start(known.decisions, known.languages), known)
    return replace(begun, sharpness=sharpness)


def softmax(decisions: Floats) -> Floats:
    """Row-wise softmax, shape (rows, labels)."""
    powers = np.exp(decisions - decisions.max(axis=1, keepdims=True))
    return np.asarray(powers / powers.sum(axis=1, keepdims=True))


def lead_in_scope(decisions: Floats, out_of_scope: int) -> Floats:
    """By how much the best label in scope is above that of what is out of scope, shape (rows,)."""
    inside = np.delete(decisions, out_of_scope, axis=1)
    return np.asarray(inside.max(axis=1) - decisions[:, out_of_scope])


def _best_in_scope(decisions: Floats, out_of_scope: int) -> NDArray[np.int64]:
    """The place of the best label in scope, shape (rows,)."""
    inside = decisions.copy()
    inside[:, out_of_scope] = -np.inf
    return np.asarray(inside.argmax(axis=1), dtype=np.int64)


def _head_start(known: Decided, out_of_scope: int | None, acceptance: float) -> dict[str, float]:
    """By language: what takes most of what is out of scope from the rest, drawn to that of all languages."""
    if out_of_scope is None or not (known.numbers != out_of_scope).any():
        return {ANY: 0.0}
    leads, outside = lead_in_scope(known.decisions, out_of_scope), known.numbers == out_of_scope
    common = _limit(leads[~outside], leads[outside], acceptance)
    found, languages = {ANY: common}, np.array(known.languages)
    for language in sorted(set(known.languages) - {ANY}):
        rows = languages == language
        inside_count = int((rows & ~outside).sum())
        if inside_count:
            own = _limit(leads[rows & ~outside], leads[rows & outside], acceptance)
            weight = inside_count / (inside_count + LANGUAGE_EXAMPLES)
            found[language] = weight * own + (1 - weight) * common
    return found


def _limit(inside: Floats, outside: Floats, acceptance: float) -> float:
    """The lead below which a sentence is out of scope: most sentences on the right side, enough of them accepted."""
    highest = float(np.quantile(inside, 1 - acceptance))
    tried = np.append(outside[outside < highest], highest)
    accepted = np.array([(inside > limit).mean() for limit in tried])
    noticed = np.array([(outside <= limit).mean() if len(outside) else 0.0 for limit in tried])
    return float(tried[int(np.argmax(accepted + noticed))])


def _sharpness(decisions: Floats, known: Decided) -> dict[str, float]:
    """By language and of all, by likelihood of the right labels; languages are drawn to what all share."""
    from scipy.optimize import minimize

    names = sorted(set(known.languages) - {ANY})
    member = [[1.0, *(float(language == name) for name in names)] for language in known.languages]
    ways = np.array(member, dtype=np.float64)
    bonds = np.array([SPREAD**-2] + [LANGUAGE_SPREAD**-2] * len(names)) / len(decisions)
    right = decisions[np.arange(len(decisions)), known.numbers]

    def loss(parameters: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        sharpness = np.exp(ways @ parameters)
        scaled = decisions * sharpness[:, None]
        top = scaled.max(axis=1)
        powers = np.exp(scaled - top[:, None])
        total = powers.sum(axis=1)
        expected = (powers * decisions).sum(axis=1) / total
        value = (top + np.log(total) - sharpness * right).mean() + 0.5 * (bonds * parameters**2).sum()
        return float(value), ways.T @ (sharpness * (expected - right)) / len(decisions) + bonds * parameters

    start = np.array([1.0] + [0.0] * len(names))
    common, *differences = minimize(loss, start, jac=True, method="L-BFGS-B").x.tolist()
    return {ANY: common} | {name: common + each for name, each in zip(names, differences, strict=True)}
