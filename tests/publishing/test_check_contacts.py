"""The check of organisations: each mistake in a sound file is named with its file and line."""

from collections.abc import Callable
from pathlib import Path

import pytest

from foundation.settings import PROJECT
from publishing.check_contacts import check_contacts
from publishing.finding import Finding

DATA = PROJECT / "data"
Check = Callable[..., list[Finding]]


@pytest.fixture
def changed(tmp_path: Path) -> Check:
    """What is found when one text of the file is replaced."""

    def check(old: str, new: str) -> list[Finding]:
        (tmp_path / "facts").symlink_to(DATA / "facts")
        (tmp_path / "guidance").mkdir()
        text = (DATA / "guidance" / "contacts.yml").read_text("utf-8")
        assert old in text
        (tmp_path / "guidance" / "contacts.yml").write_text(text.replace(old, new), "utf-8")
        return check_contacts(tmp_path)

    return check


def _named(findings: list[Finding]) -> list[str]:
    """Each finding's line as it stands in the file, and its message."""
    return [
        f"{finding.file.read_text('utf-8').splitlines()[finding.line - 1].strip()} ← {finding.message}"
        for finding in findings
    ]


def test_our_own_organisations_are_sound() -> None:
    assert check_contacts(DATA) == []


def test_a_content_folder_without_organisations_is_sound(tmp_path: Path) -> None:
    assert check_contacts(tmp_path) == []


def test_a_fact_that_does_not_exist_is_named_with_its_line(changed: Check) -> None:
    found = _named(changed("facts: [TRF-KZ-05]", "facts: [TRF-KZ-05, TRF-KZ-99]"))
    assert found == ["facts: [TRF-KZ-05, TRF-KZ-99] ← sana_sezim: there is no fact TRF-KZ-99"]


@pytest.mark.parametrize("confidence", ["medium", "high", "certain"])
def test_nothing_is_surer_than_its_facts(changed: Check, confidence: str) -> None:
    (found,) = _named(changed("confidence: low", f"confidence: {confidence}"))
    assert found.startswith("- id: istiqbolli_avlod ← istiqbolli_avlod: ")
    assert "confidence" in found.split("←")[1]


@pytest.mark.parametrize("number", ["+7 900 000 00 00", "11616", "11-08", "189", "8 (800) 000"])
def test_what_looks_like_a_phone_number_in_a_name_is_refused(changed: Check, number: str) -> None:
    (found,) = _named(changed("name: Istiqbolli Avlod", f"name: Istiqbolli Avlod {number}"))
    assert found.startswith("name: Istiqbolli Avlod") and "looks like a phone number" in found


def test_a_number_in_an_address_is_refused(changed: Check) -> None:
    found = _named(changed("page: https://help.unhcr.org/russia/en/", "page: https://wa.me/79000000000/"))
    assert any("“79000000000” looks like a phone number" in each for each in found)


def test_a_year_is_no_phone_number(changed: Check) -> None:
    assert changed("name: Istiqbolli Avlod", "name: Istiqbolli Avlod 2011") == []


def test_a_page_that_no_cited_fact_has_is_named(changed: Check) -> None:
    (found,) = _named(changed("page: https://adilet.kg/tpost/", "page: https://adilet.example/tpost/"))
    assert found.startswith("page: https://adilet.example/tpost/")
    assert "stands in none of the cited facts" in found


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("kinds: [shelter]", "kinds: [roof]", "sana_sezim: kinds of help without a label: roof"),
        ("name: Istiqbolli Avlod", "name: {ru: А}", "istiqbolli_avlod: the name lacks uz, tg, ky, kk, en"),
        ("id: sana_sezim", "id: adilet_kg", "adilet_kg: stands twice"),
        ("organisations:\n", "organisations: [\n", ""),
    ],
    ids=["a kind without label", "a language lacks", "twice", "no YAML"],
)
def test_a_file_that_cannot_be_read_names_the_place(changed: Check, old: str, new: str, words: str) -> None:
    (found,) = changed(old, new)
    assert found.file.name == "contacts.yml"
    assert words in found.message
