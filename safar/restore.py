"""`safar restore`: put a backup in the place of the database, all of it or nothing."""

import argparse
import sys
from datetime import timedelta
from pathlib import Path, PurePosixPath

from conversations.attachments import Attachments
from conversations.backup_file import BackupError
from conversations.database import Database, DatabaseUnreachableError, open_database
from conversations.erasure import erase, sweep
from conversations.restore import Restored, files_of, restore
from foundation.clock import utc_now
from foundation.settings import Settings
from publishing.progress import say_on_screen
from publishing.release import ReleaseError, Releases
from safar.folders import FolderError, require_home
from safar.home_lock import HomeInUseError, home_lock

HELP = "put a backup in the place of the database; Safar must be stopped"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of `safar restore`."""
    parser.add_argument("file", type=Path, help="file that `safar backup` has written")
    parser.add_argument("--replace", action="store_true", help="delete what the database holds now")
    parser.add_argument("--content", type=Path, metavar="DIR", help="new folder for the content in the backup")


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Restore, erase again what must not come back, and say what was done."""
    try:
        require_home(settings.home)
        with home_lock(settings.home):
            _require_new(arguments.content)
            database = open_database(settings.database_url)
            done = restore(database, arguments.file, arguments.replace, say_on_screen)
            print(f"{arguments.file} of {done.heading.made_at} is restored: {done.rows} rows.")
            print(_erased(database, done, settings.retention_days))
            database.close()
            if arguments.content:
                number = _write_files(arguments.file, arguments.content)
                print(f"{number} files of the content are in {arguments.content}.")
            print(_go_live(Releases(settings.home), done.heading.live))
    except HomeInUseError as error:
        print(f"safar: {error}. Stop it, then restore. Nothing was changed.", file=sys.stderr)
        return 1
    except (DatabaseUnreachableError, BackupError, FolderError) as error:
        print(f"safar: {error}", file=sys.stderr)
        return 1
    return 0


def _erased(database: Database, done: Restored, retention_days: int) -> str:
    """What was due to go, or had gone a short while ago, does not come back."""
    now = utc_now()
    again = sum(erase(database, each, now) for each in done.erased_since)
    Attachments(database).forget_old(now)
    silent = sweep(database, timedelta(days=retention_days), now) if retention_days else 0
    return (
        f"Erased again: {again} conversations that were erased within the last day,"
        f" {silent} that have been silent for more than {retention_days} days. What else was erased after the backup"
        " is back: erase it again (`safar erase`)."
    )


def _require_new(folder: Path | None) -> None:
    if folder and folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise FolderError(f"--content {folder}: it is there already. Name a new folder. Nothing was changed.")


def _write_files(backup: Path, folder: Path) -> int:
    number = 0
    for file in files_of(backup):
        name = PurePosixPath(file.name)
        if name.is_absolute() or ".." in name.parts:
            raise BackupError(f"{backup} names a file outside the content ({file.name!r}); it was not written.")
        try:
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_bytes(file.content)
        except OSError as error:
            raise BackupError(f"{folder / name} cannot be written ({error.strerror}): name another folder.") from error
        number += 1
    return number


def _go_live(releases: Releases, live: str | None) -> str:
    """Make the release live that was live at the time of the backup, where it is there and nothing else is live."""
    if live is None or releases.live() == live:
        return f"Release {live} is live." if live else "No release was live."
    if live not in releases.ids():
        return f"Release {live} was live and is not in {releases.folder}: copy it there, or `safar run` trains one."
    if (other := releases.live()) is not None:
        return f"Release {live} was live; {other} is live now and stays so (`safar promote {live}` changes it)."
    try:
        releases.promote(live)
    except ReleaseError as error:
        return f"Release {live} was live and cannot be used: {error}"
    return f"Release {live} is live again."
