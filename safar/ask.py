"""`safar ask`: answer messages in this process, without a server; `--json` reads and writes JSON lines."""

import argparse
import json
import sys
from collections.abc import Iterable, Iterator
from typing import Any, TextIO

from foundation.clock import day_of, utc_now
from foundation.settings import Settings
from publishing.release import ReleaseError
from safar.asking import Asking, Question, QuestionError, parse_question
from safar.live_release import open_asking

HELP = "answer messages without a server (--json: JSON lines in, JSON lines out)"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of `safar ask`."""
    parser.add_argument("text", nargs="*", help="a message")
    parser.add_argument("--json", action="store_true", help="read JSON lines on standard input, write one each")
    parser.add_argument("--release", help="id of a release (default: the live one)")


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Answer, one line each; a bad line gets an error line and the rest go on."""
    if not arguments.json and not arguments.text:
        print("safar: say `safar ask TEXT`, or `safar ask --json` with JSON lines on standard input.", file=sys.stderr)
        return 2
    try:
        asking = open_asking(settings, arguments.release)
    except ReleaseError as error:
        print(f"safar: {error}", file=sys.stderr)
        return 1
    if arguments.json:
        _answer_lines(asking, sys.stdin.buffer, sys.stdout)
    else:
        question = Question("1", " ".join(arguments.text), None, None, None)
        print(asking.ask(question, day_of(utc_now()))["text"])
    return 0


def _answer_lines(asking: Asking, lines: Iterable[bytes], out: TextIO) -> None:
    for answer in answer_lines(asking, lines):
        out.write(json.dumps(answer, ensure_ascii=False) + "\n")
        out.flush()


def answer_lines(asking: Asking, lines: Iterable[bytes]) -> Iterator[dict[str, Any]]:
    """One answer, or one error, for each line that is not blank."""
    for line in lines:
        if not line.strip():
            continue
        values: Any = None
        try:
            values = json.loads(line)
            yield asking.ask(parse_question(values), day_of(utc_now()))
        except (ValueError, QuestionError, RecursionError) as error:
            message = str(error) if isinstance(error, QuestionError) else f"not a line of JSON ({error})"
            yield {"id": values.get("id") if isinstance(values, dict) else None, "error": message}
