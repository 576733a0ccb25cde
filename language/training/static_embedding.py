"""Teaches the vectors of the word pieces so that texts of one meaning lie near each other, where the teacher has them.

Distillation as in Reimers & Gurevych 2020 (https://arxiv.org/abs/2004.09813): a sentence in any language moves to the
teacher's vector of the English one, and, by in-batch contrast, to its translations.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from sentence_transformers import SentenceTransformer
from sentence_transformers.sentence_transformer.modules import StaticEmbedding
from tokenizers import Tokenizer
from torch.nn import functional

from language.training.batches import ConceptPairs, EnglishTexts, Pairs, ParallelPairs, TopicPairs, Words
from language.training.lessons import Lessons
from language.training.word_pieces import WORD_START, WordPieces

DIMENSION = 256
PARALLEL_BATCH = 512
CONCEPT_BATCH = 512
ENGLISH_BATCH = 384
LEARNING_RATE = 0.01
FIRST_SPREAD = 0.02
"""Of the vectors before training: pieces that are never seen stay next to nothing and add no noise."""
FIRST_WORD_LENGTH = 0.3
"""Of whole English words before training, which point where the teacher has them."""
SCALE = 20.0
ENGLISH_SHARE = 1.5
CONTRAST_WITH_TEACHER_SHARE = 0.25
TOPIC_SHARE = 0.3
"""Weights of the losses beside that of the parallel sentences."""

Say = Callable[[str], None]


@dataclass(frozen=True)
class Draws:
    """Where each batch comes from."""

    parallel: ParallelPairs
    concepts: ConceptPairs
    english: EnglishTexts
    topics: TopicPairs


def teach(tokenizer: Tokenizer, draws: Draws, lessons: Lessons, steps: int, seed: int, say: Say) -> Any:
    """Train for `steps` batches; the same seed gives the same `SentenceTransformer` on one machine."""
    torch.manual_seed(seed)
    torch.set_num_threads(1)  # sums in one order; more threads gain little at this size
    student = _Student(tokenizer, lessons, seed)
    optimizer: Any = torch.optim.SparseAdam(list(student.bag.parameters()), lr=LEARNING_RATE, betas=(0.9, 0.99))
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda step: _rate(step, steps))
    for step in range(steps):
        value = student.loss(draws)
        optimizer.zero_grad(set_to_none=True)
        torch.autograd.backward(value)
        optimizer.step()
        schedule.step()
        if step % max(1, steps // 20) == 0 or step == steps - 1:
            say(f"  step {step + 1} of {steps}, loss {value.item():.3f}")
    weights = student.bag.weight.detach().numpy()
    return SentenceTransformer(modules=[StaticEmbedding(tokenizer, embedding_weights=weights)], device="cpu")


class _Student:
    def __init__(self, tokenizer: Tokenizer, lessons: Lessons, seed: int) -> None:
        self._pieces = WordPieces(tokenizer)
        self._taught = torch.from_numpy(lessons.vectors)
        start = _first_vectors(tokenizer, lessons, seed)
        self.bag: Any = torch.nn.EmbeddingBag.from_pretrained(
            torch.from_numpy(start), freeze=False, mode="mean", sparse=True
        )

    def loss(self, draws: Draws) -> Any:
        """The sum of all losses on one batch of each kind."""
        value = self._parallel(draws.parallel.draw(PARALLEL_BATCH)) + self._english(*draws.english.draw(ENGLISH_BATCH))
        value = value + self._contrast(draws.concepts.draw(CONCEPT_BATCH))
        return value + TOPIC_SHARE * self._contrast(draws.topics.draw())

    def _parallel(self, pairs: Pairs) -> Any:
        first, second = self._vectors(pairs.first), self._vectors(pairs.second)
        value = _contrast(first, second)
        known = [place for place, number in enumerate(pairs.taught) if number >= 0]
        if not known:
            return value
        targets = self._taught[[pairs.taught[place] for place in known]]
        for vectors in (first[known], second[known]):
            value = value + _distance(vectors, targets) + CONTRAST_WITH_TEACHER_SHARE * _contrast(vectors, targets)
        return value

    def _english(self, texts: Sequence[Words], numbers: list[int]) -> Any:
        return ENGLISH_SHARE * _distance(self._vectors(texts), self._taught[numbers]) if texts else torch.zeros(())

    def _contrast(self, pairs: Pairs) -> Any:
        return _contrast(self._vectors(pairs.first), self._vectors(pairs.second)) if pairs.first else torch.zeros(())

    def _vectors(self, texts: Sequence[Words]) -> Any:
        numbers = [self._pieces.numbers(words) or [0] for words in texts]
        starts = np.cumsum([0, *map(len, numbers[:-1])])
        flat = torch.tensor([number for text in numbers for number in text])
        return functional.normalize(self.bag(flat, torch.from_numpy(starts)), dim=1)


def _first_vectors(tokenizer: Tokenizer, lessons: Lessons, seed: int) -> NDArray[np.float32]:
    places = tokenizer.get_vocab()
    start = np.random.default_rng(seed).normal(0, FIRST_SPREAD, (len(places), DIMENSION)).astype(np.float32)
    for number in lessons.words:
        place = places.get(WORD_START + lessons.texts[number])
        if place is not None:
            start[place] = FIRST_WORD_LENGTH * lessons.vectors[number]
    return start


def _contrast(first: Any, second: Any) -> Any:
    """Of each text the pair's other is the nearest in the batch: cross-entropy over cosines, both ways."""
    scores = first @ second.T * SCALE
    right = torch.arange(len(first))
    return (functional.cross_entropy(scores, right) + functional.cross_entropy(scores.T, right)) / 2


def _distance(vectors: Any, targets: Any) -> Any:
    return (1 - (vectors * targets).sum(dim=1)).mean()


def _rate(step: int, steps: int) -> float:
    warm_up = max(1, steps // 20)
    return min((step + 1) / warm_up, (steps - step) / max(1, steps - warm_up))
