"""The check of step lists and contact questions: each mistake in sound files is named with file and line."""

from collections.abc import Callable
from pathlib import Path

import pytest

from foundation.settings import PROJECT
from publishing.check_steps import check_steps
from publishing.facts import read_facts
from publishing.finding import Finding

DATA = PROJECT / "data"
Check = Callable[[str, str, str], list[Finding]]


@pytest.fixture
def changed(tmp_path: Path) -> Check:
    """What is found when one text of one file is replaced."""

    def check(name: str, old: str, new: str) -> list[Finding]:
        for folder in ("guidance", "responses"):
            (tmp_path / folder).mkdir()
            for file in (DATA / folder).glob("*.yml"):
                text = file.read_text("utf-8")
                assert file.name != name or old in text
                (tmp_path / folder / file.name).write_text(
                    text.replace(old, new) if file.name == name else text, "utf-8"
                )
        return check_steps(tmp_path, read_facts(DATA / "facts"))

    return check


def test_our_own_lists_are_sound() -> None:
    assert check_steps(DATA, read_facts(DATA / "facts")) == []


@pytest.mark.parametrize(
    ("name", "old", "new", "message"),
    [
        ("step_lists.yml", "fact: BAN-RU-03,", "fact: BAN-RU-07,", "no source is named for BAN-RU-03"),
        ("step_lists.yml", "BAN-RU-03", "BAN-RU-07", "fact 'BAN-RU-07' may not be shown"),
        ("step_lists.yml", "contacts: [iom]", "contacts: [ion]", "contact 'ion' does not exist"),
        ("step_lists.yml", "if: [why_fines]", "if: [why_fine]", "stands on why_fine, which does not exist"),
        ("steps.yml", "step.ban_fines_ru:", "step.ban_fine_ru:", "there is no text step.ban_fines_ru"),
        ("contact_questions.yml", "need_home: [return_home", "need_home: [return_hom", "needs its kinds of help"),
        ("contact_questions.yml", "place: country", "place: county", "write country or citizenship"),
    ],
)
def test_each_mistake_is_named(changed: Check, name: str, old: str, new: str, message: str) -> None:
    assert any(message in finding.message for finding in changed(name, old, new))
