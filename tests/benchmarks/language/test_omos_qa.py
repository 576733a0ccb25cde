"""Finding the lines that answer, and counting them as the authors of the set do."""

import json
from pathlib import Path

import numpy as np
import pytest

from benchmarks.language import omos_scores
from benchmarks.language.omos_pages import KINDS, NEIGHBOURS, Asked, likeness, line_features, page_features, read_split
from benchmarks.language.omos_qa import Known, Likely, choose, fit_thresholds, ways
from language.encoder import Encoder, load_encoder
from tests.conftest import ABSENT_DATA, SHARED_DATA

ROOT = Path(__file__).parents[3]
THINGS = ("passport", "doctor", "school", "tax", "bus", "rent", "visa", "bank")


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    """The encoder that comes with the project."""
    return load_encoder(str(ROOT / "models" / "encoder"))


def page(number: int, thing: str, asked_for: str) -> Asked:
    """A page about one thing, and a question about that or another one."""
    lines = (
        "Welcome",
        f"Where to go for a {thing}",
        f"You get a {thing} at the town hall.",
        "Call us.",
        "Monday 10:00",
    )
    return Asked(f"Where do I get a {asked_for}?", number, lines, frozenset({1, 2} if thing == asked_for else ()))


def pages() -> list[Asked]:
    """Each thing asked for on its own page and on that of another thing."""
    own = [page(number, thing, thing) for number, thing in enumerate(THINGS)]
    return own + [page(number, thing, THINGS[number - 1]) for number, thing in enumerate(THINGS)]


def test_a_split_is_read_line_by_line(tmp_path: Path) -> None:
    row = {"question": "Why?", "pageId": 7, "context": "Head\nBecause.", "answers": [1]}
    (tmp_path / "dev_en.jsonl").write_text(json.dumps(row) + "\n", "utf-8")
    assert read_split(tmp_path, "dev") == [Asked("Why?", 7, ("Head", "Because."), frozenset({1}))]


def test_precision_recall_and_f_are_means_over_the_answered_questions() -> None:
    right = [frozenset({1, 2}), frozenset({3}), frozenset(), frozenset()]
    chosen = [frozenset({1}), frozenset({3, 4}), frozenset({9}), frozenset()]
    rows = omos_scores.counted(right, chosen)
    assert omos_scores.line_precision(rows) == pytest.approx((1 + 0.5) / 2)
    assert omos_scores.line_recall(rows) == pytest.approx((0.5 + 1) / 2)
    assert omos_scores.line_f(rows) == pytest.approx(0.75)
    assert (omos_scores.none_precision(rows), omos_scores.none_recall(rows)) == (1.0, 0.5)
    assert omos_scores.none_f(rows) == pytest.approx(2 / 3)


def test_no_line_for_an_answered_question_is_precise_and_finds_nothing() -> None:
    rows = omos_scores.counted([frozenset({1})], [frozenset()])
    assert (omos_scores.line_precision(rows), omos_scores.line_recall(rows)) == (1.0, 0.0)
    assert omos_scores.none_precision(rows) == 0.0


def test_each_line_is_like_the_question_of_its_own_thing(encoder: Encoder) -> None:
    asked = pages()
    like = likeness(asked, asked, encoder)
    assert [each.shape for each in like] == [(5, len(KINDS))] * len(asked)
    for one in like[: len(THINGS)]:
        assert set(one.argmax(axis=0)) <= {1, 2}
    assert np.mean([one.max(axis=0) for one in like[: len(THINGS)]]) > np.mean([one.max(axis=0) for one in like[8:]])


def test_a_line_sees_its_neighbours_and_its_heading() -> None:
    like = np.array([[0.1], [0.9], [0.2], [0.3]])
    lines = ("Short heading", "Another heading", "This is a whole sentence of the page.", "And this is one more of it.")
    features = line_features(like, lines)
    count = 2 * NEIGHBOURS + 1
    assert features[2, :count].tolist() == [0, 0, 0.1, 0.9, 0.2, 0.3, 0, 0, 0]
    assert features[:, count].tolist() == [0.1, 0.1, 0.9, 0.9]
    assert page_features(like)[0] == 0.9


def test_a_page_that_is_not_likely_has_no_answer_and_another_has_at_least_one_line() -> None:
    lines = np.array([0.1, 0.3])
    assert Likely(lines, 0.2).chosen(min_page=0.5, min_line=0.0) == frozenset()
    assert Likely(lines, 0.8).chosen(min_page=0.5, min_line=0.9) == {1}
    assert Likely(lines, 0.8).chosen(min_page=0.5, min_line=0.05) == {0, 1}


def test_thresholds_part_pages_and_lines() -> None:
    likely = [Likely(np.array([0.2, 0.6]), 0.9), Likely(np.array([0.3, 0.7]), 0.8), Likely(np.array([0.6, 0.6]), 0.4)]
    min_page, min_line = fit_thresholds([frozenset({1}), frozenset({1}), frozenset()], likely)
    assert 0.4 < min_page <= 0.8 and 0.3 < min_line <= 0.6


def test_what_is_learnt_on_some_pages_finds_lines_on_others(encoder: Encoder) -> None:
    asked = pages()
    like = likeness(asked, asked, encoder)
    known = Known.of(asked, like, ways()[" + ".join(KINDS)])
    rows = omos_scores.counted([one.answers for one in asked], choose(known, known))
    assert omos_scores.line_f(rows) > 0.9
    assert omos_scores.none_f(rows) > 0.9


@pytest.mark.skipif(not (SHARED_DATA / "eval" / "omos_qa").is_dir(), reason=ABSENT_DATA)
def test_the_published_splits_are_whole() -> None:
    splits = {split: read_split(SHARED_DATA / "eval" / "omos_qa", split) for split in ("train", "dev", "test")}
    assert {split: len(asked) for split, asked in splits.items()} == {"train": 461, "dev": 193, "test": 252}
    assert all(max(one.answers, default=0) < len(one.lines) for asked in splits.values() for one in asked)
