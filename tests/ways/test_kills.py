"""kill -9 of gateway, engine and database while people write on three channels: nothing is lost, nothing is doubled."""

from pathlib import Path

import pytest

from tests.ways.killing import Outcome, battlefield
from tests.ways.own_postgres import has_postgres
from tests.ways.throng import CHANNELS, make_plan

SECONDS, PER_SECOND, PEOPLE = 9.0, 6.0, 6
VICTIMS = {"sqlite": ("gateway", "rasa"), "postgresql": ("database", "gateway", "rasa")}
needs_postgres = pytest.mark.skipif(not has_postgres(), reason="the programs of PostgreSQL's server are absent")
KINDS = ["sqlite", pytest.param("postgresql", marks=needs_postgres)]


@pytest.mark.parametrize("kind", KINDS)
def test_every_message_on_every_channel_is_answered_once_and_in_order(kind: str, release: Path, tmp_path: Path) -> None:
    with battlefield(tmp_path, release, kind) as field:
        outcome = field.run(make_plan(SECONDS, PER_SECOND, PEOPLE), PEOPLE, VICTIMS[kind], print)
        logged = field.safars[0].logged()
    _nothing_is_lost(outcome)
    assert "Traceback" not in logged


@needs_postgres
def test_two_gateways_and_engines_share_the_work_and_one_goes_on_alone(release: Path, tmp_path: Path) -> None:
    with battlefield(tmp_path, release, "postgresql", stacks=2) as field:
        plan = make_plan(SECONDS, PER_SECOND, PEOPLE)
        outcome = field.run(plan, PEOPLE, ("stack",), print)
        _nothing_is_lost(outcome)
        asked = field.telegram.calls_of("getUpdates")
        assert 409 not in {call.status for call in asked}, "two have asked Telegram for updates at the same time"
        assert "has the duty “telegram polling”" in field.safars[1].logged()
        assert all("Traceback" not in each.logged() for each in field.safars)


def _nothing_is_lost(outcome: Outcome) -> None:
    assert outcome.violations == ()
    for channel in CHANNELS:
        found = outcome.accounts[channel]
        assert found.sent > 0, channel
        assert (found.answered, found.lost, found.out_of_order) == (found.sent, 0, 0), (channel, found)
        assert found.twice <= found.in_flight_at_kills, (channel, found)
        assert found.faults == []
