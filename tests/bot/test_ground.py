"""The gateway speaks and looks with the live release, takes up a new one, and survives a broken one."""

import shutil
from pathlib import Path

import pytest

from bot.ground import GroundError, LiveGround


def _second(home: Path, wording: str) -> None:
    shutil.copytree(home / "releases" / "r1", home / "releases" / "r2")
    file = home / "releases" / "r2" / "content" / "responses" / "gateway.yml"
    file.write_text(file.read_text("utf-8").replace("All right, I am closing this.", wording), "utf-8")


def test_a_new_live_release_is_taken_up_without_a_restart(home: Path) -> None:
    ground = LiveGround(home, home)
    assert ground.now().release == "r1"
    _second(home, "Good bye.")
    (home / "live").write_text("r2\n", "utf-8")
    assert ground.now().release == "r2"
    assert ground.now().wording.text("chat_is_closed", "en").startswith("Good bye.")
    assert ground.now().assess("он меня убьёт", ()).level == "urgent"


def test_a_broken_new_release_leaves_the_old_one_at_work(home: Path) -> None:
    ground = LiveGround(home, home)
    ground.now()
    _second(home, "{unknown")
    (home / "releases" / "r2" / "danger" / "danger.json").write_bytes(b"broken")
    (home / "live").write_text("r2", "utf-8")
    assert ground.now().release == "r1"
    assert ground.now().assess("он меня убьёт", ()).level == "urgent"


def test_before_the_first_release_the_content_folder_serves(home: Path) -> None:
    (home / "live").unlink()
    ground = LiveGround(home, home / "releases" / "r1" / "content").now()
    assert ground.release is None
    assert ground.wording.text("chat_is_closed", "en")
    assert ground.assess("он меня убьёт", ()).level == "none"


def test_without_any_texts_there_is_one_clear_sentence(tmp_path: Path) -> None:
    with pytest.raises(GroundError, match="SAFAR_CONTENT"):
        LiveGround(tmp_path, tmp_path / "nothing").now()


def test_a_release_that_is_older_than_the_program_gets_the_texts_that_it_lacks(home: Path) -> None:
    assert not (home / "releases" / "r1" / "content" / "responses" / "messengers.yml").exists()
    ground = LiveGround(home, home / "nowhere").now()
    assert ground.release == "r1"
    assert "голосов" in ground.wording.text("cannot_read_voice", "ru")
