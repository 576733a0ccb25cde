"""`safar evaluate`: measure a release on held-out sentences and must-pass rows, write the report into it."""

import argparse
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from foundation.clock import day_of, utc_now
from foundation.settings import PROJECT, Settings
from publishing.danger_report import danger_table
from publishing.evaluate import Judged, figures, judge, table, table_by_set
from publishing.held_out import read_held_out
from publishing.must_pass import Passed, read_must_pass, summary, try_rows
from publishing.release import ReleaseError
from publishing.report import PAGE, ReportError, write_report
from safar.asking import Asking, Question
from safar.live_release import open_asking, release_folder

HELP = "measure a release on held-out sentences, per language, and write its report"
TESTS = PROJECT / "tests"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of `safar evaluate`."""
    parser.add_argument("release", nargs="?", help="id of the release (default: the live one)")
    parser.add_argument("--sentences", type=Path, default=TESTS / "evaluation", help="folder of sentences")
    parser.add_argument("--must-pass", type=Path, default=TESTS / "must_pass.yml", help="file of must-pass rows")
    parser.add_argument("--wrong", action="store_true", help="list the sentences whose topic came out wrong")


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Print the tables and where the report lies; 1 where nothing can be measured or a must-pass row fails."""
    try:
        folder = release_folder(settings, arguments.release)
        asking = open_asking(settings, arguments.release)
        judged, passed = _ask(asking, arguments, day_of(utc_now()))
    except (ReleaseError, _NothingToAskError) as error:
        print(f"safar: {error}", file=sys.stderr)
        return 1
    if arguments.wrong:
        _list_wrong(judged)
    print(table(figures(judged)))
    if by_set := table_by_set(judged):
        print(f"\n{by_set}")
    print(f"\ndanger, with 95 % intervals:\n\n{danger_table(judged)}")
    print(f"\nmust-pass rows: {summary(passed)}")
    _report(folder, judged, passed, day_of(utc_now()))
    return 0 if all(item.is_right for item in passed) else 1


class _NothingToAskError(Exception):
    """There are no sentences, or the file of must-pass rows cannot be used."""


def _ask(asking: Asking, arguments: argparse.Namespace, today: date) -> tuple[list[Judged], list[Passed]]:
    rows = read_held_out(arguments.sentences)
    if not rows:
        raise _NothingToAskError(f"there are no sentences in {arguments.sentences}.")
    try:
        must_pass = read_must_pass(arguments.must_pass)
    except (OSError, ValueError) as error:
        raise _NothingToAskError(str(error)) from error
    print(f"asking {len(rows)} sentences of {arguments.sentences}", file=sys.stderr)
    judged = judge(rows, lambda row: asking.ask(_question(row.text, row.before), today))
    return judged, try_rows(must_pass, lambda row: asking.ask(_question(row.text), today))


def _question(text: str, before: tuple[str, ...] = ()) -> Question:
    return Question("", text, None, None, None, before)


def _report(folder: Path, judged: Sequence[Judged], passed: Sequence[Passed], today: date) -> None:
    try:
        print(f"\nreport: {write_report(folder, judged, passed, today)}")
    except ReportError as error:
        print(f"\nreport without pictures: {folder / PAGE}")
        print(f"safar: {error}", file=sys.stderr)


def _list_wrong(judged: Sequence[Judged]) -> None:
    for item in judged:
        if item.row.topic and not item.is_first:
            print(f"{item.row.language} {item.row.topic} -> {item.answer['topic']}: {item.row.text}")
        elif item.row.danger and item.has_alarm != (item.row.danger != "none"):
            print(f"{item.row.language} danger {item.row.danger} -> {item.answer['danger']}: {item.row.text}")
