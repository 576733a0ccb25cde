"""`safar validate`: check all content and name every finding with its file and line."""

import argparse
import sys

from foundation.settings import Settings
from publishing.validate import validate
from safar.folders import FolderError, require_content

HELP = "check all content"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """`safar validate` takes no arguments."""


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Print the findings; 1 where one of them is an error."""
    try:
        require_content(settings.content)
    except FolderError as error:
        print(f"safar: {error}", file=sys.stderr)
        return 1
    findings = validate(settings.content)
    for finding in findings:
        print(finding)
    errors = sum(finding.is_error for finding in findings)
    print(f"{errors} errors, {len(findings) - errors} warnings")
    return 1 if errors else 0
