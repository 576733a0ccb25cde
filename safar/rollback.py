"""`safar rollback`: go back to the release that was live before."""

import argparse
import sys

from foundation.settings import Settings
from publishing.release import ReleaseError, Releases

HELP = "make the release live that was live before"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """`safar rollback` takes no arguments."""


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Roll back, and say what is live now."""
    try:
        release = Releases(settings.home).rollback()
    except ReleaseError as error:
        print(f"safar: {error}", file=sys.stderr)
        return 1
    print(f"{release} is live again")
    return 0
