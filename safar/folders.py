"""The folders that the host has set, checked before long work on them begins."""

import os
from pathlib import Path

CONTENT = ("topics.yml", "nlu", "faq", "responses", "guidance")


class FolderError(Exception):
    """A folder cannot be used; the message names the setting."""


def require_content(folder: Path) -> None:
    """Raise `FolderError` where the content is not all there."""
    missing = [name for name in CONTENT if not (folder / name).exists()]
    if missing:
        raise FolderError(
            f"SAFAR_CONTENT={str(folder)!r}: there is no {', '.join(missing)}. Name the content's folder."
        )


def require_home(folder: Path) -> None:
    """Make the folder of database, logs and releases; raises `FolderError` where it cannot be written to."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        reason = None if os.access(folder, os.W_OK | os.X_OK) else "it cannot be written to"
    except OSError as error:
        reason = f"it cannot be made ({error.strerror})"
    if reason:
        raise FolderError(f"SAFAR_HOME={str(folder)!r}: {reason}. Name another folder.")
