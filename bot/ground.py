"""What the gateway itself needs of the live release: texts, emergency numbers, safety paths, danger detector."""

import logging
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from foundation.settings import PROJECT
from guidance import daytime, reminder_words, safety_paths, safety_words
from guidance.contacts import ORGANISATIONS_FILE, EmergencyNumbers, Organisations
from guidance.danger import NO_DANGER, Danger, DangerDetector
from guidance.daytime import Daytime
from guidance.places import Places
from guidance.reminder_words import ReminderWords
from guidance.safety_paths import SafetyPaths
from guidance.safety_words import SafetyWords
from language.wording import Wording

log = logging.getLogger(__name__)


class GroundError(Exception):
    """There are no texts to speak with; stops the start."""


@dataclass(frozen=True)
class Ground:
    """One release, or the content alone where there is none yet; then nothing finds danger."""

    release: str | None
    wording: Wording
    numbers: EmergencyNumbers
    places: Places
    paths: SafetyPaths
    organisations: Organisations
    words: SafetyWords
    daytime: Daytime
    reminder_words: ReminderWords
    detector: DangerDetector | None

    def assess(self, text: str, before: Sequence[str], language: str = "") -> Danger:
        """The danger in a text of this language, with the texts before it, oldest first."""
        return self.detector.assess(text, before, language) if self.detector else NO_DANGER


class LiveGround:
    """The ground of the release that `<home>/live` names; read again when another one becomes live."""

    def __init__(self, home: Path, content: Path) -> None:
        self._home = home
        self._content = content
        self._ground: Ground | None = None
        self._tried: str | None = None
        self._reading = threading.Lock()

    def now(self) -> Ground:
        """The ground of the live release; raises `GroundError` where none could ever be read.

        Blocks at the first call; while a later release is read, the one before serves all other threads.
        """
        live = self.live_release()
        if self._ground is None:
            self._ground = self._first(live)
        elif live not in (self._ground.release, self._tried) and self._reading.acquire(blocking=False):
            try:
                self._ground = self._next(self._ground, live)
                self._tried = live
            finally:
                self._reading.release()
        return self._ground

    def live_release(self) -> str | None:
        """The id of the live release; None when there is none."""
        try:
            name = (self._home / "live").read_text("utf-8").strip()
        except OSError:
            return None
        return name if name and (self._home / "releases" / name).is_dir() else None

    def _first(self, live: str | None) -> Ground:
        try:
            return self._read(live)
        except Exception as error:  # whatever is wrong with a release, the content folder may serve
            if live is None:
                raise GroundError(
                    f"{self._content}: the content cannot be used ({error}): see SAFAR_CONTENT"
                ) from error
            log.error("release %s cannot be used (%s); the texts of the content folder serve", live, error)
            return self._first(None)

    def _next(self, old: Ground, live: str | None) -> Ground:
        try:
            return self._read(live)
        except Exception as error:  # whatever is wrong with a new release, the old one goes on
            log.error("release %s cannot be used (%s); %s goes on", live, error, old.release)
            return old

    def _read(self, live: str | None) -> Ground:
        folder = self._home / "releases" / live if live else None
        content = folder / "content" if folder else self._content
        return Ground(
            live,
            Wording.load(content / "responses").completed_by(_program_wording()),
            EmergencyNumbers.load(content / "guidance"),
            Places.load(content / "guidance"),
            SafetyPaths.load(_with_file(content / "guidance", safety_paths.FILE)),
            Organisations.load(_with_file(content / "guidance", ORGANISATIONS_FILE)),
            SafetyWords.load(_with_file(content / "guidance", safety_words.FILE)),
            Daytime.load(_with_file(content / "guidance", daytime.FILE)),
            ReminderWords.load(_with_file(content / "guidance", reminder_words.FILE)),
            DangerDetector.load(folder / "danger") if folder else None,
        )


def _with_file(guidance: Path, name: str) -> Path:
    """The folder itself, or the program's where an older content lacks the file."""
    return guidance if (guidance / name).is_file() else PROJECT / "data" / "guidance"


@lru_cache(maxsize=1)
def _program_wording() -> Wording:
    """The texts that came with the program: content and releases may be older than it and lack some."""
    return Wording.load(PROJECT / "data" / "responses")
