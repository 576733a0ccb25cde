"""A hundred simulated people: no dead end, no wrong rule, no unanswered message, no error."""

import logging
from pathlib import Path

import pytest

from tests.actions.content_ground import content_ground
from tests.actions.rule_conversation import load_rules, quiet_rasa
from tests.simulated_people.crowd import simulate

PEOPLE = 100
SEED = 8


async def test_everybody_is_answered_by_their_own_rule(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    ground = content_ground()
    with quiet_rasa(), caplog.at_level(logging.ERROR):
        figures = await simulate(load_rules(ground, tmp_path), ground, PEOPLE, SEED)
    assert not figures.complaints, "\n".join(figures.complaints[:20])
    assert not caplog.records
    assert min(figures.results.values()) >= PEOPLE // 20, figures
