"""Our own held-out questions: place of the right topic, other languages, coverage at a precision."""

import numpy as np
import pytest

from benchmarks.language.coverage import Answered, coverage, share_answered
from benchmarks.language.own_questions import ask, found_of, without
from knowledge_base.index import questions_of
from knowledge_base.retriever import Retriever
from publishing.held_out import HeldOut
from tests.knowledge_base import conftest as of_knowledge_base

encoder, library, index_folder, retriever = (
    of_knowledge_base.encoder,
    of_knowledge_base.library,
    of_knowledge_base.index_folder,
    of_knowledge_base.retriever,
)


def rows(*pairs: tuple[float, bool]) -> np.ndarray:
    return np.array(pairs, dtype=np.float64)


def test_the_threshold_lets_through_as_many_as_the_precision_allows() -> None:
    asked = rows((0.9, True), (0.8, True), (0.7, False), (0.6, True), (0.5, False))
    assert share_answered(asked, 1.0) == 0.4
    assert share_answered(asked, 0.75) == 0.8
    assert share_answered(asked, 0.6) == 1.0


def test_questions_of_one_probability_are_answered_together() -> None:
    assert share_answered(rows((0.5, True), (0.5, False)), 0.9) == 0.0
    assert share_answered(rows((0.5, False), (0.9, True)), 0.9) == 0.5


def test_where_no_threshold_is_precise_enough_nothing_is_answered() -> None:
    assert share_answered(rows((0.9, False), (0.8, True)), 0.9) == 0.0


def test_the_share_has_an_interval() -> None:
    answered = [Answered(1 if number % 4 else 2, number / 100) for number in range(100)]
    found = coverage(answered, 0.7)
    assert found.low <= found.value == 1.0 == found.high


def test_the_place_is_that_of_the_topic_not_of_the_entry(retriever: Retriever) -> None:
    row = HeldOut("ru", "нужны документы чтобы получить патент", "plain", "work.permit")
    answered = ask(retriever, row, {})
    assert answered.place == 1
    assert 0 < answered.probability <= 1
    other = ask(retriever, HeldOut("ru", row.text, "plain", "health.insurance"), {})
    assert other.place > 1
    assert other.probability == answered.probability


def test_the_classifiers_ranking_counts(retriever: Retriever) -> None:
    row = HeldOut("ru", "регистрация", "plain", "registration.fines")
    assert ask(retriever, row, {"registration.fines": 0.95}).place == 1
    assert ask(retriever, row, {"registration.arrival": 0.95}).place == 2


def test_the_four_figures() -> None:
    found = found_of([Answered(1, 0.9), Answered(1, 0.8), Answered(2, 0.3), Answered(5, 0.2)])
    assert (found.first.value, found.among_three.value) == (0.5, 0.75)
    assert found.reciprocal_rank.value == pytest.approx((1 + 1 + 0.5 + 0.2) / 4)
    assert found.coverage.value == 0.5


def test_an_entry_without_a_language_says_nothing_in_any_of_its_scripts(retriever: Retriever) -> None:
    entry = retriever.find("паспорт", variant="ru", country=None, citizenship=None, topics={}).matches[0].entry
    left = without(entry, "ru")
    assert "ru" in entry.questions and "ru" not in left.questions and "ru" not in left.answer
    assert not set(entry.questions["ru"]) & set(questions_of([left])[1])
    assert not {"uz", "uz-Cyrl"} & set(without(entry, "uz").answer)
