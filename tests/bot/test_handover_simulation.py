"""A small form of `python -m benchmarks.handovers`: people, operators and a killed gateway at once, no violation."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from benchmarks.handover_violations import violations
from benchmarks.handovers import simulation
from conversations.handover_steps import Step
from conversations.transcript import Message

AT = datetime(2026, 11, 21, tzinfo=UTC)


def test_nobody_speaks_out_of_turn_and_nothing_is_lost_while_the_gateway_is_killed(
    database_url: str, tmp_path: Path, free_port: int
) -> None:
    with simulation(tmp_path, free_port, turns=160, kills=2, seed=3, url=database_url) as running:
        assert running.run(people=20) == []
        assert running.done["kills"] == 2 and running.done["taken"] > 0
        assert running.done["written while waiting"] + running.done["written while operator"] > 0


def _said(cursor: int, sender: str, operator: str | None = None, seconds: float = 9) -> Message:
    at = AT + timedelta(seconds=seconds)
    return Message(cursor, sender, "", (), None, (), at, None, None, None, None, (), operator, None)


def _log(*steps: tuple[str, str, str, int]) -> list[Step]:
    return [Step(step, who, why, AT, cursor) for step, who, why, cursor in steps]


TAKEN = (("opened", "migrant", "wish", 1), ("taken", "Aziz", "", 2))


@pytest.mark.parametrize(
    ("log", "said", "words"),
    [
        (TAKEN, [_said(3, "bot")], "the bot spoke at 3 while it was operator"),
        (TAKEN, [_said(2, "bot")], "the bot spoke at 2 while it was waiting"),
        (TAKEN, [_said(3, "operator", "Madina")], "Madina spoke at 3 without holding it"),
        ((*TAKEN, ("taken", "Madina", "", 3)), [], "two holders"),
        ((*TAKEN, ("answered", "Madina", "", 3)), [], "step answered by Madina"),
        ((*TAKEN, ("opened", "migrant", "", 3)), [], "not allowed"),
    ],
)
def test_each_violation_is_seen(log: tuple[tuple[str, str, str, int], ...], said: list[Message], words: str) -> None:
    found = violations(_log(*log), said)
    assert len(found) == 1 and words in found[0]


def test_what_is_allowed_is_no_violation() -> None:
    said = [_said(1, "bot"), _said(2, "bot", seconds=0), _said(3, "operator", "Aziz"), _said(4, "bot")]
    assert violations(_log(*TAKEN, ("given_back", "Aziz", "", 3)), said) == []
