"""`safar train`: make a release of the content; it goes live with `safar promote`."""

import argparse
import sys

from foundation.clock import utc_now
from foundation.settings import PROJECT, Settings
from publishing.train import Sources, TrainingError, train
from publishing.validate import validate_for_release
from safar.folders import FolderError, require_content, require_home

HELP = "check the content and make a release of it"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of `safar train`."""
    parser.add_argument("--force", action="store_true", help="train in spite of errors in the content")


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Validate, train, print the release's id on standard output."""
    try:
        require_home(settings.home)
        require_content(settings.content)
    except FolderError as error:
        print(f"safar: {error}", file=sys.stderr)
        return 1
    errors = [finding for finding in validate_for_release(settings.content) if finding.is_error]
    if errors and not arguments.force:
        for finding in errors:
            print(finding, file=sys.stderr)
        print(f"safar: {len(errors)} errors in the content; mend them, or say --force.", file=sys.stderr)
        return 1
    sources = Sources(PROJECT, settings.content, settings.encoder, settings.languages)
    try:
        release = train(sources, settings.home, utc_now())
    except TrainingError as error:
        print(f"safar: {error}", file=sys.stderr)
        return 1
    print(release)
    print(f"Test it with `safar evaluate {release}`, make it live with `safar promote {release}`.", file=sys.stderr)
    return 0
