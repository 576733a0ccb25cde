"""Teaches the vectors of the word pieces so that texts of one meaning lie near each other."""

from collections.abc import Callable
from typing import Any

import numpy as np
import torch
from sentence_transformers import SentenceTransformer
from sentence_transformers.sentence_transformer.losses import MultipleNegativesRankingLoss
from sentence_transformers.sentence_transformer.modules import StaticEmbedding
from tokenizers import Tokenizer

from language.training.batches import Pairs, ParallelPairs, TopicPairs

DIMENSION = 256
PARALLEL_BATCH = 512
LEARNING_RATE = 0.02
FIRST_SPREAD = 0.02
"""Of the vectors before training: pieces that are never seen stay next to nothing and add no noise."""
SCALE = 20.0
TOPIC_SHARE = 0.3
"""Weight of the topics' loss beside that of the parallel sentences."""

Say = Callable[[str], None]


def teach(
    tokenizer: Tokenizer,
    parallel: ParallelPairs,
    topics: TopicPairs,
    steps: int,
    seed: int,
    say: Say,
) -> Any:
    """Train for `steps` batches; the same seed gives the same `SentenceTransformer` on one machine."""
    torch.manual_seed(seed)
    torch.set_num_threads(1)  # sums in one order; more threads gain nothing at this size
    start = np.random.default_rng(seed).normal(0, FIRST_SPREAD, (tokenizer.get_vocab_size(), DIMENSION))
    module = StaticEmbedding(tokenizer, embedding_weights=start.astype(np.float32))
    module.embedding.sparse = True
    model = SentenceTransformer(modules=[module], device="cpu")
    loss = MultipleNegativesRankingLoss(model, scale=SCALE)
    optimizer: Any = torch.optim.SparseAdam(list(model.parameters()), lr=LEARNING_RATE, betas=(0.9, 0.99))
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda step: _rate(step, steps))
    for step in range(steps):
        value = _loss(loss, module, parallel.draw(PARALLEL_BATCH)) + TOPIC_SHARE * _loss(loss, module, topics.draw())
        optimizer.zero_grad(set_to_none=True)
        torch.autograd.backward(value)
        optimizer.step()
        schedule.step()
        if step % max(1, steps // 20) == 0 or step == steps - 1:
            say(f"  step {step + 1} of {steps}, loss {value.item():.3f}")
    return model


def _loss(loss: Any, module: Any, pairs: Pairs) -> Any:
    return loss([module.preprocess(texts) for texts in pairs], torch.empty(0))


def _rate(step: int, steps: int) -> float:
    warm_up = max(1, steps // 20)
    return min((step + 1) / warm_up, (steps - step) / max(1, steps - warm_up))
