"""Texts by key: complete in all languages, or refused with the file and key that are wrong."""

import re
from pathlib import Path

import pytest

from language.variants import LANGUAGES
from language.wording import Wording, WordingError

SIX = "{ru: 'Да, {name}', uz: 'Ha, {name}', tg: 'Ҳа, {name}', ky: 'Ооба, {name}', kk: 'Иә, {name}', en: 'Yes, {name}'}"
PLAIN = "{ru: Нет, uz: Yo‘q, tg: Не, ky: Жок, kk: Жоқ, en: No}"
ENTRY = f"""
utter_yes:
  text: {SIX}
  buttons:
  - {{title: {PLAIN}, payload: '/inform{{"citizenship":"TJ"}}'}}
"""


def _load(folder: Path, **files: str) -> Wording:
    for name, content in files.items():
        (folder / f"{name}.yml").write_text(content, "utf-8")
    return Wording.load(folder)


@pytest.mark.parametrize("variant", LANGUAGES)
def test_a_text_is_there_in_every_variant_with_its_values(tmp_path: Path, variant: str) -> None:
    assert _load(tmp_path, yes=ENTRY).text("utter_yes", variant, name="{Али}").endswith(", {Али}")


def test_uzbek_cyrillic_is_derived_and_placeholders_and_payloads_stay(tmp_path: Path) -> None:
    wording = _load(tmp_path, yes=ENTRY)
    assert wording.text("utter_yes", "uz-Cyrl", name="Ali") == "Ҳа, Ali"
    assert wording.buttons("utter_yes", "uz-Cyrl") == (("Йўқ", '/inform{"citizenship":"TJ"}'),)


def test_uzbek_cyrillic_that_is_written_is_not_derived(tmp_path: Path) -> None:
    content = f"utter_no:\n  text: {PLAIN.replace('en:', 'uz-Cyrl: Асло, en:')}\n"
    assert _load(tmp_path, no=content).text("utter_no", "uz-Cyrl") == "Асло"


def test_a_bare_no_stays_a_text(tmp_path: Path) -> None:
    assert _load(tmp_path, no=f"utter_no: {{text: {PLAIN}}}").text("utter_no", "en") == "No"


def test_keys_of_all_files_in_all_folders_are_found(tmp_path: Path) -> None:
    (tmp_path / "more").mkdir()
    (tmp_path / "more" / "no.yml").write_text(f"utter_no: {{text: {PLAIN}}}", "utf-8")
    wording = _load(tmp_path, yes=ENTRY)
    assert wording.keys() == ("utter_no", "utter_yes")
    assert wording.buttons("utter_no", "ru") == ()


def test_a_key_in_two_files_is_refused_with_both_files(tmp_path: Path) -> None:
    with pytest.raises(WordingError, match=r"two\.yml: utter_yes: is in .*one\.yml too"):
        _load(tmp_path, one=ENTRY, two=ENTRY)


def test_a_key_twice_in_one_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(WordingError, match=r"yes\.yml: utter_yes: stands twice"):
        _load(tmp_path, yes=ENTRY + ENTRY)


@pytest.mark.parametrize("variant", [variant for variant in LANGUAGES if variant != "uz-Cyrl"])
def test_a_missing_language_is_refused_with_file_key_and_language(tmp_path: Path, variant: str) -> None:
    with pytest.raises(WordingError, match=rf"yes\.yml: utter_yes: text: {variant} is missing"):
        _load(tmp_path, yes=re.sub(rf"{variant}: '[^']*',?", "", ENTRY, count=1))


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        ("- a list", "must hold keys with their texts"),
        ("a: [", "is not readable YAML"),
        ("utter_a: text", "utter_a: must hold text, buttons"),
        (f"utter_a: {{text: {PLAIN}, image: x}}", "utter_a: knows no image"),
        (f"utter_a: {{text: {PLAIN.replace('ru:', 'de: Nein, ru:')}}}", "utter_a: text: knows no de"),
        (
            f"utter_a: {{text: {PLAIN.replace('No}', 'No and {more}}')}}}".replace("No and {more}", "'No {more}'"),
            "en has",
        ),
        (f"utter_a: {{text: {PLAIN}, buttons: {{}}}}", None),
        (f"utter_a: {{text: {PLAIN}, buttons: [{{title: {PLAIN}}}]}}", "button 1: has no payload"),
        (f"utter_a: {{text: {PLAIN}, buttons: 7}}", "buttons must be a list"),
        ("utter_a: {buttons: []}", "text: must hold ru"),
    ],
)
def test_a_wrong_form_is_refused_with_file_and_key(tmp_path: Path, content: str, complaint: str | None) -> None:
    if complaint is None:
        assert _load(tmp_path, a=content).buttons("utter_a", "ru") == ()
        return
    with pytest.raises(WordingError, match=complaint) as refused:
        _load(tmp_path, a=content)
    assert "a.yml" in str(refused.value)


def test_an_unknown_key_variant_or_a_lacking_value_is_named(tmp_path: Path) -> None:
    wording = _load(tmp_path, yes=ENTRY)
    with pytest.raises(WordingError, match="utter_no: there is no such text"):
        wording.text("utter_no", "ru")
    with pytest.raises(WordingError, match="'de' is none of our variants"):
        wording.text("utter_yes", "de", name="x")
    with pytest.raises(WordingError, match=r"utter_yes: no value is given for \{name\}"):
        wording.text("utter_yes", "ru")
