"""Reading the public sets of intents, and deciding what is out of scope."""

from pathlib import Path

import numpy as np
import pytest

from benchmarks.language.intent_sets import FOLDERS, OUT_OF_SCOPE, read_sets
from benchmarks.language.intents_vanilla import beside
from benchmarks.language.out_of_scope import (
    WAYS,
    area_under_curve,
    best_in_scope,
    by_first,
    rejection,
    scores,
    threshold_of,
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Public sets of a few rows each."""
    clinc = "split\ttext\tintent\tdomain\n"
    clinc += 'train\tsay "hi\tgreet\tx\nval\thello\tgreet\tx\ntest\thi\tgreet\tx\ntest\tq\toos\toos\n'
    plain = "split\ttext\tintent\ntrain\tmy card?\tcard\ntest\ta card\tcard\n"
    xsid = "split\tid\ttext\ttext_en\tintent\nvalid\t1\train\t\tweather/find\ntest\t1\tsun\t\tweather/find\n"
    for name in FOLDERS:
        (tmp_path / name).mkdir()
    for size in ("full", "small"):
        (tmp_path / "clinc150" / f"data_{size}.tsv").write_text(clinc, "utf-8")
    for name in ("banking77", "hwu64"):
        (tmp_path / name / f"{name}.tsv").write_text(plain, "utf-8")
    for language in ("en", "kk"):
        (tmp_path / "xsid" / f"{language}.tsv").write_text(xsid, "utf-8")
    return tmp_path


def test_parts_are_kept_apart_and_quotes_are_text(folder: Path) -> None:
    found = read_sets(folder)["CLINC150-full"]
    assert [row.text for row in found.train] == ['say "hi']
    assert [row.text for row in found.valid] == ["hello"]
    assert [row.intent for row in found.tests["en"]] == ["greet", OUT_OF_SCOPE]


def test_an_intent_has_no_slash_at_which_rasa_would_cut_it(folder: Path) -> None:
    found = read_sets(folder)["xSID"]
    assert [row.intent for row in found.train] == ["weather.find"]
    assert {row.intent for rows in found.tests.values() for row in rows} == {"weather.find"}


def test_the_class_of_the_out_of_scope_examples_is_no_intent_in_scope() -> None:
    decisions = np.array([[0.1, 0.9, 0.3]], dtype=np.float32)
    assert best_in_scope(decisions, ("a", OUT_OF_SCOPE, "b")) == pytest.approx([0.3])


def test_a_threshold_accepts_the_share_that_was_asked_for() -> None:
    scores = np.linspace(0, 1, 1001, dtype=np.float32)
    found = rejection(scores, np.array([0.01, 0.9], dtype=np.float32), threshold_of(scores))
    assert found.acceptance.value == pytest.approx(0.95, abs=0.002)
    assert found.recall.value == 0.5


def test_the_area_counts_ordered_pairs_and_equals_as_halves() -> None:
    inside, outside = np.array([0.5, 0.9], dtype=np.float32), np.array([0.5, 0.1], dtype=np.float32)
    assert area_under_curve(inside, outside) == pytest.approx(3.5 / 4)


def test_each_score_is_higher_for_what_is_in_scope() -> None:
    decisions = np.array([[0.9, -1.0, -0.5], [-0.6, 0.8, -0.7]], dtype=np.float32)
    found = scores(decisions, np.exp(decisions), ("a", OUT_OF_SCOPE, "b"))
    assert set(found) == set(WAYS)
    assert all(inside > outside for inside, outside in found.values())


def test_by_class_a_sentence_is_turned_down_where_that_class_comes_first() -> None:
    decisions = np.array([[0.9, 0.1], [0.1, 0.9], [0.1, 0.9], [0.9, 0.1]], dtype=np.float32)
    found = by_first(decisions, np.array([True, True, False, False]), ("a", OUT_OF_SCOPE))
    assert (found.recall.value, found.acceptance.value) == (0.5, 0.5)


def test_another_classifier_is_judged_in_and_out_of_scope_apart(folder: Path) -> None:
    of = read_sets(folder)["CLINC150-small"]
    found = beside(of, ["greet", "greet"], seconds=9.0, processor=8.0)
    assert (found.accuracy.value, found.recall.value) == (1.0, 0.0)
