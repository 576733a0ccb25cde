"""The `safar` command: finds the sub-command's file and runs it."""

import argparse
import importlib
import os
import sys
from collections.abc import Sequence

from dotenv import dotenv_values

from foundation.settings import PROJECT, SettingError, load_settings

SUB_COMMANDS = (
    "run",
    "chat",
    "ask",
    "add",
    "validate",
    "train",
    "evaluate",
    "coverage",
    "promote",
    "rollback",
    "operator",
    "doctor",
    "erase",
    "export",
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one sub-command; returns the exit status."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    parser = argparse.ArgumentParser(prog="safar", description="Safar, the assistant for labour migrants.")
    commands = parser.add_subparsers(dest="command", required=True, metavar="command")
    for name in SUB_COMMANDS:
        chosen = bool(words) and words[0] == name
        module = importlib.import_module(f"safar.{name}") if chosen or not _is_known(words) else None
        sub_parser = commands.add_parser(name, help=getattr(module, "HELP", None))
        if module:
            module.add_arguments(sub_parser)
            sub_parser.set_defaults(run=module.run)
    parsed = parser.parse_args(words)
    try:
        settings = load_settings({**_dotenv(), **os.environ})
    except SettingError as error:
        print(f"safar: {error}", file=sys.stderr)
        return 2
    status: int = parsed.run(parsed, settings)
    return status


def _is_known(words: list[str]) -> bool:
    return bool(words) and words[0] in SUB_COMMANDS


def _dotenv() -> dict[str, str]:
    """The host's `.env`; also for the child processes, which read the environment only."""
    values = {key: value for key, value in dotenv_values(PROJECT / ".env").items() if value is not None}
    for key, value in values.items():
        os.environ.setdefault(key, value)
    return values
