"""Lines of a page that answer a question, or "no answer": OMoS-QA, our encoder fused with BM25 and tf-idf.

python -m benchmarks.language.omos_qa [--encoder FOLDER] [--data FOLDER]

Two logistic regressions say how likely a line answers and a page answers; they and both thresholds are fitted on the
train and dev parts, each question by models that have not seen its page. The test part is only asked.
"""

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold
from sklearn.pipeline import Pipeline, make_pipeline
from sklearn.preprocessing import StandardScaler

from benchmarks.language import omos_scores
from benchmarks.language.intervals import Figure, bootstrap
from benchmarks.language.omos_pages import KINDS, Asked, Floats, likeness, line_features, page_features, read_split
from benchmarks.language.public_sets import is_absent, keep, options, print_table
from language.encoder import load_encoder

NAME = "omos_qa"
FOLDS = 5
LINE_STRENGTH, PAGE_STRENGTH = 0.03, 0.01
"""Inverse strengths of regularisation, chosen by folds over train and dev."""
THRESHOLDS = np.arange(0.02, 0.98, 0.02)
SCORES = {
    "lines P": omos_scores.line_precision,
    "lines R": omos_scores.line_recall,
    "lines F": omos_scores.line_f,
    "no answer P": omos_scores.none_precision,
    "no answer R": omos_scores.none_recall,
    "no answer F": omos_scores.none_f,
}
PUBLISHED = {
    "Llama-3-70B, 5-shot (published)": {"lines P": 0.849, "lines R": 0.484, "lines F": 0.616},
    "DeBERTa, fine-tuned (published)": {"lines F": 0.649},
    "best of “no answer” (published)": {"no answer F": 0.707},
}
"""English part, Kleinle, Prange and Friedrich 2024, https://arxiv.org/abs/2407.15736."""


@dataclass(frozen=True)
class Likely:
    """Probabilities of one question: that each line answers, (lines,), and that the page does."""

    lines: Floats
    page: float

    def chosen(self, min_page: float, min_line: float) -> frozenset[int]:
        """No line if the page is not likely enough; else the likely lines, at least the likeliest."""
        if self.page < min_page:
            return frozenset()
        limit = min(min_line, float(self.lines.max()))
        return frozenset(np.flatnonzero(self.lines >= limit).tolist())


@dataclass(frozen=True)
class Known:
    """Questions with the features of their lines, (lines, features) each, and of their pages."""

    asked: list[Asked]
    lines: list[Floats]
    pages: Floats

    @classmethod
    def of(cls, asked: list[Asked], like: Sequence[Floats], kinds: Sequence[int]) -> "Known":
        """By the likeness of these kinds only."""
        parts = [each[:, kinds] for each in like]
        lines = [line_features(part, one.lines) for part, one in zip(parts, asked, strict=True)]
        return cls(asked, lines, np.stack([page_features(part) for part in parts]))

    def part(self, rows: NDArray[np.int64]) -> "Known":
        """Some of the questions."""
        return Known([self.asked[row] for row in rows], [self.lines[row] for row in rows], self.pages[rows])


class Finder:
    """Two models, of lines and of pages; lines are learnt on pages that answer only."""

    def __init__(self, known: Known) -> None:
        self._lines, self._pages = _model(LINE_STRENGTH), _model(PAGE_STRENGTH)
        answered = [number for number, one in enumerate(known.asked) if one.answers]
        is_answer = [np.isin(np.arange(len(known.lines[row])), list(known.asked[row].answers)) for row in answered]
        self._lines.fit(np.concatenate([known.lines[row] for row in answered]), np.concatenate(is_answer))
        self._pages.fit(known.pages, [bool(one.answers) for one in known.asked])

    def likely(self, asked: Known) -> list[Likely]:
        """What it thinks of other questions."""
        pages = self._pages.predict_proba(asked.pages)[:, 1]
        lines = (self._lines.predict_proba(each)[:, 1] for each in asked.lines)
        return [Likely(of_lines, float(of_page)) for of_lines, of_page in zip(lines, pages, strict=True)]


