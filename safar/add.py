"""`safar add`: take new entries from a file into the content, checked, all or none."""

import argparse
import sys
from pathlib import Path

from foundation.settings import Settings
from publishing.add import AddError, add_entries
from safar.folders import FolderError, require_content

HELP = "add entries from a YAML file to the content"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of `safar add`."""
    parser.add_argument("file", type=Path, help="an entry, in the form of the files in data/faq")
    parser.add_argument("--name", required=True, help="its id, such as work/permit-kz")
    parser.add_argument("--replace", action="store_true", help="take the place of an entry of that id")


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Add, and say what comes next."""
    try:
        require_content(settings.content)
        target = add_entries(arguments.file, arguments.name, settings.content, is_replacing=arguments.replace)
    except (AddError, FolderError) as error:
        print(f"safar: {error}", file=sys.stderr)
        return 1
    print(f"{target} is written. Make it live with `safar train` and `safar promote`.")
    return 0
