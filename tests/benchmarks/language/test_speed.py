"""Times of one core, libraries that have grown, and what is found among many questions."""

import os
import time
from pathlib import Path

import numpy as np
import pytest

from benchmarks.language.many_questions import grown, multiplied
from benchmarks.language.one_core import Milliseconds, milliseconds_of, on_one_core
from benchmarks.language.scale import build, recall, search
from benchmarks.language.speed import Measured, of_messages, of_retrieval, of_search
from benchmarks.language.trained_release import trained_release
from benchmarks.language.understanding_steps import Understood
from bot.engine.understand import Parsed
from knowledge_base.index import QuestionIndex, questions_of
from knowledge_base.library import Library
from knowledge_base.retriever import Retriever
from language.encoder import Encoder
from language.folding import skeleton
from tests.knowledge_base import conftest as of_knowledge_base

encoder, library, index_folder, retriever = (
    of_knowledge_base.encoder,
    of_knowledge_base.library,
    of_knowledge_base.index_folder,
    of_knowledge_base.retriever,
)


def understood(text: str, seconds: float) -> Understood:
    by_component = {"LanguageAndFold": seconds, "FindEntities": 1.0, "LinearClassifier": seconds}
    return Understood(text, Parsed("meta.hello", 0.9, (("meta.hello", 0.9),), (), "ru", "Cyrl"), by_component, 2.0)


def test_a_measurement_has_one_core_and_gives_the_others_back() -> None:
    before = os.sched_getaffinity(0)
    with on_one_core():
        assert len(os.sched_getaffinity(0)) == 1
    assert os.sched_getaffinity(0) == before


def test_times_are_of_the_processor_not_of_the_clock() -> None:
    times = milliseconds_of(lambda _: time.sleep(0.02), range(5))
    assert 0 <= times.middle <= times.slow < 15


def test_the_middle_and_the_slow_end_are_in_milliseconds() -> None:
    times = Milliseconds.of([0.001] * 90 + [0.005] * 10)
    assert (times.middle, times.slow) == (pytest.approx(1), pytest.approx(5))


def test_a_library_grows_by_copies_with_typing_errors(library: Library) -> None:
    large = grown(library, 20)
    assert len(large.entries) == 20
    assert [entry for entry in large.entries if library.has(entry.id)] == list(library.entries)
    copies = [entry for entry in large.entries if not library.has(entry.id)]
    assert {entry.topic for entry in copies} <= {entry.topic for entry in library.entries}
    known = set(questions_of(library.entries)[1])
    assert np.mean([text in known for text in questions_of(copies)[1]]) < 0.3
    assert grown(library, 20).entries == large.entries


def test_texts_are_multiplied_without_losing_one() -> None:
    texts = ["Как получить патент?", "Потерял паспорт", "Where is the consulate?"]
    found = multiplied(texts, 30)
    assert len(found) == 30
    assert set(texts) == set(found[:3])
    assert len(set(map(skeleton, found))) > 10


def test_recall_counts_any_of_equally_near_questions() -> None:
    exact = np.array([[0.9] * 11 + [0.1]], dtype=np.float32)
    found = np.array([[0.9] * 10 + [-1, -1]], dtype=np.float32)
    assert recall(found, exact).tolist() == [1.0]
    found[0, :5] = -1
    assert recall(found, exact).tolist() == [0.5]


def test_a_small_index_finds_everything() -> None:
    vectors = np.random.default_rng(1).normal(size=(480, 16)).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    index, built = build(vectors)
    searched = search(index, vectors[:20] @ vectors.T, vectors[:20], 0.5)
    assert (built.kind, built.questions, searched.recall.value) == ("flat", 480, 1.0)
    assert searched.is_as_wanted


def test_the_way_to_the_intent_is_counted_without_entities() -> None:
    first, *_ = of_messages([understood("а", 0.0005)] * 3)
    assert first.value == pytest.approx(1.0)
    assert first.is_met


def test_finding_an_entry_is_timed_with_the_classifiers_ranking(retriever: Retriever) -> None:
    middle, slow = of_retrieval(retriever, [understood("Потерял паспорт", 0.001)] * 5, "RU", "UZ")
    assert 0 < middle.value <= slow.value
    assert "in RU from UZ" in middle.what and slow.wanted == 5.0


def test_what_a_search_misses_is_counted_in_per_cent(encoder: Encoder, library: Library) -> None:
    middle, missed = of_search(QuestionIndex.build(library, encoder), encoder.encode(["паспорт", "патент"]))
    assert middle.is_met and middle.unit == "ms"
    assert (missed.value, missed.unit, missed.wanted) == (pytest.approx(0), "%", pytest.approx(5))


def test_what_is_as_large_as_its_bound_is_missed() -> None:
    assert not Measured("a", 3.0, "ms", 3.0).is_met
    assert Measured("a", 99.0, "ms").is_met


def test_without_a_release_nothing_is_measured(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("SAFAR_HOME", str(tmp_path))
    monkeypatch.setattr("sys.argv", ["speed"])
    assert trained_release("about") is None
    assert "not measured: No release is live" in capsys.readouterr().out
