"""Releases: only whole ones count, one is live, and one can go back."""

from pathlib import Path

import pytest

from publishing.release import PARTS, Manifest, ReleaseError, Releases


def _make(releases: Releases, name: str, inputs: str = "abc", without: str | None = None) -> None:
    folder = releases.folder / name
    folder.mkdir(parents=True)
    for part in PARTS:
        if part != without:
            (folder / part).mkdir() if "." not in part else (folder / part).write_text("x", "utf-8")
    if without != "manifest.json":
        releases.write_manifest(folder, Manifest(name, "2026-11-21", inputs, "e", 1, 1, ("ru",), 1.0))


def test_nothing_is_live_in_an_empty_home(tmp_path: Path) -> None:
    assert Releases(tmp_path).live() is None
    assert Releases(tmp_path).ids() == ()


@pytest.mark.parametrize("missing", PARTS)
def test_a_release_without_a_part_cannot_be_promoted(tmp_path: Path, missing: str) -> None:
    releases = Releases(tmp_path)
    _make(releases, "1", without=missing)
    with pytest.raises(ReleaseError, match="no whole release"):
        releases.promote("1")


def test_rollback_goes_back_to_the_release_before(tmp_path: Path) -> None:
    releases = Releases(tmp_path)
    for name in ("1", "2", "3"):
        _make(releases, name)
        releases.promote(name)
    assert releases.rollback() == "2"
    assert releases.live() == "2"
    assert releases.rollback() == "1"
    with pytest.raises(ReleaseError, match="no earlier release"):
        releases.rollback()


def test_rollback_passes_over_a_release_that_was_deleted(tmp_path: Path) -> None:
    releases = Releases(tmp_path)
    for name in ("1", "2", "3"):
        _make(releases, name)
        releases.promote(name)
    (releases.folder / "2" / "model.tar.gz").unlink()
    assert releases.rollback() == "1"


def test_promoting_the_live_release_again_changes_nothing(tmp_path: Path) -> None:
    releases = Releases(tmp_path)
    _make(releases, "1")
    _make(releases, "2")
    releases.promote("1")
    releases.promote("2")
    releases.promote("2")
    assert releases.rollback() == "1"


def test_the_newest_release_made_from_the_same_inputs_is_found(tmp_path: Path) -> None:
    releases = Releases(tmp_path)
    _make(releases, "1", inputs="old")
    _make(releases, "2", inputs="new")
    assert releases.made_from("old") == "1"
    assert releases.made_from("other") is None


def test_the_file_of_the_live_release_holds_its_name_and_nothing_else(tmp_path: Path) -> None:
    releases = Releases(tmp_path)
    for name in ("1", "2"):
        _make(releases, name)
        releases.promote(name)
    assert (tmp_path / "live").read_text("utf-8") == "2\n"