def main() -> int:
    """Measure, print, keep; the exit status is 0 whatever is found."""
    asked = options(__doc__)
    if is_absent(asked.data, "omos_qa"):
        return 0
    folder, encoder = asked.data / "eval" / "omos_qa", load_encoder(asked.encoder[0])
    known, test = read_split(folder, "train") + read_split(folder, "dev"), read_split(folder, "test")
    like_known, like_test = likeness(known, known, encoder), likeness(test, known, encoder)
    measured: dict[str, dict[str, Figure]] = {"all lines of every page": _figures(test, [_all(one) for one in test])}
    for name, kinds in ways().items():
        chosen = choose(Known.of(known, like_known, kinds), Known.of(test, like_test, kinds))
        measured[name] = _figures(test, chosen)
    _print(measured, test)
    keep(NAME, {"measured": measured, "published": PUBLISHED, "fingerprint": encoder.fingerprint})
    return 0


def ways() -> dict[str, list[int]]:
    """Each kind of likeness alone, and all fused."""
    return {name: [number] for number, name in enumerate(KINDS)} | {" + ".join(KINDS): list(range(len(KINDS)))}


def choose(known: Known, asked: Known) -> list[frozenset[int]]:
    """The lines chosen for each question of `asked`; everything is fitted on `known`."""
    min_page, min_line = fit_thresholds([one.answers for one in known.asked], held_out(known))
    return [likely.chosen(min_page, min_line) for likely in Finder(known).likely(asked)]


def held_out(known: Known) -> list[Likely]:
    """What finders that have not seen its page think of each question."""
    found: dict[int, Likely] = {}
    for inside, outside in _folds(known.asked):
        found |= zip(outside.tolist(), Finder(known.part(inside)).likely(known.part(outside)), strict=True)
    return [found[row] for row in range(len(known.asked))]


def fit_thresholds(right: Sequence[frozenset[int]], likely: Sequence[Likely]) -> tuple[float, float]:
    """Of pages where the F of "no answer" is highest, then of lines where the F of lines is."""

    def rows(min_page: float, min_line: float) -> Floats:
        return omos_scores.counted(right, [each.chosen(min_page, min_line) for each in likely])

    min_page = max(THRESHOLDS, key=lambda limit: omos_scores.none_f(rows(limit, 1.0)))
    min_line = max(THRESHOLDS, key=lambda limit: omos_scores.line_f(rows(min_page, limit)))
    return float(min_page), float(min_line)


def _model(strength: float) -> Pipeline:
    return make_pipeline(StandardScaler(), LogisticRegression(C=strength, max_iter=2000))


def _folds(asked: Sequence[Asked]) -> Iterator[tuple[NDArray[np.int64], NDArray[np.int64]]]:
    pages = [one.page for one in asked]
    yield from GroupKFold(min(FOLDS, len(set(pages)))).split(pages, groups=pages)


def _all(one: Asked) -> frozenset[int]:
    return frozenset(range(len(one.lines)))


def _figures(asked: Sequence[Asked], chosen: Sequence[frozenset[int]]) -> dict[str, Figure]:
    rows = omos_scores.counted([one.answers for one in asked], chosen)
    return {name: bootstrap(rows, score) for name, score in SCORES.items()}


def _print(measured: dict[str, dict[str, Figure]], test: Sequence[Asked]) -> None:
    unanswered = sum(not one.answers for one in test)
    title = f"OMoS-QA, English test part: {len(test)} questions, of which {unanswered} have no answer on their page"
    lines: list[tuple[object, ...]] = [(name, *figures.values()) for name, figures in measured.items()]
    lines += [(name, *(of.get(score, "") for score in SCORES)) for name, of in PUBLISHED.items()]
    print_table(title, ("by", *SCORES), lines)


if __name__ == "__main__":
    sys.exit(main())
