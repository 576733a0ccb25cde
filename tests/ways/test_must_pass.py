"""A release measured as its content team does it: must-pass rows are right, and the report lies in the release."""

from pathlib import Path

import yaml

from tests.trained_release import PROJECT
from tests.ways.running_safar import RunningSafar

SENTENCES = {
    "topics": {"bans.check": {"plain": "Как узнать, нет ли у меня запрета на въезд?"}},
    "danger": [{"text": "нас заперли и бьют", "level": "urgent"}],
    "not_danger": ["сколько стоит патент?"],
    "out_of_scope": ["кто выиграл вчера футбол?"],
    "human": ["хочу поговорить с человеком"],
}


def test_every_must_pass_row_is_right_and_the_report_is_written(safar: RunningSafar, tmp_path: Path) -> None:
    (tmp_path / "own").mkdir()
    (tmp_path / "own" / "ru.yml").write_text(yaml.safe_dump(SENTENCES, allow_unicode=True), "utf-8")
    done = safar.command("evaluate", "--sentences", str(tmp_path))
    said = done.stdout.decode()
    (release,) = (safar.home / "releases").iterdir()
    assert f"report: {release / 'report.md'}" in said, done.stderr.decode()
    assert len(list((release / "report").glob("*.png"))) == 3
    rows = sum(map(len, yaml.safe_load((PROJECT / "tests" / "must_pass.yml").read_text("utf-8")).values()))
    assert f"must-pass rows: {rows} of {rows} right." in said, said
    assert done.returncode == 0


def test_a_must_pass_row_that_fails_is_printed_and_fails_the_command(safar: RunningSafar, tmp_path: Path) -> None:
    (tmp_path / "own").mkdir()
    (tmp_path / "own" / "ru.yml").write_text(yaml.safe_dump(SENTENCES, allow_unicode=True), "utf-8")
    (tmp_path / "wrong.yml").write_text("ru: [{text: 'Где взять патент?', topic: bans.check}]", "utf-8")
    done = safar.command("evaluate", "--sentences", str(tmp_path / "own"), "--must-pass", str(tmp_path / "wrong.yml"))
    assert done.returncode == 1
    assert "must-pass rows: 0 of 1 right." in done.stdout.decode()
    assert "bans.check, taken for work.permit: Где взять патент?" in done.stdout.decode()
