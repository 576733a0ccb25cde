"""Labels: whatever has an id and a label is named in every variant, wherever it stands in the file."""

from pathlib import Path

import pytest

from guidance.labels import Labels
from language.variants import LANGUAGES

SAMPLE = """
signs:
- id: papers_kept
  level: concern
  label: {ru: Документ не у него, uz: Hujjat birovda, tg: Ҳуҷҷат дар ӯ, ky: Документ анда, kk: Құжат онда, en: Kept}
groups:
  family:
    items:
    - id: FA1
      label: {ru: Пятеро, uz: Besh kishi, tg: Панҷ кас, ky: Беш киши, kk: Бес адам, en: Five dependants}
- not: a label
"""


def _file(folder: Path, text: str) -> Path:
    file = folder / "sample.yml"
    file.write_text(text, "utf-8")
    return file


@pytest.fixture
def labels(tmp_path: Path) -> Labels:
    return Labels.load(_file(tmp_path, SAMPLE.replace("- not: a label\n", "")))


def test_an_item_is_named_in_every_variant_however_deep_it_stands(labels: Labels) -> None:
    assert labels.ids() == ("papers_kept", "FA1")
    assert labels.name("FA1", "en") == "Five dependants"
    assert len({labels.name("papers_kept", variant) for variant in LANGUAGES}) == len(LANGUAGES)


def test_cyrillic_uzbek_is_derived_from_latin(labels: Labels) -> None:
    assert labels.name("papers_kept", "uz-Cyrl") == "Ҳужжат бировда"


def test_an_id_without_a_name_is_shown_as_it_is(labels: Labels) -> None:
    assert labels.name("asks_for_shelter", "tg") == "asks for shelter"


def test_the_first_file_names_an_id_that_stands_in_two(tmp_path: Path) -> None:
    first, second = tmp_path / "a.yml", tmp_path / "b.yml"
    for file, name in ((first, "first"), (second, "second")):
        texts = ", ".join(f"{variant}: {name}" for variant in ("ru", "uz", "tg", "ky", "kk", "en"))
        file.write_text(f"items: [{{id: x, label: {{{texts}}}}}]", "utf-8")
    assert Labels.load(first, second).name("x", "en") == "first"


def test_a_file_that_is_not_there_has_no_labels(tmp_path: Path) -> None:
    assert Labels.load(tmp_path / "absent.yml").ids() == ()


@pytest.mark.parametrize(
    ("text", "words"),
    [("- {id: x, label: {ru: А, en: A}}", "x: the label lacks uz, tg, ky, kk"), ("- {id: [", "not readable")],
    ids=["a language lacks", "no YAML"],
)
def test_a_file_that_cannot_be_used_is_named(tmp_path: Path, text: str, words: str) -> None:
    with pytest.raises(ValueError, match=r"sample\.yml.*" + words.replace("x: ", "x: ")):
        Labels.load(_file(tmp_path, text))
