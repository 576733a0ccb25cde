"""`safar backup`: everything in the database into one file, while Safar runs."""

import argparse
import sys
from pathlib import Path

from conversations.backup import back_up
from conversations.backup_file import BackupError
from conversations.database import DatabaseUnreachableError, open_database
from foundation.clock import utc_now
from foundation.settings import Settings
from publishing.progress import say_on_screen
from publishing.release import Releases
from safar.folders import FolderError, require_content

HELP = "write everything in the database into one file, while Safar runs"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of `safar backup`."""
    parser.add_argument("file", type=Path, help="file to write, such as safar-2026-11-22.backup; must not exist yet")
    parser.add_argument("--content", action="store_true", help="take the content folder (SAFAR_CONTENT) along")


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Write the backup, and say what is in it and what is not."""
    content = settings.content if arguments.content else None
    live = Releases(settings.home).live()
    try:
        if content:
            require_content(content)
        database = open_database(settings.database_url)
        written = back_up(database, arguments.file, live, content, utc_now(), say_on_screen)
    except (DatabaseUnreachableError, BackupError, FolderError) as error:
        print(f"safar: {error}", file=sys.stderr)
        return 1
    database.close()
    size_mb = arguments.file.stat().st_size / 1e6
    print(f"{arguments.file}: {written.rows.total()} rows, {written.files} files of the content, {size_mb:.1f} MB.")
    print(f"It holds people's words: keep it where only you can read it. {_releases(live, settings)}")
    return 0


def _releases(live: str | None, settings: Settings) -> str:
    if live is None:
        return "No release is live."
    return f"The live release {live} is named in it; the release itself is the folder {settings.home / 'releases'}."
