"""The report of an evaluation: what is confused, what is weak, how true confidence is, drawn and written down."""

import json
from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from bot.engine import no_tensorflow
from foundation.settings import PROJECT
from knowledge_base.topics import Topics
from language.variants import LANGUAGES
from publishing import report
from publishing.evaluate import Judged, figures, judge
from publishing.held_out import HeldOut
from publishing.must_pass import MustPass, Passed, read_must_pass, summary, try_rows
from publishing.report import ReportError, write_report
from publishing.report_figures import Bin, report_figures
from publishing.report_pictures import CALIBRATION, CONFUSIONS, WEAKEST, parse

PNG = b"\x89PNG"
TODAY = date(2026, 11, 21)
ROWS = [
    HeldOut("ru", "взяли не то", "plain", "bans.check"),
    HeldOut("tg", "взяли не то", "story", "bans.check"),
    HeldOut("tg", "верно", "noisy", "bans.check"),
    HeldOut("ru", "верно", "plain", "work.permit"),
    HeldOut("ru", "бьют", "danger", danger="urgent"),
]


def _answer(row: HeldOut) -> Mapping[str, Any]:
    is_right = row.text == "верно"
    return {
        "topic": row.topic if is_right else "bans.appeal",
        "topics": [row.topic],
        "language": row.language,
        "danger": "none",
        "handover": False,
        "confidence": 0.95 if is_right else 0.75,
    }


@pytest.fixture
def judged() -> list[Judged]:
    """Four sentences on two topics, two of them taken for a third one, and one on danger only."""
    return judge(ROWS, _answer)


def test_confusions_are_counted_over_languages(judged: list[Judged]) -> None:
    (confusion,) = report_figures(judged).confusions
    assert (confusion.right, confusion.taken, confusion.count) == ("bans.check", "bans.appeal", 2)
    assert confusion.languages == ("ru", "tg")


def test_the_weakest_topic_comes_first(judged: list[Judged]) -> None:
    weak, strong = report_figures(judged).weakest
    assert (weak.topic, weak.sentences, weak.among_three) == ("bans.check", 3, 1.0)
    assert weak.first == pytest.approx(1 / 3)
    assert (strong.topic, strong.first) == ("work.permit", 1.0)


def test_confidence_that_is_too_high_shows_as_an_error(judged: list[Judged]) -> None:
    whole, ru, tg = report_figures(judged).calibrations
    assert [each.language for each in (whole, ru, tg)] == ["all", "ru", "tg"]
    assert whole.bins == (Bin(2, 0.75, 0.0), Bin(2, 0.95, 1.0))
    assert whole.error == pytest.approx((0.75 + 0.05) / 2)


def test_figures_come_whole_through_json(judged: list[Judged]) -> None:
    shown = report_figures(judged)
    found = parse(json.loads(json.dumps(asdict(shown))))
    assert found.weakest == shown.weakest
    assert found.calibrations == shown.calibrations
    assert [each.count for each in found.confusions] == [2]


def test_the_report_has_figures_a_page_and_pictures_beside_the_engines_stubs(
    judged: list[Judged], tmp_path: Path
) -> None:
    no_tensorflow.install()
    passed = [Passed(MustPass("ru", "Где патент?", "work.permit"), "bans.check")]
    page = write_report(tmp_path, judged, passed, TODAY).read_text("utf-8")
    assert json.loads((tmp_path / "report.json").read_text("utf-8")) == [asdict(row) for row in figures(judged)]
    for words in ("2026-11-21", "| bans.check | bans.appeal | 2 | ru, tg |", "| bans.check | 3 | 33 | 100 |"):
        assert words in page
    assert "0 of 1 right." in page and "work.permit, taken for bans.check: Где патент?" in page
    for picture in (CONFUSIONS, WEAKEST, CALIBRATION):
        assert f"(report/{picture})" in page
        assert (tmp_path / "report" / picture).read_bytes().startswith(PNG)


def test_nothing_confused_is_drawn_as_well(tmp_path: Path) -> None:
    write_report(tmp_path, judge(ROWS[2:], _answer), [], TODAY)
    assert (tmp_path / "report" / CONFUSIONS).read_bytes().startswith(PNG)


def test_pictures_that_cannot_be_drawn_leave_figures_and_page(
    judged: list[Judged], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(report.sys, "executable", "/bin/false")
    with pytest.raises(ReportError, match="could not be drawn"):
        write_report(tmp_path, judged, [], TODAY)
    assert (tmp_path / "report.json").is_file() and (tmp_path / "report.md").is_file()


def test_must_pass_rows_ask_at_least_three_plain_questions_in_every_variant() -> None:
    rows = read_must_pass(PROJECT / "tests" / "must_pass.yml")
    topics = Topics.load(PROJECT / "data" / "topics.yml").ids
    counts = {name: sum(row.variant == name for row in rows) for name in LANGUAGES}
    assert min(counts.values()) >= 3, counts
    assert all(row.topic in topics for row in rows)


def test_a_must_pass_row_that_fails_is_named() -> None:
    rows = [MustPass("ru", "Где патент?", "work.permit"), MustPass("tg", "Патент?", "work.permit")]
    passed = try_rows(rows, lambda row: {"topic": "work.permit" if row.variant == "ru" else "bans.check"})
    assert summary(passed) == "1 of 2 right.\n* tg: work.permit, taken for bans.check: Патент?"


@pytest.mark.parametrize("text", ["ru: [Где патент?]", "de: [{text: Wo, topic: work.permit}]", "[", "- 5"])
def test_a_file_of_must_pass_rows_of_another_form_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "must_pass.yml").write_text(text, "utf-8")
    with pytest.raises(ValueError, match=r"must_pass\.yml"):
        read_must_pass(tmp_path / "must_pass.yml")
