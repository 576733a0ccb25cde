"""Checks of the lexicon: each fault that is put into a sound one is named with its file and line."""

from pathlib import Path

import pytest

from foundation.settings import PROJECT
from language.training.lexicon import LANGUAGES, LexiconError, read_lexicon
from publishing.check_lexicon import check_lexicon

SOUND = ("bread", "хлеб", "non", "нон", "нан", "нан")
OTHER = ("child | children", "ребёнок | дети", "bola", "кӯдак | бача", "бала", "бала")


def _lexicon(folder: Path, *rows: tuple[str, ...]) -> Path:
    lines = ["\t".join(row) for row in (LANGUAGES, *rows)]
    (folder / "words.tsv").write_text("\n".join(lines) + "\n", "utf-8")
    return folder


def test_a_sound_lexicon_has_no_findings(tmp_path: Path) -> None:
    concepts = read_lexicon(_lexicon(tmp_path, SOUND, OTHER))
    assert check_lexicon(concepts) == []
    assert concepts[1].words["tg"] == ("кӯдак", "бача")


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (("salt", "соль", "tuz", "", "туз", "тұз"), "tg: “” is no word"),
        (("salt", "соль", "туз", "намак", "туз", "тұз"), "uz: letters of another alphabet"),
        (("salt", "соль", "tuz", "намак", "туз", "тұз | т | ұ | з | а | б"), "kk: 6 words in one cell"),
        (("salt", "соль|сол", "tuz", "намак", "туз", "тұз"), "ru: “соль|сол” is no word"),
        (("salt", "соль " * 20, "tuz", "намак", "туз", "тұз"), "is too long"),
        (SOUND, "stands in words.tsv:2 too"),
    ],
)
def test_a_fault_is_named_with_its_line(tmp_path: Path, row: tuple[str, ...], words: str) -> None:
    (finding,) = check_lexicon(read_lexicon(_lexicon(tmp_path, SOUND, OTHER, row)))
    assert (finding.line, finding.is_error) == (4, True)
    assert words in finding.message


def test_a_file_of_another_form_is_refused_with_its_line(tmp_path: Path) -> None:
    (_lexicon(tmp_path, SOUND, OTHER) / "words.tsv").open("a").write("salt\tсоль\n")
    with pytest.raises(LexiconError, match=r"words.tsv:4: 2 cells instead of 6"):
        read_lexicon(tmp_path)


def test_our_lexicon_is_sound() -> None:
    concepts = read_lexicon(PROJECT / "data" / "lexicon")
    assert len(concepts) > 3000
    assert [str(finding) for finding in check_lexicon(concepts)] == []
