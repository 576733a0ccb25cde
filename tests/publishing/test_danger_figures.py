"""Figures of danger: intervals, languages, sets, signs, threads, and the sentences that were missed."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from guidance.danger import CONTEXT_TEXTS
from publishing.danger_figures import Share, alarmed, by_sign, missed, missed_threads, of_languages, of_sets
from publishing.danger_report import danger_page, danger_table
from publishing.evaluate import Judged, judge
from publishing.held_out import HeldOut, read_held_out

FILE = """topics:
  bans.check: {plain: alarm on a ban}
  trafficking.help_now: {plain: alarm on help}
danger:
- {text: alarm of papers, level: concern, sign: papers_kept}
- {text: quiet papers, level: concern, sign: papers_kept}
- {text: alarm at once, level: urgent}
not_danger: [alarm for nothing, quiet]
threads:
- {messages: [a, b, c, d, alarm in the end], level: concern, sign: threats}
- {messages: [alarm at first, b], level: urgent, sign: violence}
- {messages: [a, b], level: urgent, sign: violence}
- {messages: [alarm too early, b], level: none, sign: null}
out_of_scope: []
human: []
"""


def _answer(row: HeldOut) -> Mapping[str, Any]:
    danger = "concern" if "alarm" in row.text else "none"
    signs = ["papers_kept"] if danger == "concern" else []
    return {"topic": row.topic, "topics": [], "language": "ru", "danger": danger, "signs": signs, "handover": False}


@pytest.fixture
def judged(tmp_path: Path) -> list[Judged]:
    """One language, one set, with threads."""
    (tmp_path / "third").mkdir()
    (tmp_path / "third" / "ru.yml").write_text(FILE, "utf-8")
    return judge(read_held_out(tmp_path), _answer)


@pytest.mark.parametrize(
    ("found", "of", "low", "high"),
    [(0, 10, 0.0, 0.278), (10, 10, 0.722, 1.0), (81, 100, 0.722, 0.875), (0, 0, 0.0, 1.0)],
)
def test_intervals_are_those_of_wilson(found: int, of: int, low: float, high: float) -> None:
    share = Share(found, of)
    assert (share.low, share.high) == (pytest.approx(low, abs=0.001), pytest.approx(high, abs=0.001))


def test_danger_is_counted_by_language_and_set(judged: list[Judged]) -> None:
    ru, both = of_languages(judged)
    assert (ru.name, both.name) == ("ru", "all")
    assert (ru.noticed, ru.urgent, ru.false_alarms) == (Share(2, 3), Share(1, 1), Share(1, 2))
    assert [row.name for row in of_sets(judged)] == ["third"]


def test_everyday_alarms_leave_out_topics_that_may_hide_danger(judged: list[Judged]) -> None:
    assert of_languages(judged)[0].everyday == Share(1, 1)


def test_a_thread_is_noticed_when_any_of_its_messages_raises_an_alarm(judged: list[Judged]) -> None:
    ru = of_languages(judged)[0]
    assert (ru.threads, ru.thread_alarms) == (Share(2, 3), Share(1, 1))
    assert [item.row.before for item in missed_threads(judged)] == [("a",)]


def test_a_message_of_a_thread_is_judged_with_those_that_the_gateway_would_look_at(judged: list[Judged]) -> None:
    last = next(item.row for item in judged if item.row.text == "alarm in the end")
    assert last.before == ("b", "c", "d")
    assert len(last.before) == CONTEXT_TEXTS
    assert last.style == "thread" and last.danger == "concern"


def test_signs_tell_what_is_noticed_and_what_is_named(judged: list[Judged]) -> None:
    assert by_sign(judged) == {"papers_kept": (Share(1, 2), Share(1, 2))}


def test_what_was_missed_or_wrongly_alarmed_is_listed_by_sentence(judged: list[Judged]) -> None:
    assert [item.row.text for item in missed(judged)] == ["quiet papers"]
    assert [item.row.text for item in alarmed(judged)] == ["alarm for nothing"]
    page = danger_page(judged)
    for words in (
        "* ru, third, papers_kept: quiet papers",
        "concern: papers_kept: alarm for nothing",
        "violence: a / b",
    ):
        assert words in page
    assert "| ru | 66.7 (21–94) of 3 |" in danger_table(judged)
