"""Adding an entry: checked as a whole, and nothing is written where anything is wrong."""

import shutil
from pathlib import Path

import pytest

from publishing.add import AddError, add_entries

DATA = Path(__file__).parents[2] / "data"
ENTRY = DATA / "faq" / "work" / "permit-ru.yml"


@pytest.fixture
def content(tmp_path: Path) -> Path:
    """A copy of the content without the entry that is to be added."""
    for name in ("faq", "facts"):
        shutil.copytree(DATA / name, tmp_path / "data" / name)
    shutil.copy(DATA / "topics.yml", tmp_path / "data" / "topics.yml")
    return tmp_path / "data"


def test_a_good_entry_is_written_under_its_id(content: Path) -> None:
    target = add_entries(ENTRY, "work/permit-new", content, is_replacing=False)
    assert target == content / "faq" / "work" / "permit-new.yml"
    assert target.read_text("utf-8") == ENTRY.read_text("utf-8")


def test_an_entry_is_replaced_only_when_one_says_so(content: Path) -> None:
    with pytest.raises(AddError, match="--replace"):
        add_entries(ENTRY, "work/permit-ru", content, is_replacing=False)
    add_entries(ENTRY, "work/permit-ru", content, is_replacing=True)


@pytest.mark.parametrize("name", ["permit", "../permit", "Work/Permit", "work/../../x", "work/permit.yml"])
def test_an_id_that_is_no_id_is_refused(content: Path, name: str) -> None:
    with pytest.raises(AddError, match="id of an entry"):
        add_entries(ENTRY, name, content, is_replacing=False)


def test_a_faulty_entry_changes_nothing(content: Path, tmp_path: Path) -> None:
    before = {path: path.read_bytes() for path in content.rglob("*.yml")}
    faulty = tmp_path / "faulty.yml"
    faulty.write_text(ENTRY.read_text("utf-8").replace("topic: work.permit", "topic: no.such", 1), "utf-8")
    with pytest.raises(AddError, match=r"topics\.yml"):
        add_entries(faulty, "work/faulty", content, is_replacing=False)
    faulty.write_text("topic: [", "utf-8")
    with pytest.raises(AddError):
        add_entries(faulty, "work/faulty", content, is_replacing=False)
    with pytest.raises(AddError, match="no file"):
        add_entries(tmp_path / "nothing.yml", "work/faulty", content, is_replacing=False)
    assert {path: path.read_bytes() for path in content.rglob("*.yml")} == before
