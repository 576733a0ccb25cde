"""The index of the live release in this process: read when it is first asked for, read anew when another is live."""

import logging
import threading
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from foundation.settings import PROJECT, Settings
from knowledge_base.library import Library
from knowledge_base.retriever import Retriever
from language.encoder import Encoder, load_encoder
from language.wording import Wording

log = logging.getLogger(__name__)


class NoReleaseError(Exception):
    """Nothing can be suggested: no release is live, or it cannot be read. `is_broken` tells which."""

    def __init__(self, is_broken: bool) -> None:
        super().__init__("the live release cannot be read" if is_broken else "no release is live")
        self.is_broken = is_broken


@dataclass(frozen=True)
class Indexed:
    """What the bot itself answers from, of one release."""

    release: str
    retriever: Retriever
    wording: Wording
    encoder: Encoder

    def vectors(self, texts: list[str]) -> NDArray[np.float32]:
        """Of length 1, (texts, dimension)."""
        return self.encoder.encode(texts)


class LiveIndex:
    """Safe from several threads. While a new release is read, the one before goes on serving."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._lock = threading.Lock()
        self._indexed: Indexed | None = None
        self._broken = ""
        self._reader: threading.Thread | None = None

    def get(self) -> Indexed:
        """The index of the live release; the very first time this takes about a second. Raises `NoReleaseError`."""
        release, indexed = self._live(), self._indexed
        if release is None:
            raise NoReleaseError(is_broken=False)
        if indexed is not None and release in (indexed.release, self._broken):
            return indexed
        if indexed is not None:
            self._read_beside(release)
            return indexed
        with self._lock:
            self._read(release)
        if self._indexed is None:
            raise NoReleaseError(is_broken=True)
        return self._indexed

    def _read_beside(self, release: str) -> None:
        """In a thread of its own; one at a time."""
        if self._reader is None or not self._reader.is_alive():
            self._reader = threading.Thread(target=self._read, args=(release,), name="live-index", daemon=True)
            self._reader.start()

    def _read(self, release: str) -> None:
        if release == self._broken or (self._indexed and self._indexed.release == release):
            return
        try:
            self._indexed = _load(self._settings, release)
            log.info("suggestions come from release %s", release)
        except Exception as error:  # whatever a damaged or foreign release raises: the page works on without it
            self._broken = release
            log.error("release %s cannot be used for suggestions (%s)", release, type(error).__name__)

    def _live(self) -> str | None:
        try:
            return (self._settings.home / "live").read_text("utf-8").strip() or None
        except OSError:
            return None


def _load(settings: Settings, release: str) -> Indexed:
    folder = settings.home / "releases" / release
    own_encoder = folder / "encoder"
    encoder = load_encoder(str(own_encoder) if own_encoder.is_dir() else settings.encoder)
    library = Library.load(folder / "content" / "faq")
    texts = Wording.load(folder / "content" / "responses").completed_by(
        Wording.load(Path(PROJECT) / "data" / "responses")
    )
    return Indexed(release, Retriever.load(folder / "index", library, encoder), texts, encoder)
