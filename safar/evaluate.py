"""`safar evaluate`: measure a release on held-out sentences and write the figures into its report."""

import argparse
import json
import sys
from dataclasses import asdict
from pathlib import Path

from bot.answering import day_of
from foundation.clock import utc_now
from foundation.settings import PROJECT, Settings
from publishing.evaluate import Judged, figures, judge, table, table_by_set
from publishing.held_out import HeldOut, read_held_out
from publishing.release import ReleaseError
from safar.asking import Question
from safar.live_release import open_asking, release_folder

HELP = "measure a release on held-out sentences, per language"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of `safar evaluate`."""
    parser.add_argument("release", nargs="?", help="id of the release (default: the live one)")
    parser.add_argument("--sentences", type=Path, default=PROJECT / "tests" / "evaluation", help="folder of sentences")
    parser.add_argument("--wrong", action="store_true", help="list the sentences whose topic came out wrong")


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Print the table; the report stays in the release."""
    try:
        folder = release_folder(settings, arguments.release)
        asking = open_asking(settings, arguments.release)
    except ReleaseError as error:
        print(f"safar: {error}", file=sys.stderr)
        return 1
    today = day_of(utc_now())
    rows = read_held_out(arguments.sentences)
    if not rows:
        print(f"safar: there are no sentences in {arguments.sentences}.", file=sys.stderr)
        return 1
    print(f"asking {len(rows)} sentences of {arguments.sentences}", file=sys.stderr)
    judged = judge(rows, lambda row: asking.ask(_question(row), today))
    found = figures(judged)
    (folder / "report.json").write_text(json.dumps([asdict(row) for row in found], indent=2), "utf-8")
    if arguments.wrong:
        _list_wrong(judged)
    print(table(found))
    if by_set := table_by_set(judged):
        print(f"\n{by_set}")
    return 0


def _question(row: HeldOut) -> Question:
    return Question("", row.text, None, None, None)


def _list_wrong(judged: list[Judged]) -> None:
    for item in judged:
        if item.row.topic and not item.is_first:
            print(f"{item.row.language} {item.row.topic} -> {item.answer['topic']}: {item.row.text}")
        elif item.row.danger and item.has_alarm != (item.row.danger != "none"):
            print(f"{item.row.language} danger {item.row.danger} -> {item.answer['danger']}: {item.row.text}")
