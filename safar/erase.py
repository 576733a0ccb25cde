"""`safar erase`: delete everything stored of one conversation, as its owner may ask."""

import argparse
import sys

from conversations.database import DatabaseUnreachableError, migrate, open_database
from conversations.erasure import erase
from foundation.clock import utc_now
from foundation.settings import Settings

HELP = "delete everything stored of one conversation"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of `safar erase`."""
    parser.add_argument("conversation", help="id of the conversation (the console shows it)")


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Erase, and say what was deleted."""
    try:
        database = open_database(settings.database_url)
        migrate(database)
        is_erased = erase(database, arguments.conversation, utc_now())
    except DatabaseUnreachableError as error:
        print(f"safar: {error}", file=sys.stderr)
        return 1
    if not is_erased:
        print(f"safar: there is no conversation {arguments.conversation!r}; nothing was deleted.", file=sys.stderr)
        return 1
    print(f"Everything stored of conversation {arguments.conversation} is deleted.")
    return 0
