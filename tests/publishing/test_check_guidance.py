"""Checks of the questionnaires: what is wrong is named with file and line."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from foundation.settings import PROJECT
from knowledge_base.library import Library
from publishing.check_entries import usable_facts
from publishing.check_guidance import check_guidance
from publishing.finding import Finding

DATA = PROJECT / "data"
LIBRARY = Library.load(DATA / "faq")
FACTS = usable_facts(DATA / "facts")
Broken = Callable[[str, str, str], list[Finding]]


@pytest.fixture
def broken(tmp_path: Path) -> Broken:
    """What the check finds when the first match of a pattern in one file is replaced; the other files stay away."""

    def check(name: str, pattern: str, after: str) -> list[Finding]:
        text, count = re.subn(pattern, after, (DATA / "guidance" / name).read_text("utf-8"), count=1)
        assert count == 1
        file = tmp_path / "guidance" / name
        file.parent.mkdir()
        file.write_text(text, "utf-8")
        return list(check_guidance(tmp_path, LIBRARY, FACTS))

    return check


def test_the_questionnaires_of_the_project_are_in_order() -> None:
    assert [str(finding) for finding in check_guidance(DATA, LIBRARY, FACTS)] == []


def test_content_older_than_the_questionnaires_has_nothing_to_check(tmp_path: Path) -> None:
    assert list(check_guidance(tmp_path, LIBRARY, FACTS)) == []


OF_CHILD = r"(- id: child\n(?:.*\n)*?"


@pytest.mark.parametrize(
    ("name", "pattern", "after", "words", "line"),
    [
        ("screening.yml", OF_CHILD + r")    kk: .*\n", r"\1", "child: ask: kk is missing", "- id: child"),
        (
            "screening.yml",
            OF_CHILD + r"  label: .*en: )\".*\"",
            rf'\1"{"Under 18 " * 9}"',
            "child: label (en): 80 characters; at most 72",
            "- id: child",
        ),
        (
            "screening.yml",
            r"(- id: woman\n  title: .*tg: )\"[^\"]*\"",
            r'\1"Ман занам ва аз хонаам дурам"',
            "woman: title (tg)",
            "- id: woman",
        ),
        (
            "screening.yml",
            OF_CHILD + r"    en: ).*",
            r'\1"Are you under 18? Are you alone?"',
            "child: ask (en): ask one thing",
            "Are you alone",
        ),
        (
            "screening.yml",
            OF_CHILD + r"    en: ).*",
            r'\1"Call 123-45-67, are you under 18?"',
            "child: ask (en): a phone number",
            "123-45-67",
        ),
        ("screening.yml", r"\[asylum/lone-child\]", "[asylum/gone]", "entry 'asylum/gone'", "asylum/gone"),
        ("screening.yml", r"TRF-DO-06\]", "TRF-DO-99]", "fact 'TRF-DO-99' may not be shown", "TRF-DO-99"),
        ("screening.yml", r"\{told: \[IN5\]\}", "{told: [IN55]}", "stands on IN55", "- id: "),
        ("replies.yml", r"ru: \[нет,", "ru: [да, нет,", "да: means yes and no", "да"),
        ("job_offer.yml", r"  facts: \[TRF-MIL-02\]\n", "", "unread_paper: a sign needs", "- id: unread_paper"),
        (
            "report_for_other.yml",
            r"(- id: other_child\n(?:.*\n)*?)    tg: .*\n",
            r"\1",
            "other_child: ask: tg is missing",
            "- id: other_child",
        ),
    ],
)
def test_each_fault_is_named_with_its_line(
    broken: Broken, name: str, pattern: str, after: str, words: str, line: str
) -> None:
    (finding,) = broken(name, pattern, after)
    assert words in finding.message
    assert finding.file.name == name
    assert line in finding.file.read_text("utf-8").splitlines()[finding.line - 1]
