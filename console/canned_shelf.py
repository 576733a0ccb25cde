"""The canned replies of a content folder, read anew when a file has changed."""

import logging
import threading
from pathlib import Path

from foundation.settings import PROJECT
from knowledge_base.canned_replies import FOLDER, CannedReply, CannedReplyError, read_canned_replies

PROGRAM = PROJECT / "data" / FOLDER

log = logging.getLogger(__name__)

Signature = tuple[tuple[str, int, int], ...]


class CannedShelf:
    """The host's own replies; the program's where the content has none."""

    def __init__(self, content: Path) -> None:
        own = content / FOLDER
        self._folder = own if own.is_dir() else PROGRAM
        self._lock = threading.Lock()
        self._signature: Signature | None = None
        self._replies: tuple[CannedReply, ...] = ()

    def replies(self) -> tuple[CannedReply, ...]:
        """All records; while a file is wrong, those that were read last (none at first), and the log says why."""
        with self._lock:
            signature = self._look()
            if signature != self._signature:
                self._signature = signature
                self._read()
            return self._replies

    def _read(self) -> None:
        try:
            self._replies = read_canned_replies(self._folder)
        except CannedReplyError as error:
            log.error("the canned replies cannot be used: %s", error)

    def _look(self) -> Signature:
        found = []
        for file in sorted(self._folder.glob("*.yml")):
            try:
                state = file.stat()
            except OSError:  # taken away while we look
                continue
            found.append((file.name, state.st_mtime_ns, state.st_size))
        return tuple(found)
