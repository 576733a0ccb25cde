"""`safar erase`: delete one conversation, or all that have been silent for long; say first what it would be."""

import argparse
import sys
from datetime import timedelta

from conversations.cleaning import rewrite
from conversations.database import Database, DatabaseUnreachableError, migrate, open_database
from conversations.erasure import Silence, erase, silence, sweep
from foundation.clock import utc_now
from foundation.settings import Settings

HELP = "delete everything stored of one conversation, or of all that have been silent for long"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of `safar erase`."""
    parser.add_argument("conversation", nargs="?", help="id of the conversation (the console shows it)")
    parser.add_argument("--silent-days", type=_days, metavar="N", help="all whose person has been silent for N days")
    parser.add_argument("--dry-run", action="store_true", help="with --silent-days: only say how many, and how old")
    parser.add_argument(
        "--clean",
        action="store_true",
        help="write the database's files anew without what was erased; locks its tables for seconds",
    )


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Erase, and say what was deleted."""
    wanted = (arguments.conversation is not None) + (arguments.silent_days is not None)
    if wanted > 1 or (not wanted and not arguments.clean) or (arguments.dry_run and arguments.silent_days is None):
        print("safar: name one conversation, or --silent-days N (with --dry-run to look first).", file=sys.stderr)
        return 2
    try:
        database = open_database(settings.database_url)
        migrate(database)
    except DatabaseUnreachableError as error:
        print(f"safar: {error}", file=sys.stderr)
        return 1
    status = _erase(arguments, database)
    if arguments.clean and not arguments.dry_run:
        rewrite(database)
        print("The files of the database are written anew: what was erased is not in them any more.")
    database.close()
    return status


def _erase(arguments: argparse.Namespace, database: Database) -> int:
    if arguments.conversation is not None:
        return _erase_one(database, arguments.conversation)
    if arguments.silent_days is not None:
        return _erase_silent(database, timedelta(days=arguments.silent_days), arguments.dry_run)
    return 0


def _erase_one(database: Database, conversation_id: str) -> int:
    if not erase(database, conversation_id, utc_now()):
        print(f"safar: there is no conversation {conversation_id!r}; nothing was deleted.", file=sys.stderr)
        return 1
    print(f"Everything stored of conversation {conversation_id} is deleted.")
    return 0


def _erase_silent(database: Database, retention: timedelta, is_dry_run: bool) -> int:
    now = utc_now()
    found = silence(database, retention, now)
    _say(found, retention, is_dry_run)
    if not is_dry_run and found.ids:
        erased = sweep(database, retention, now, _show_progress)
        print(f"\n{erased} conversations are deleted.")
    return 0


def _say(found: Silence, retention: timedelta, is_dry_run: bool) -> None:
    oldest = f"; the longest silent since {found.oldest_at:%Y-%m-%d}" if found.oldest_at else ""
    would = "would be deleted" if is_dry_run else "to delete"
    print(f"{len(found.ids)} conversations, silent for more than {retention.days} days, {would}{oldest}.")
    if found.with_operators:
        print(
            f"{found.with_operators} more are as silent, but wait for an operator or are held by one, and are kept: "
            "end their handovers in the console, then they are deleted too."
        )


def _show_progress(done: int, of_all: int) -> None:
    if done % 100 == 0 or done == of_all:
        print(f"\r{done} of {of_all}", end="", file=sys.stderr, flush=True)


def _days(text: str) -> int:
    if not (text.isascii() and text.isdigit() and 0 < int(text) <= 36_500):
        raise argparse.ArgumentTypeError("must be a number of days from 1 on")
    return int(text)
