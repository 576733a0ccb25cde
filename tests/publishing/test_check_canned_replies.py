"""The check of canned replies: ours are sound, a mistake is named with file and line, facts are sent elsewhere."""

from pathlib import Path

import pytest

from foundation.settings import PROJECT
from publishing.check_canned_replies import check_canned_replies
from publishing.finding import Finding

DATA = PROJECT / "data"


def _changed(folder: Path, old: str, new: str) -> list[Finding]:
    (folder / "canned_replies").mkdir()
    for file in (DATA / "canned_replies").glob("*.yml"):
        text = file.read_text("utf-8")
        assert file.name != "next.yml" or old in text
        (folder / "canned_replies" / file.name).write_text(text.replace(old, new), "utf-8")
    return check_canned_replies(folder)


def test_our_own_are_sound_and_content_without_any_is_too(tmp_path: Path) -> None:
    assert check_canned_replies(DATA) == [] == check_canned_replies(tmp_path)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("I cannot promise a result.", "Call 112.", "has '1': write facts into an entry"),
        ("I cannot promise a result.", "See https://mvd.ru", "has 'https:': write facts into an entry"),
        ("День: {date}", "День: {day}", "text in ru has {day}"),
        ("Day: {date}.", "Soon.", "text in en has other variables than in ru"),
    ],
)
def test_a_mistake_is_named_with_its_line(tmp_path: Path, old: str, new: str, message: str) -> None:
    (finding,) = _changed(tmp_path, old, new)
    assert finding.is_error and message in finding.message
    assert finding.file.name == "next.yml" and finding.line > 1
