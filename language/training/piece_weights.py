"""Learns the weight of each letter piece for each class: softmax regression by mini-batches, with Adagrad.

Adagrad: Duchi et al. 2011, https://jmlr.org/papers/v12/duchi11a.html. It fits rare pieces as well as common ones.
"""

import json
from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray

from language.identify import CARD_FILE, MODEL_FILE
from language.letter_pieces import numbers_of, pieces_of, words_of

MAX_PIECES = 400_000
MIN_TIMES = 2
"""A piece that stands only once in all texts is left out."""
ROUNDS = 3
MIN_STEPS = 80
"""A handful of texts is gone through more often, until so many batches have been learnt."""
TEXTS_OF_BATCH = 512
RATE = 0.3
BIAS_RATE = 0.05
LAST_SHARE_OF_RATE = 0.02
STEP = 0.5
"""Weights are kept as multiples of it: the finest that keeps the model small; finer ones are not better."""


@dataclass(frozen=True)
class PieceWeights:
    """numbers: those of the pieces, ascending; weights: shape (pieces, classes); bias: shape (classes,)."""

    numbers: NDArray[np.uint32]
    weights: NDArray[np.float32]
    bias: NDArray[np.float32]


@dataclass(frozen=True)
class _Pieces:
    """The places of the pieces of all texts, one text after the other; text i has those from ends[i] to ends[i + 1]."""

    places: NDArray[np.int64]
    ends: NDArray[np.int64]


def learn(texts: Sequence[str], labels: Sequence[int], classes: int, seed: int) -> PieceWeights:
    """Fit weights for `texts` with the class numbers `labels`; the same input gives the same weights."""
    numbers, ends = _numbers_of_texts(texts)
    known = _choose(numbers)
    pieces = _only_known(numbers, ends, known)
    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    try:
        with torch.sparse.check_sparse_tensor_invariants(False):  # type: ignore[no-untyped-call]
            weights, bias = _fit(pieces, torch.tensor(labels), (len(known), classes), seed)
    finally:
        torch.set_num_threads(threads)
    return PieceWeights(known, weights, bias)


def write(learnt: PieceWeights, folder: Path, card: dict[str, object]) -> None:
    """Write the model and its card to `folder`, weights rounded to whole steps."""
    folder.mkdir(parents=True, exist_ok=True)
    centred = learnt.weights - learnt.weights.mean(axis=1, keepdims=True)
    np.savez_compressed(
        folder / MODEL_FILE,
        gaps=np.diff(learnt.numbers, prepend=np.uint32(0)).astype(np.uint32),
        weights=np.clip(np.round(centred / STEP), -127, 127).astype(np.int8),
        step=np.float32(STEP),
        bias=learnt.bias,
    )
    (folder / CARD_FILE).write_text(json.dumps(card | {"pieces": len(learnt.numbers)}, indent=1) + "\n", "utf-8")


def _numbers_of_texts(texts: Sequence[str]) -> tuple[NDArray[np.uint32], NDArray[np.int64]]:
    numbers = array("I")
    ends = [0]
    for text in texts:
        numbers.frombytes(numbers_of(pieces_of(words_of(text))).tobytes())
        ends.append(len(numbers))
    return np.frombuffer(numbers, dtype=np.uint32), np.array(ends)


def _choose(numbers: NDArray[np.uint32]) -> NDArray[np.uint32]:
    found, times = np.unique(numbers, return_counts=True)
    commonest = np.argsort(-times, kind="stable")[:MAX_PIECES]
    known: NDArray[np.uint32] = np.sort(found[commonest[times[commonest] >= MIN_TIMES]])
    return known


def _only_known(numbers: NDArray[np.uint32], ends: NDArray[np.int64], known: NDArray[np.uint32]) -> _Pieces:
    places = np.searchsorted(known, numbers)
    is_known = np.take(known, places, mode="clip") == numbers
    return _Pieces(places[is_known], np.concatenate([[0], np.cumsum(is_known)])[ends])


def _fit(
    pieces: _Pieces, labels: torch.Tensor, shape: tuple[int, int], seed: int
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    table = torch.nn.EmbeddingBag(*shape, mode="sum", sparse=True, include_last_offset=True)
    torch.nn.init.zeros_(table.weight)
    bias = torch.zeros(shape[1], requires_grad=True)
    groups = [{"params": [table.weight], "lr": RATE}, {"params": [bias], "lr": BIAS_RATE}]
    learner = torch.optim.Adagrad(groups)
    batches = list(_batches(len(labels), seed))
    for number, batch in enumerate(batches):
        learner.param_groups[0]["lr"] = RATE * max(LAST_SHARE_OF_RATE, 1 - number / len(batches))
        scores = table(*_bags(pieces, batch)) + bias
        loss = torch.nn.functional.cross_entropy(scores, labels[batch])
        learner.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        learner.step()
    return table.weight.detach().numpy(), bias.detach().numpy()


def _batches(texts: int, seed: int) -> Iterator[torch.Tensor]:
    order = torch.Generator().manual_seed(seed)
    rounds = max(ROUNDS, MIN_STEPS * TEXTS_OF_BATCH // texts)
    for _ in range(rounds):
        yield from torch.split(torch.randperm(texts, generator=order), TEXTS_OF_BATCH)


def _bags(pieces: _Pieces, batch: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    """Return places, offsets and weights of the pieces of a batch; a piece of a text with n weighs 1 / √n."""
    chosen = batch.numpy()
    lengths = pieces.ends[chosen + 1] - pieces.ends[chosen]
    offsets = np.concatenate([[0], np.cumsum(lengths)])
    places = pieces.places[np.repeat(pieces.ends[chosen] - offsets[:-1], lengths) + np.arange(offsets[-1])]
    shares = np.repeat(1 / np.sqrt(np.maximum(1, lengths)), lengths).astype(np.float32)
    return torch.from_numpy(places), torch.from_numpy(offsets), torch.from_numpy(shares)
