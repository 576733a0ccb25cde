"""More questions than are compared one by one: the graph that is searched instead, beside brute force."""

import statistics
import time
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from benchmarks.language.many_questions import grown
from benchmarks.language.one_core import on_one_core
from knowledge_base.index import FEW, QuestionIndex
from knowledge_base.index_description import FLAT_UP_TO, HNSW
from knowledge_base.library import Library
from language.encoder import Encoder
from publishing.held_out import read_held_out
from tests.knowledge_base.conftest import ROOT

QUESTIONS_OF_AN_ENTRY = 24
ASKED = 200
NEAREST = 10
EQUAL = 1e-5

Floats = NDArray[np.float32]
Mask = NDArray[np.bool_]


@pytest.fixture(scope="module")
def large_library() -> Library:
    """Our entries, and copies with typing errors, a little more than are compared one by one."""
    return grown(Library.load(ROOT / "data" / "faq"), FLAT_UP_TO // QUESTIONS_OF_AN_ENTRY + 200)


@pytest.fixture(scope="module")
def large_index(large_library: Library, encoder: Encoder) -> QuestionIndex:
    """The graph; it takes about half a minute."""
    return QuestionIndex.build(large_library, encoder)


@pytest.fixture(scope="module")
def asked(encoder: Encoder) -> Floats:
    """Vectors of sentences that no index holds, (sentences, dimension)."""
    texts = [row.text for row in read_held_out(ROOT / "tests" / "evaluation")]
    return encoder.encode(texts[:: len(texts) // ASKED])


@pytest.fixture(scope="module")
def compared(large_index: QuestionIndex, asked: Floats) -> Floats:
    """By brute force: the similarities of all questions, (sentences, questions)."""
    return asked @ large_index.all_vectors().T


def allowed_share(index: QuestionIndex, share: float) -> Mask:
    """A share of the entries, drawn; (entries,)."""
    return np.random.default_rng(1).random(int(index.owners.max()) + 1) < share


def of_entries(index: QuestionIndex, compared: Floats, allowed: Mask) -> Floats:
    """What `similarities` should say; compared: similarities of questions, (questions,); allowed: (entries,)."""
    nearest = np.full(len(allowed), -1.0, dtype=np.float32)
    np.maximum.at(nearest, index.owners, compared)
    return np.where(allowed, nearest, np.float32(-1))


def test_above_the_limit_the_index_is_a_graph(large_index: QuestionIndex) -> None:
    assert len(large_index.owners) > FLAT_UP_TO
    assert large_index.kind == HNSW


@pytest.mark.parametrize("share", [1.0, 0.6])
def test_the_graph_finds_95_of_100_nearest_questions(
    large_index: QuestionIndex, asked: Floats, compared: Floats, share: float
) -> None:
    allowed = allowed_share(large_index, share)[large_index.owners]
    assert allowed.sum() > FEW
    found = np.stack([large_index.similarities_of_questions(vector, allowed) for vector in asked])
    exact = np.sort(compared[:, allowed], axis=1)[:, -NEAREST:]
    hits = (found >= exact[:, :1] - EQUAL).sum(axis=1)
    assert np.minimum(1, hits / NEAREST).mean() >= 0.95
    assert (found.max(axis=1) >= exact[:, -1] - EQUAL).mean() >= 0.98


def test_what_is_not_allowed_is_never_found_in_the_graph(large_index: QuestionIndex, asked: Floats) -> None:
    allowed = allowed_share(large_index, 0.6)
    for vector in asked[:50]:
        similarities = large_index.similarities(vector, allowed)
        assert (similarities[~allowed] == -1).all()
        assert similarities[allowed].max() > -1


def test_an_entry_in_the_graph_is_as_near_as_its_nearest_question_that_is_found(
    large_index: QuestionIndex, asked: Floats
) -> None:
    everybody = allowed_share(large_index, 1.0)
    for vector in asked[:20]:
        of_questions = large_index.similarities_of_questions(vector, everybody[large_index.owners])
        assert (large_index.similarities(vector, everybody) == of_entries(large_index, of_questions, everybody)).all()


def test_few_allowed_entries_are_compared_one_by_one(
    large_index: QuestionIndex, asked: Floats, compared: Floats
) -> None:
    allowed = allowed_share(large_index, 0.1)
    for vector, of_questions in zip(asked[:20], compared, strict=False):
        exact = of_entries(large_index, of_questions, allowed)
        assert large_index.similarities(vector, allowed) == pytest.approx(exact, abs=EQUAL)


def test_nobody_allowed_is_nothing_found(large_index: QuestionIndex, asked: Floats) -> None:
    assert (large_index.similarities(asked[0], allowed_share(large_index, 0.0)) == -1).all()


def test_a_graph_that_was_kept_finds_the_same(
    tmp_path: Path, large_index: QuestionIndex, large_library: Library, asked: Floats
) -> None:
    large_index.save(tmp_path)
    kept = QuestionIndex.load(tmp_path, large_library)
    everybody = allowed_share(large_index, 1.0)
    assert kept.kind == HNSW
    for vector in asked[:20]:
        assert (kept.similarities(vector, everybody) == large_index.similarities(vector, everybody)).all()


def test_a_search_of_the_graph_takes_less_than_ten_milliseconds_of_one_core(
    large_index: QuestionIndex, asked: Floats
) -> None:
    everybody, seconds = allowed_share(large_index, 1.0), []
    with on_one_core():
        for vector in asked:
            started = time.process_time()
            large_index.similarities(vector, everybody)
            seconds.append(time.process_time() - started)
    assert statistics.median(seconds) < 0.010
