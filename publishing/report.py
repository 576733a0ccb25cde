"""Writes the report of an evaluation into its release: `report.json`, `report.md` and the pictures in `report/`."""

import json
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import asdict
from datetime import date
from pathlib import Path

from foundation.settings import PROJECT
from publishing.danger_report import danger_page
from publishing.evaluate import Judged, figures, table, table_by_set
from publishing.must_pass import Passed, summary
from publishing.report_figures import SHOWN_CONFUSIONS, SHOWN_TOPICS, ReportFigures, report_figures
from publishing.report_pictures import CALIBRATION, CONFUSIONS, WEAKEST

FIGURES, PAGE, PICTURES = "report.json", "report.md", "report"
DRAWING_SECONDS = 120


class ReportError(Exception):
    """The pictures could not be drawn; figures and page are written all the same."""


def write_report(release: Path, judged: Sequence[Judged], passed: Sequence[Passed], today: date) -> Path:
    """Write it and return the page; raises `ReportError` where only the pictures are missing."""
    shown = report_figures(judged)
    (release / FIGURES).write_text(json.dumps([asdict(row) for row in figures(judged)], indent=2), "utf-8")
    page = release / PAGE
    page.write_text(_page(release.name, judged, passed, shown, today), "utf-8")
    _draw(release / PICTURES, shown)
    return page


def _draw(folder: Path, shown: ReportFigures) -> None:
    folder.mkdir(exist_ok=True)
    done = subprocess.run(
        [sys.executable, "-m", "publishing.report_pictures", str(folder.resolve())],
        cwd=PROJECT,
        input=json.dumps(asdict(shown)),
        capture_output=True,
        text=True,
        timeout=DRAWING_SECONDS,
        check=False,
    )
    if done.returncode:
        raise ReportError(f"the pictures could not be drawn: {done.stderr.strip()[-500:]}")


def _page(release: str, judged: Sequence[Judged], passed: Sequence[Passed], shown: ReportFigures, today: date) -> str:
    by_set = table_by_set(judged)
    parts = [
        f"# Report of release {release}\nMeasured on {today.isoformat()} with `safar evaluate`: "
        f"{len(judged)} held-out sentences, in per cent. Machine-written sentences, not read by native speakers.",
        table(figures(judged)),
        *([f"## By set of sentences\n{by_set}"] if by_set else []),
        *([f"## Must-pass rows\n{summary(passed)}"] if passed else []),
        danger_page(judged),
        f"## Confusions\n![Domains taken for each other]({PICTURES}/{CONFUSIONS})\n\n{_confusions(shown)}",
        f"## Weakest topics\n![The weakest topics]({PICTURES}/{WEAKEST})\n\n{_weakest(shown)}",
        f"## Calibration\n![Confidence and how often it was right]({PICTURES}/{CALIBRATION})\n\n{_calibrations(shown)}",
    ]
    return "\n\n".join(parts) + "\n"


def _confusions(shown: ReportFigures) -> str:
    lines = ["| asked for | taken for | sentences | languages |", "|---|---|---|---|"]
    lines += [
        f"| {each.right} | {each.taken} | {each.count} | {', '.join(each.languages)} |"
        for each in shown.confusions[:SHOWN_CONFUSIONS]
    ]
    return "\n".join(lines)


def _weakest(shown: ReportFigures) -> str:
    lines = ["| topic | sentences | first | among three |", "|---|---|---|---|"]
    lines += [
        f"| {each.topic} | {each.sentences} | {100 * each.first:.0f} | {100 * each.among_three:.0f} |"
        for each in shown.weakest[:SHOWN_TOPICS]
    ]
    return "\n".join(lines)


def _calibrations(shown: ReportFigures) -> str:
    lines = ["| language | sentences | expected calibration error |", "|---|---|---|"]
    lines += [f"| {each.language} | {each.sentences} | {each.error:.3f} |" for each in shown.calibrations]
    return "\n".join(lines)
