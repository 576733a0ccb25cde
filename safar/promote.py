"""`safar promote`: make a release live; a running Safar switches to it without losing a message."""

import argparse
import sys

from foundation.settings import Settings
from publishing.release import ReleaseError, Releases

HELP = "make a release live (the newest, if none is named)"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of `safar promote`."""
    parser.add_argument("release", nargs="?", help="id of the release")


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Promote, and say what is live now."""
    releases = Releases(settings.home)
    try:
        if arguments.release is None and not releases.ids():
            raise ReleaseError("There is no release yet. Make one with `safar train`.")
        release = arguments.release or releases.ids()[-1]
        releases.promote(release)
    except ReleaseError as error:
        print(f"safar: {error}", file=sys.stderr)
        return 1
    print(f"{release} is live")
    return 0
