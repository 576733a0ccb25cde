"""Reads OMoS-QA and says how like each line of a page is to a question, and what that makes of line and page."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmarks.language.rankers import CharTfidf
from knowledge_base.keywords import Keywords
from language.encoder import Encoder
from language.folding import skeleton

Floats = NDArray[np.float64]
ENCODER, BM25, TFIDF = "encoder", "BM25", "char tf-idf"
KINDS = (ENCODER, BM25, TFIDF)
NEIGHBOURS = 4
"""Lines before and after that are looked at: an answer is mostly several lines that stand together."""
MAX_HEADING_WORDS = 6


@dataclass(frozen=True)
class Asked:
    """A question about a page; `answers` are the numbers of the lines that answer it, none if the page does not."""

    question: str
    page: int
    lines: tuple[str, ...]
    answers: frozenset[int]


def read_split(folder: Path, split: str) -> list[Asked]:
    """The English questions of `train`, `dev` or `test`."""
    rows = map(json.loads, (folder / f"{split}_en.jsonl").read_text("utf-8").splitlines())
    return [
        Asked(row["question"], row["pageId"], tuple(row["context"].split("\n")), frozenset(row["answers"]))
        for row in rows
    ]


def likeness(asked: Sequence[Asked], known: Sequence[Asked], encoder: Encoder) -> list[Floats]:
    """For each question (lines, `KINDS`): cosine, BM25 coverage among the lines of all pages, cosine of tf-idf.

    The frequencies of tf-idf are those of the pages of `known`.
    """
    pages = {one.lines: number for number, one in enumerate(asked)}
    lines = [line for page in pages for line in page]
    starts = dict(zip(pages, np.cumsum([0, *map(len, pages)]), strict=False))
    features = CharTfidf(TFIDF, skeleton).features(sorted({line for one in known for line in one.lines}))
    vectors, rare = encoder.encode(lines), features(lines)
    words = Keywords.build(lines, range(len(lines)))
    found = []
    for one in asked:
        part = slice(starts[one.lines], starts[one.lines] + len(one.lines))
        of_words = words.coverage(one.question)[part]
        of_letters = np.asarray((rare[part] @ features([one.question]).T).todense())[:, 0]
        columns = (vectors[part] @ encoder.encode([one.question])[0], of_words, of_letters)
        found.append(np.stack(columns, axis=1).astype(np.float64))
    return found


def line_features(like: Floats, lines: Sequence[str]) -> Floats:
    """Of each line what its own likeness, that of its neighbours, heading and page, and its form say.

    like: (lines, kinds); returned: (lines, features).
    """
    count = len(lines)
    around = np.pad(like, ((NEIGHBOURS, NEIGHBOURS), (0, 0)))
    neighbours = [around[place : place + count] for place in range(2 * NEIGHBOURS + 1)]
    places = np.arange(count)
    window = [like[max(0, place - NEIGHBOURS) : place + NEIGHBOURS + 1].mean(axis=0) for place in places]
    of_page = [np.repeat(value[None, :], count, axis=0) for value in (like.max(axis=0), like.mean(axis=0))]
    ranks = like.argsort(axis=0).argsort(axis=0) / count
    words = np.array([len(line.split()) for line in lines])
    has_digit = [any(letter.isdigit() for letter in line) for line in lines]
    form = [np.log1p(words), _is_heading(lines), places / count, places < 2, np.full(count, np.log(count)), has_digit]
    parts = [*neighbours, _of_heading(like, lines), np.stack(window), *of_page, like - of_page[0], ranks]
    return np.concatenate([*parts, np.stack(form, axis=1)], axis=1)


def page_features(like: Floats) -> Floats:
    """What says whether the page answers at all: its likest lines, and how far they stand out; (features,)."""
    best = np.sort(like, axis=0)[::-1]
    return np.concatenate([best[0], best[:3].mean(axis=0), like.mean(axis=0), like.std(axis=0), [np.log(len(like))]])


def _is_heading(lines: Sequence[str]) -> NDArray[np.bool_]:
    return np.array(
        [len(line.split()) <= MAX_HEADING_WORDS and not line.rstrip().endswith((".", "!", "?")) for line in lines]
    )


def _of_heading(like: Floats, lines: Sequence[str]) -> Floats:
    """The likeness of the heading above each line; at first the page's title, its first line."""
    above = np.where(_is_heading(lines), np.arange(len(lines)), 0)
    last = np.maximum.accumulate(np.concatenate([[0], above[:-1]]))
    return np.asarray(like[last], dtype=np.float64)
