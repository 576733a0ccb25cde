"""Measures a retriever on questions whose right entry is known."""

from collections.abc import Sequence
from dataclasses import dataclass

from knowledge_base.retriever import Retriever

DEPTH = 10
"""Beyond this rank an entry counts as not found."""


@dataclass(frozen=True)
class Question:
    """A question and the id of the entry that answers it; None: nothing of ours does."""

    text: str
    entry: str | None
    variant: str
    country: str | None = None
    citizenship: str | None = None


@dataclass(frozen=True)
class Evaluation:
    """Shares between 0 and 1.

    first, among_three: the right entry stands there. mean_reciprocal_rank: mean of 1 / rank, 0 beyond `DEPTH`.
    in_content: questions of ours found to be in the content. refused: foreign questions found not to be.
    """

    questions: int
    first: float
    among_three: float
    mean_reciprocal_rank: float
    in_content: float
    refused: float


def evaluate(retriever: Retriever, questions: Sequence[Question]) -> Evaluation:
    """Ask all questions, without a classifier's ranking."""
    ranks: list[int | None] = []
    kept, refused = [], []
    for question in questions:
        found = retriever.find(
            question.text,
            variant=question.variant,
            country=question.country,
            citizenship=question.citizenship,
            topics={},
            limit=DEPTH,
        )
        if question.entry is None:
            refused.append(not found.is_in_content)
            continue
        kept.append(found.is_in_content)
        ids = [match.entry.id for match in found.matches]
        ranks.append(ids.index(question.entry) + 1 if question.entry in ids else None)
    return Evaluation(
        questions=len(questions),
        first=_share([rank == 1 for rank in ranks]),
        among_three=_share([rank is not None and rank <= 3 for rank in ranks]),
        mean_reciprocal_rank=sum(1 / rank for rank in ranks if rank) / max(1, len(ranks)),
        in_content=_share(kept),
        refused=_share(refused),
    )


def _share(hits: Sequence[bool]) -> float:
    return sum(hits) / max(1, len(hits))
