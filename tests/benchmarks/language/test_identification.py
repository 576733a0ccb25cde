"""The benchmark of language identification on a handful of rows, without the public data."""

import json
import subprocess
import sys
from pathlib import Path
from random import Random

import numpy as np
import pytest

from benchmarks.language import identification
from benchmarks.language.identification_rows import (
    LANGUAGES,
    SPOKEN,
    LabelledText,
    in_latin_letters,
    mixed_with_russian,
    read_sets,
    share_of_ambiguous,
    without_special_letters,
)
from benchmarks.language.identification_scores import confusion_of, macro_f1, macro_f1_measured
from language.identify import Identifier

ROOT = Path(__file__).parents[3]
LINES = [
    ("tg", "Ман ҳуҷҷат надорам"),
    ("uz_cyrl", "Мен уйга қайтаман"),
    ("uz", "Mening o'g'lim bor"),
    ("az", "Mən gəldim"),
]
ROWS = {label: LabelledText(text, label, SPOKEN.get(label, "other"), "short") for label, text in LINES}


@pytest.fixture
def data(tmp_path: Path) -> Path:
    folder = tmp_path / "eval" / "lid"
    folder.mkdir(parents=True)
    for name, kind in (("lid_eval", "length_class"), ("lid_fragments", "words")):
        rows = [
            ("lang", "text", kind),
            *((label, text, "3") for label, text in LINES),
            ("en", '"""Yes"", he said."', "3"),
        ]
        (folder / f"{name}.tsv").write_text("".join("\t".join(row) + "\n" for row in rows), "utf-8")
    return tmp_path


def test_rows_are_read_with_the_language_to_be_found_and_without_their_quotes(data: Path) -> None:
    sentences = read_sets(data, ROOT / "tests" / "evaluation")["sentences"]
    assert [row.language for row in sentences] == ["tg", "uz", "uz", "other", "en"]
    assert sentences[-1].text == '"Yes", he said.'


def test_every_noisy_set_has_the_same_rows_and_is_the_same_twice(data: Path) -> None:
    sets = read_sets(data, ROOT / "tests" / "evaluation")
    assert sets == read_sets(data, ROOT / "tests" / "evaluation")
    labels = [row.label for row in sets["sentences"]]
    for name in ("folded", "without special letters", "in Latin letters", "mixed with Russian words"):
        assert [row.label for row in sets[name]] == labels


def test_texts_are_typed_as_their_set_says() -> None:
    assert not set("ҳқ") & set(without_special_letters(ROWS["uz_cyrl"], Random(1)))
    assert in_latin_letters(ROWS["tg"], Random(1)).isascii()
    assert in_latin_letters(ROWS["az"], Random(1)) == "mən gəldim"
    assert len(mixed_with_russian(ROWS["tg"], Random(1)).split()) > 3
    assert mixed_with_russian(ROWS["az"], Random(1)) == "Mən gəldim"


def test_a_text_in_two_languages_is_counted_as_ambiguous() -> None:
    rows = [LabelledText("Салом", "tg", "tg", "1"), LabelledText("салом", "uz_cyrl", "uz", "1"), ROWS["tg"], ROWS["az"]]
    assert share_of_ambiguous(rows) == 0.5


def test_macro_f1_is_the_mean_over_languages_that_have_rows() -> None:
    confusion = confusion_of(["ru", "ru", "tg", "tg"], ["ru", "ru", "tg", "other"], LANGUAGES)
    assert macro_f1(confusion) == pytest.approx((1 + 2 / 3) / 2)
    measured = macro_f1_measured(confusion)
    assert measured.low <= measured.value <= measured.high
    assert measured == macro_f1_measured(confusion)


def test_a_row_of_another_language_costs_the_one_it_is_taken_for_unless_left_out() -> None:
    rows = [ROWS["tg"], ROWS["az"]]
    result = identification.measure(rows, lambda texts: [("tg", 1e-6) for _ in texts])
    assert result.macro_f1.value == pytest.approx((2 / 3 + 0) / 2)
    assert result.macro_f1_of_ours.value == pytest.approx(1)
    assert result.taken_for == {"az": {"tg": 1}}
    assert result.microseconds_p50 == pytest.approx(1)


def test_a_short_piece_leans_to_what_was_written_before() -> None:
    rows = [LabelledText("паспорт", "tg", "tg", "1"), ROWS["az"]]
    after = identification.in_a_conversation(rows, Identifier.load())
    assert after["the same language"]["tg"].value == 1
    assert after["Russian"]["tg"].value == 0
    assert set(after["nothing"]) == {"tg"}


def test_without_the_public_data_it_says_so_and_succeeds(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.argv", ["identification", "--data", str(tmp_path)])
    assert identification.main() == 0
    assert "nothing is measured" in capsys.readouterr().out


def test_without_its_peer_it_measures_ours_and_writes_json_and_a_picture(data: Path) -> None:
    """In a process of its own: beside Rasa, matplotlib is replaced by inert classes (`bot.engine.no_tensorflow`)."""
    out = data / "out"
    words = ["--data", str(data), "--out", str(out), "--peer-python", "/nowhere"]
    command = [sys.executable, "-m", "benchmarks.language.identification", *words]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    assert "without its peer" in done.stderr and "| sentences | 5 |" in done.stdout
    figures = json.loads((out / "identification.json").read_text("utf-8"))
    assert set(figures["1-3 words"]) == {"Safar"} and np.isfinite(figures["1-3 words"]["Safar"]["macro_f1"]["value"])
    assert (out / "identification.png").stat().st_size > 1000
