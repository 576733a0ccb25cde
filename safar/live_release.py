"""The folder of the release that a command works with: the one named, or the live one."""

from pathlib import Path

from foundation.settings import PROJECT, Settings
from guidance.danger import DangerModelError
from knowledge_base.fusion import FusionError
from knowledge_base.index import IndexMismatchError
from language.static_encoder import EncoderError
from language.wording import WordingError
from publishing.release import ReleaseError, Releases
from safar.asking import Asking
from safar.engine_pair import encoder_of

UNUSABLE = (DangerModelError, FusionError, IndexMismatchError, EncoderError, WordingError, ValueError, OSError)
"""What loading a release of another version of the program, or a damaged one, may raise."""


def release_folder(settings: Settings, release: str | None = None) -> Path:
    """The folder of a whole release; raises `ReleaseError` where there is none."""
    releases = Releases(settings.home)
    chosen = release or releases.live()
    if chosen is None:
        raise ReleaseError("No release is live yet. Run `make run`, or `safar train` and `safar promote`.")
    releases.manifest(chosen)
    return releases.folder / chosen


def open_asking(settings: Settings, release: str | None = None) -> Asking:
    """A release, loaded in this process; raises `ReleaseError`."""
    folder = release_folder(settings, release)
    try:
        return Asking(folder, encoder_of(folder, settings), PROJECT / "models" / "language")
    except UNUSABLE as error:
        raise ReleaseError(f"Release {folder.name} cannot be used: {error}") from error
