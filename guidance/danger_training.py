"""Trains the danger model: its parts on all lessons, their sum and the thresholds on held-out folds."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import add

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, hstack
from sklearn.linear_model import LogisticRegression

from guidance.danger import DangerDetector
from guidance.danger_examples import DangerExample
from guidance.danger_features import BUCKETS, hashed, sentence_vectors, windows
from guidance.danger_folds import FOLDS, like_together
from guidance.danger_kernel import KernelPart, Products, Task
from guidance.danger_lessons import SEED, Lesson, balanced, lessons_of
from guidance.danger_model import HEADS, SUMMED, VECTOR_LENGTH, DangerModel, Floats
from guidance.danger_phrases import Phrases
from guidance.danger_signs import Level
from language.encoder import Encoder

INVERSE_PENALTY = 5.0
TOLERANCE = 0.1
MAX_FALSE_ALARMS = 0.20
"""Share of the near misses of a language, on held-out folds, that may raise an alarm: the thresholds are set there.

The folds foretell new sentences by another hand well. At 0.20 they notice five of six dangers; at 0.10 two of three. A
wrong alarm costs one polite question, a miss may cost a life.
"""
MIN_FOR_OWN_THRESHOLD = 100
Flags = NDArray[np.bool_]
Rows = NDArray[np.int64]


@dataclass(frozen=True)
class _Ground:
    """All lessons and their windows as features: row `i` < len(lessons) is a whole lesson, the others are windows.

    `owner` (rows,) is the lesson of each row; `fold` (lessons,).
    """

    lessons: Sequence[Lesson]
    features: csr_matrix
    vectors: Floats
    owner: Rows
    fold: Rows
    signs: tuple[str, ...]

    @property
    def is_danger(self) -> Flags:
        return np.array([lesson.example.level != "none" for lesson in self.lessons])

    @property
    def is_urgent(self) -> Flags:
        return np.array([lesson.example.level == "urgent" for lesson in self.lessons])


def train_danger(
    examples: Sequence[DangerExample],
    phrases: Mapping[str, Sequence[str]],
    levels: Mapping[str, Level],
    encoder: Encoder | None = None,
) -> DangerDetector:
    """Train on examples of all languages together; needs examples of every level. `levels`: of each sign."""
    if {example.level for example in examples} != {"none", "concern", "urgent"}:
        raise ValueError("the danger detector needs examples of none, concern and urgent")
    ground = _ground(examples, tuple(levels), encoder)
    kernel = KernelPart(ground.vectors[: len(ground.lessons)], _hard_examples(ground))
    products = [_by_fold(ground, kernel, task) for task in _tasks(ground)]
    held_out = _held_out(ground, kernel, products)
    sums = np.stack([_sum(ground, held_out, head) for head in range(HEADS)])
    languages, thresholds = _thresholds(ground, (held_out[:, 0] * sums[0]).sum(axis=1))
    everything = np.arange(len(ground.lessons))
    models = [_fit(ground, head, everything) for head in range(HEADS)]
    coefficients = np.vstack([model.coef_ for model in models]).astype(np.float32)
    model = DangerModel(
        coefficients=coefficients[:, :BUCKETS],
        of_vector=coefficients[:, BUCKETS:],
        intercepts=np.concatenate([model.intercept_ for model in models]).astype(np.float32),
        landmarks=kernel.landmarks,
        of_landmarks=np.hstack([kernel.solve(_together(by_fold)) for by_fold in products]),
        sums=sums.astype(np.float32),
        thresholds=thresholds,
        languages=languages,
    )
    return DangerDetector(model, Phrases(phrases), levels, encoder)


def _hard_examples(ground: _Ground) -> Rows:
    """Places of the lessons that are examples near danger, as they were written."""
    return np.array(
        [place for place, each in enumerate(ground.lessons) if each.origin == place and each.example.is_hard]
    )


def _ground(examples: Sequence[DangerExample], signs: tuple[str, ...], encoder: Encoder | None) -> _Ground:
    lessons = lessons_of(examples)
    texts = [lesson.example.text for lesson in lessons]
    parts = [(owner, part) for owner, text in enumerate(texts) for part in windows(text)]
    rows = [*texts, *(part for _, part in parts)]
    vectors = sentence_vectors(rows, encoder)
    of_examples = _folds_of(examples, vectors)
    return _Ground(
        lessons,
        hstack([_sparse(rows), csr_matrix(VECTOR_LENGTH * vectors)]).tocsr(),
        vectors,
        np.array([*range(len(texts)), *(owner for owner, _ in parts)]),
        of_examples[[lesson.origin for lesson in lessons]],
        signs,
    )


def _folds_of(examples: Sequence[DangerExample], vectors: Floats) -> Rows:
    """What is alike stays together; everyday questions, which nothing is chosen on, are dealt in turn."""
    folds = np.arange(len(examples)) % FOLDS
    hard = np.flatnonzero([example.is_hard for example in examples])
    folds[hard] = like_together(vectors[hard])
    return folds


def _sparse(texts: Sequence[str]) -> csr_matrix:
    rows = [hashed(text) for text in texts]
    starts = np.cumsum([0, *(len(buckets) for buckets, _ in rows)])
    buckets = np.concatenate([buckets for buckets, _ in rows])
    values = np.concatenate([values for _, values in rows])
    return csr_matrix((values, buckets, starts), shape=(len(texts), BUCKETS))


def _fit(ground: _Ground, head: int, rows: Rows) -> LogisticRegression:
    is_yes, weights = _labels(ground, head)
    used = rows[weights[rows] > 0]
    # The dual problem: there are fewer lessons than features, and it is solved three times as fast.
    model = LogisticRegression(C=INVERSE_PENALTY, solver="liblinear", dual=True, tol=TOLERANCE, random_state=SEED)
    return model.fit(ground.features[used], is_yes[used], sample_weight=weights[used])


def _labels(ground: _Ground, head: int) -> tuple[Flags, NDArray[np.float64]]:
    """Any danger among all lessons; urgent danger among the dangerous ones."""
    if head == 0:
        return ground.is_danger, balanced(ground.lessons, ground.is_danger)
    among = np.where(ground.is_danger, balanced(ground.lessons, ground.is_urgent), 0.0)
    return ground.is_urgent, among / among[ground.is_danger].mean()


def _tasks(ground: _Ground) -> list[Task]:
    heads = [_labels(ground, head) for head in range(HEADS)]
    tasks = [Task(np.where(is_yes, 1.0, -1.0)[:, None], weights) for is_yes, weights in heads]
    of_signs = [[lesson.example.sign == sign for sign in ground.signs] for lesson in ground.lessons]
    return [*tasks, Task(np.array(of_signs, dtype=np.float64), heads[0][1])]


def _by_fold(ground: _Ground, kernel: KernelPart, task: Task) -> list[Products]:
    return [kernel.products(task, np.flatnonzero(ground.fold == fold)) for fold in range(FOLDS)]


def _together(products: Sequence[Products]) -> Products:
    return reduce(add, products)


def _held_out(ground: _Ground, kernel: KernelPart, products: Sequence[Sequence[Products]]) -> NDArray[np.float64]:
    """The parts of the sums, (lessons, heads, SUMMED), each lesson judged by models that know nothing like it."""
    scores = np.zeros((len(ground.owner), HEADS, 2))
    for fold in range(FOLDS):
        known, new = np.flatnonzero(ground.fold != fold), np.flatnonzero(ground.fold[ground.owner] == fold)
        mapped = kernel.kernel(ground.vectors[new])
        for head in range(HEADS):
            scores[new, head, 0] = _fit(ground, head, known).decision_function(ground.features[new])
            scores[new, head, 1] = (mapped @ kernel.solve(_together(products[head]) - products[head][fold]))[:, 0]
    return _parts(scores, ground.owner, len(ground.lessons))


def _parts(scores: NDArray[np.float64], owner: Rows, lessons: int) -> NDArray[np.float64]:
    highest = np.full((lessons, HEADS, 2), -np.inf)
    np.maximum.at(highest, owner, scores)
    whole = scores[:lessons]
    length = np.repeat(np.log(np.bincount(owner, minlength=lessons))[:, None], HEADS, axis=1)
    ones = np.ones((lessons, HEADS))
    return np.stack([whole[..., 0], highest[..., 0], whole[..., 1], highest[..., 1], length, ones], axis=2)


def _sum(ground: _Ground, held_out: NDArray[np.float64], head: int) -> NDArray[np.float64]:
    is_yes, weights = _labels(ground, head)
    used = weights > 0
    model = LogisticRegression(C=1.0, solver="lbfgs", max_iter=500)
    model.fit(held_out[used, head, : SUMMED - 1], is_yes[used], sample_weight=weights[used])
    return np.append(model.coef_[0], model.intercept_)


def _thresholds(ground: _Ground, sums: NDArray[np.float64]) -> tuple[NDArray[np.str_], Floats]:
    """Languages and their thresholds: "" for all others.

    Half way between a language's own and the one of all: how hard near misses are depends on who wrote them, too.
    """
    is_near_miss = np.zeros(len(ground.lessons), dtype=bool)
    is_near_miss[_hard_examples(ground)] = True
    is_near_miss &= ~ground.is_danger
    spoken = np.array([lesson.example.language for lesson in ground.lessons])
    own = [each for each in dict.fromkeys(spoken) if (is_near_miss & (spoken == each)).sum() >= MIN_FOR_OWN_THRESHOLD]
    among = [is_near_miss & (spoken == language) for language in own] + [is_near_miss]
    thresholds = np.array([np.quantile(sums[rows], 1 - MAX_FALSE_ALARMS) for rows in among])
    return np.array([*own, ""]), ((thresholds + thresholds[-1]) / 2).astype(np.float32)
