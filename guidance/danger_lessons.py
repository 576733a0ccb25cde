"""What the danger model is taught: the examples, everyday questions, and messages in which one follows the other."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from guidance.danger_examples import DangerExample

SEED = 20260101
EVERYDAY_WEIGHT = 0.5
"""How much an everyday question weighs beside an example that was written to be near danger (by held-out folds)."""
QUESTION_FIRST_SHARE = 0.25
MIN_QUESTION_WORDS = 4
JOINED_SHARE, EVERYDAY_JOINED_SHARE = 1.0, 0.15


@dataclass(frozen=True)
class Lesson:
    """One text to learn from; `origin` is the place of the example that it was made of."""

    example: DangerExample
    origin: int
    weight: float


def lessons_of(examples: Sequence[DangerExample]) -> list[Lesson]:
    """Every example, then examples with an everyday question of their language behind or before them.

    A question after a dangerous sentence must not hide it, and being long must not look dangerous.
    """
    plain = [Lesson(each, place, _weight(each)) for place, each in enumerate(examples)]
    chance = np.random.default_rng(SEED)
    questions = _questions(examples)
    joined = [
        replace(lesson, example=_with_question(lesson.example, questions[lesson.example.language], chance))
        for lesson in plain
        if questions.get(lesson.example.language)
        and chance.random() < (JOINED_SHARE if lesson.example.is_hard else EVERYDAY_JOINED_SHARE)
    ]
    return plain + joined


def balanced(lessons: Sequence[Lesson], is_yes: NDArray[np.bool_]) -> NDArray[np.float64]:
    """Weights (lessons,) of mean 1 that give both sides the same sum."""
    weights = np.array([lesson.weight for lesson in lessons])
    weights[is_yes] *= weights[~is_yes].sum() / max(weights[is_yes].sum(), 1e-9)
    return np.asarray(weights / weights.mean())


def _weight(example: DangerExample) -> float:
    return 1.0 if example.is_hard else EVERYDAY_WEIGHT


def _questions(examples: Sequence[DangerExample]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for each in examples:
        if not each.is_hard and len(each.text.split()) >= MIN_QUESTION_WORDS:
            found.setdefault(each.language, []).append(each.text)
    return found


def _with_question(example: DangerExample, questions: Sequence[str], chance: np.random.Generator) -> DangerExample:
    question = questions[int(chance.integers(len(questions)))]
    first, second = example.text.rstrip(), question
    if chance.random() < QUESTION_FIRST_SHARE:
        first, second = second, first
    end = "" if first[-1:] in ".!?…" else str(chance.choice([".", ".", "\n", ","]))
    return replace(example, text=f"{first}{end} {second}")
