"""Evidence becomes probabilities."""

import numpy as np
import pytest

from knowledge_base.fusion import Case, Fusion, fit

FUSION = Fusion(similarity_weight=10.0, coverage_weight=5.0, none=6.0, min_topic=0.5)
TOPICS = ["registration.arrival", "work.permit", "work.eaeu"]


def test_probabilities_of_all_entries_and_of_none_sum_to_one() -> None:
    found = FUSION.probabilities(np.array([0.9, 0.1]), np.array([0.5, 0.0]))
    assert found.shape == (3,)
    assert found.sum() == pytest.approx(1.0)
    assert found.argmax() == 0


def test_without_evidence_none_is_likeliest() -> None:
    assert FUSION.probabilities(np.zeros(3), np.zeros(3)).argmax() == 3


def test_the_topics_move_the_probabilities() -> None:
    similarity, coverage = np.array([0.6, 0.6]), np.zeros(2)
    first = FUSION.probabilities(similarity, coverage, np.array([0.9, 0.1, 0.0]))
    elsewhere = FUSION.probabilities(similarity, coverage, np.array([0.0, 0.0, 1.0]))
    assert first[0] > 5 * first[1]
    assert elsewhere.argmax() == 2


def test_fitting_separates_our_questions_from_foreign_ones() -> None:
    chance = np.random.default_rng(5)
    known = [Case(np.array([right, 0.2, 0.1]), np.zeros(3), TOPICS, 0) for right in chance.uniform(0.4, 0.6, 60)]
    foreign = [Case(np.full(3, near), np.zeros(3), TOPICS, None) for near in chance.uniform(0.1, 0.3, 20)]
    fusion = fit(known + foreign)
    assert fusion.held_out_known is not None and fusion.held_out_known > 0.9
    assert fusion.held_out_foreign is not None and fusion.held_out_foreign > 0.9
    assert fusion.is_in_content(fusion.probabilities(np.array([0.5, 0.2, 0.1]), np.zeros(3)), TOPICS)
    assert not fusion.is_in_content(fusion.probabilities(np.array([0.2, 0.2, 0.1]), np.zeros(3)), TOPICS)


def test_entries_of_one_topic_count_together() -> None:
    probabilities = np.array([0.3, 0.3, 0.0, 0.4])
    assert FUSION.is_in_content(probabilities, ["registration.arrival", "registration.arrival", "work.permit"])
    assert not FUSION.is_in_content(probabilities, ["registration.arrival", "registration.fines", "work.permit"])


def test_without_foreign_questions_typical_weights_are_kept() -> None:
    fusion = fit([Case(np.array([0.5]), np.zeros(1), ["work.permit"], 0)])
    assert fusion.held_out_known is None
    assert fusion.min_topic == 0.4
