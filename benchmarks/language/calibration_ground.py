"""What the classifier decides of sentences that it has not learnt: folds, held-out sentences, questions of entries."""

import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from benchmarks.language.calibrators import numbers_of
from benchmarks.language.public_sets import ROOT
from bot.engine import no_tensorflow
from bot.engine.linear_calibration import Decided
from knowledge_base.library import Library
from language.variants import language_of
from publishing.held_out import HeldOut
from publishing.training_data import read_examples

if TYPE_CHECKING:
    from benchmarks.language.engine_pipeline import EnginePipeline

LIKE, ALONE = "folds of like sentences", "folds of sentences"
OUT_OF_SCOPE = "meta.out_of_scope"


@dataclass(frozen=True)
class Asked:
    """New sentences: decisions with and without the head start of what is out of scope; the languages they are in."""

    decided: Decided
    without: Decided
    languages: tuple[str, ...]

    def only(self, rows: NDArray[np.bool_]) -> "Asked":
        """Some of them."""
        languages = tuple(language for language, kept in zip(self.languages, rows, strict=True) if kept)
        return Asked(self.decided.only(rows), self.without.only(rows), languages)


@dataclass(frozen=True)
class Ground:
    """What is calibrated on, by its kind; what is asked: held-out sentences, and the questions of the entries."""

    folds: dict[str, Decided]
    held_out: Asked
    questions: Asked
    out_of_scope: int


def decide(encoder: str, rows: Sequence[HeldOut]) -> Ground:
    """Train as a release does, and ask."""
    no_tensorflow.install()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # Rasa's libraries warn of each other
        from benchmarks.language.engine_pipeline import EnginePipeline

        pipeline = EnginePipeline(ROOT / "config.yml", encoder)
        folds = _folds(pipeline)
        held_out = _asked(pipeline, [(row.text, row.topic or "", row.language) for row in rows])
        questions = _asked(pipeline, _questions())
    return Ground(folds, held_out, questions, pipeline.model.labels.index(OUT_OF_SCOPE))


def _folds(pipeline: "EnginePipeline") -> dict[str, Decided]:
    """Trains the pipeline; says what is decided of its examples while they are held out."""
    from bot.engine.linear_folds import same_together
    from bot.engine.linear_learning import decided_on_folds, learn

    examples = read_examples(ROOT / "data" / "nlu")
    lessons = pipeline.learn_features([each.text for each in examples], [each.intent for each in examples])
    pipeline.model = learn(lessons.examples, lessons.folds, pipeline.settings)
    found = {}
    for name, folds in ((ALONE, same_together(lessons.texts)), (LIKE, lessons.folds)):
        of = decided_on_folds(lessons.examples, folds, pipeline.model.labels, pipeline.settings)
        found[name] = _with_head_start(pipeline, of)
    return found


def _asked(pipeline: "EnginePipeline", rows: Sequence[tuple[str, str, str]]) -> Asked:
    texts, intents, languages = zip(*rows, strict=True)
    heard = pipeline.hear(texts)
    numbers = numbers_of(intents, pipeline.model.labels)
    without = Decided(pipeline.model.decide(heard.features), numbers, heard.languages)
    return Asked(_with_head_start(pipeline, without), without, languages)


def _questions() -> list[tuple[str, str, str]]:
    """Text, topic, language: nothing has learnt from the questions of the entries, the encoder neither."""
    return [
        (text, entry.topic, language_of(variant)[0])
        for entry in Library.load(ROOT / "data" / "faq").entries
        for variant, texts in entry.questions.items()
        for text in texts
    ]


def _with_head_start(pipeline: "EnginePipeline", of: Decided) -> Decided:
    return Decided(pipeline.model.calibration.with_head_start(of.decisions, of.languages), of.numbers, of.languages)
