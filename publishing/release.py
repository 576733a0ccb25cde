"""Releases: folders under `<home>/releases`, each a model, an index, a danger model and a manifest; one is live."""

import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path


class ReleaseError(Exception):
    """The release that was asked for is not there or is not whole."""


@dataclass(frozen=True)
class Manifest:
    """What a release says of itself. `inputs` is the hash of everything that it was made from."""

    id: str
    made_at: str
    inputs: str
    encoder: str
    entries: int
    examples: int
    languages: tuple[str, ...]
    seconds: float


PARTS = ("model.tar.gz", "index", "danger", "content", "manifest.json")


class Releases:
    """The releases of one home folder."""

    def __init__(self, home: Path) -> None:
        self._home = home
        self.folder = home / "releases"

    def ids(self) -> tuple[str, ...]:
        """All whole releases, oldest first (ids begin with the time)."""
        if not self.folder.is_dir():
            return ()
        return tuple(sorted(path.name for path in self.folder.iterdir() if self._is_whole(path)))

    def manifest(self, release: str) -> Manifest:
        """The manifest of a release; raises `ReleaseError`."""
        path = self.folder / release
        if not self._is_whole(path):
            known = ", ".join(self.ids()) or "none yet; run `safar train`"
            raise ReleaseError(f"There is no whole release {release!r} in {self.folder}. There are: {known}.")
        values = json.loads((path / "manifest.json").read_text("utf-8"))
        return Manifest(**{**values, "languages": tuple(values["languages"])})

    def live(self) -> str | None:
        """The id of the live release, or None."""
        path = self._home / "live"
        return (path.read_text("utf-8").strip() or None) if path.is_file() else None

    def made_from(self, inputs: str) -> str | None:
        """The newest release that was made from exactly these inputs, or None."""
        return next((name for name in reversed(self.ids()) if self.manifest(name).inputs == inputs), None)

    def promote(self, release: str) -> None:
        """Make a release live; the supervisor starts its engine and switches."""
        self.manifest(release)
        if release != self.live():
            self._write([*self._history(), release])

    def rollback(self) -> str:
        """Make the release live that was live before, and return its id; raises `ReleaseError`."""
        history = self._history()
        earlier = [name for name in history[:-1] if self._is_whole(self.folder / name)]
        if not earlier:
            raise ReleaseError("There is no earlier release to go back to.")
        self._write(history[: history.index(earlier[-1]) + 1])
        return earlier[-1]

    def write_manifest(self, folder: Path, manifest: Manifest) -> None:
        """Put the manifest into a release that is being made."""
        (folder / "manifest.json").write_text(json.dumps(asdict(manifest), indent=2), "utf-8")

    def _history(self) -> list[str]:
        path = self._home / "live.history"
        return path.read_text("utf-8").split() if path.is_file() else []

    def _write(self, history: list[str]) -> None:
        for name, text in (("live.history", "\n".join(history[-50:])), ("live", history[-1])):
            new = self._home / f"{name}.new"
            new.write_text(text + "\n", "utf-8")
            os.replace(new, self._home / name)

    @staticmethod
    def _is_whole(path: Path) -> bool:
        return all((path / part).exists() for part in PARTS)
