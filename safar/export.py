"""`safar export`: everything stored of one conversation, as JSON, for its owner."""

import argparse
import json
import sys

from conversations.database import DatabaseUnreachableError, migrate, open_database
from conversations.erasure import export_conversation
from foundation.settings import Settings

HELP = "print everything stored of one conversation as JSON"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of `safar export`."""
    parser.add_argument("conversation", help="id of the conversation (the console shows it)")


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Print the export, or say that there is no such conversation."""
    try:
        database = open_database(settings.database_url)
        migrate(database)
        stored = export_conversation(database, arguments.conversation)
    except DatabaseUnreachableError as error:
        print(f"safar: {error}", file=sys.stderr)
        return 1
    if stored is None:
        print(f"safar: there is no conversation {arguments.conversation!r}.", file=sys.stderr)
        return 1
    json.dump(stored, sys.stdout, ensure_ascii=False, indent=2, default=str)
    print()
    return 0
