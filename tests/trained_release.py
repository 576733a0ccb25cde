"""A release trained from the project's own content: made once for the same inputs, for all tests that need one."""

import fcntl
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from language.variants import LANGUAGES
from publishing.inputs import hash_inputs
from publishing.release import Releases
from publishing.train import Sources, train

PROJECT = Path(__file__).parents[1]
ENCODER = "models/encoder"
KEPT = PROJECT / "var" / "test-releases"
KEPT_SECONDS = 24 * 3600


def trained_release() -> Path:
    """The folder of the release, in `var/test-releases/<hash of the inputs>`."""
    home = KEPT / hash_inputs(PROJECT / "data", PROJECT, ENCODER)
    with _only_one_trains():
        releases = Releases(home)
        if not releases.ids():
            train(Sources(PROJECT, PROJECT / "data", ENCODER, LANGUAGES), home, datetime.now(UTC))
            _forget_old(home)
        home.touch()
    return releases.folder / releases.ids()[-1]


def give_release(release: Path, home: Path) -> None:
    """Copy a release into another home folder and make it live there."""
    releases = Releases(home)
    shutil.copytree(release, releases.folder / release.name)
    releases.promote(release.name)


@contextmanager
def _only_one_trains() -> Iterator[None]:
    KEPT.mkdir(parents=True, exist_ok=True)
    with (KEPT / "lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _forget_old(made: Path) -> None:
    """Remove those of other inputs, unless a run of the tests may still be using them."""
    for path in KEPT.iterdir():
        if path.is_dir() and path != made and time.time() - path.stat().st_mtime > KEPT_SECONDS:
            shutil.rmtree(path, ignore_errors=True)
