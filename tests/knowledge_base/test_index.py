"""The index folder says what it is, and is refused where it does not fit."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from knowledge_base.fusion import FusionError
from knowledge_base.index import IndexMismatchError, QuestionIndex
from knowledge_base.index_description import Description, kind_for
from knowledge_base.library import Library
from knowledge_base.retriever import Retriever
from language.encoder import Encoder
from tests.knowledge_base.conftest import ROOT

ALLOWED_ENDINGS = {".json", ".npy", ".faiss"}


class OtherEncoder:
    """An encoder of the same dimension and another making."""

    dimension = 256
    fingerprint = "another"

    def encode(self, texts: list[str]) -> np.ndarray:
        return np.zeros((len(texts), self.dimension), dtype=np.float32)


def test_the_folder_says_what_it_is(index_folder: Path, encoder: Encoder) -> None:
    description = json.loads((index_folder / "index.json").read_text("utf-8"))
    assert description["encoder"] == encoder.fingerprint
    assert description["dimension"] == 256
    assert description["entries"] == 8
    assert description["questions"] == 48
    assert description["made_at"] == "2026-11-21T12:00:00+00:00"
    assert len(description["content"]) == 16
    assert description["kind"] == "flat"


def test_a_folder_that_does_not_say_its_kind_is_flat(
    tmp_path: Path, index_folder: Path, library: Library, encoder: Encoder
) -> None:
    older = tmp_path / "index"
    shutil.copytree(index_folder, older)
    description = json.loads((older / "index.json").read_text("utf-8"))
    del description["kind"]
    (older / "index.json").write_text(json.dumps(description), "utf-8")
    assert Description.load(older).kind == "flat"
    Retriever.load(older, library, encoder)


def test_the_kind_is_chosen_by_the_number_of_questions() -> None:
    assert (kind_for(0), kind_for(50_000), kind_for(50_001)) == ("flat", "flat", "hnsw")


def test_an_entry_is_as_near_as_its_nearest_question(library: Library, encoder: Encoder) -> None:
    index = QuestionIndex.build(library, encoder)
    allowed = np.array([number % 3 > 0 for number in range(len(library.entries))])
    vector = encoder.encode(["потерял паспорт"])[0]
    compared = index.all_vectors() @ vector
    exact = [compared[index.owners == number].max() if is_allowed else -1 for number, is_allowed in enumerate(allowed)]
    assert index.similarities(vector, allowed) == pytest.approx(np.array(exact), abs=1e-6)


def test_the_folder_holds_the_fitted_limit(index_folder: Path) -> None:
    fusion = json.loads((index_folder / "fusion.json").read_text("utf-8"))
    assert 0.25 <= fusion["min_topic"] <= 0.75
    assert fusion["held_out_known"] >= 0.7
    assert fusion["held_out_foreign"] >= 0.7


def test_nothing_in_the_folder_runs_code_when_it_is_read(index_folder: Path) -> None:
    files = [file for file in index_folder.rglob("*") if file.is_file()]
    assert {file.suffix for file in files} <= ALLOWED_ENDINGS
    for file in files:
        if file.suffix == ".npy":
            np.load(file, allow_pickle=False)


def test_another_encoder_is_refused(index_folder: Path, library: Library) -> None:
    with pytest.raises(IndexMismatchError, match=r"another encoder .*here another.*safar train"):
        Retriever.load(index_folder, library, OtherEncoder())


def test_other_content_is_refused(index_folder: Path, library: Library, encoder: Encoder) -> None:
    with pytest.raises(IndexMismatchError, match=r"another content .*safar train"):
        Retriever.load(index_folder, Library(library.entries[1:]), encoder)


@pytest.mark.parametrize(
    ("file", "text", "error"),
    [
        ("index.json", None, IndexMismatchError),
        ("index.json", "{}", IndexMismatchError),
        ("questions.faiss", "nothing", IndexMismatchError),
        ("fusion.json", "{", FusionError),
    ],
)
def test_a_broken_folder_is_refused_with_advice(
    tmp_path: Path, index_folder: Path, library: Library, encoder: Encoder, file: str, text: str | None, error: type
) -> None:
    broken = tmp_path / "index"
    shutil.copytree(index_folder, broken)
    (broken / file).unlink()
    if text is not None:
        (broken / file).write_text(text)
    with pytest.raises(error, match="safar train"):
        Retriever.load(broken, library, encoder)


def test_a_retriever_needs_no_torch() -> None:
    """The action server must stay small: torch alone takes a third of its memory."""
    program = (
        "import sys; import knowledge_base.retriever, knowledge_base.answer; from language.encoder import load_encoder;"
        "load_encoder('models/encoder').encode(['паспорт']);"
        "print([name for name in ('torch', 'transformers', 'sklearn', 'tensorflow') if name in sys.modules])"
    )
    ended = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)
    assert ended.stdout.strip() == "[]"
